import type {
  CallContext,
  ConnectionStatus,
  Dispatcher,
  GuestInfoSource,
  InventoryChange,
  ShownCertificate,
  VCenterConnection,
  VimClient,
  VsphereFailure,
} from '../../vsphere';

/** A change was not sent, because this process may not act now. It is planned again, by this process or the next leader. */
export class NotAllowedNow extends Error implements VsphereFailure {
  override readonly name = 'NotAllowedNow';
  /** In the fault table this code needs no person: the change is planned again soon. */
  readonly code = 'Stopped';
  readonly outcome = 'NotSent';

  constructor(method: string) {
    super(
      `[Stopped] ${method} was not sent: this process lost its lease, or its connection to vCenter, while it prepared it`,
    );
  }
}

/**
 * R6: a connection that asks before each change whether this process may act, and again right before the request is
 * written. The dispatcher asks before a piece of work starts, which is not enough: work that reads before it writes may be
 * stopped in between, and a call may wait for a connection or a login, for longer than the lease lasts. R13: nor does it send
 * a change while the inventory is not known.
 */
export class FencedConnection implements VCenterConnection {
  readonly calls: VimClient;
  readonly #inner: VCenterConnection;

  constructor(inner: VCenterConnection, mayMutate: () => boolean) {
    this.#inner = inner;
    this.calls = fenced(inner.calls, () => mayMutate() && inner.status.kind === 'Ready');
  }

  get status(): ConnectionStatus {
    return this.#inner.status;
  }

  get inventory() {
    return this.#inner.inventory;
  }

  get dispatcher(): Dispatcher {
    return this.#inner.dispatcher;
  }

  get userName(): string | undefined {
    return this.#inner.userName;
  }

  get guestInfo(): GuestInfoSource {
    return this.#inner.guestInfo;
  }

  get streamAnsweredAtMs(): number | undefined {
    return this.#inner.streamAnsweredAtMs;
  }

  get certificate(): ShownCertificate | undefined {
    return this.#inner.certificate;
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    return this.#inner.onStatus(listener);
  }

  onInventoryChange(listener: (change: InventoryChange) => void): () => void {
    return this.#inner.onInventoryChange(listener);
  }

  checkCredentials(): void {
    this.#inner.checkCredentials();
  }

  readAgain(reason: string, pauseMs?: number): number {
    return this.#inner.readAgain(reason, pauseMs);
  }

  run(signal: AbortSignal, mayProbe?: () => boolean): Promise<void> {
    return this.#inner.run(signal, mayProbe);
  }
}

function fenced(calls: VimClient, mayMutate: () => boolean): VimClient {
  /** Asks now, and again when the request has its connection: it may have waited behind other calls. */
  const fence = (method: string, call: CallContext): CallContext => {
    if (!mayMutate()) throw new NotAllowedNow(method);
    return { ...call, maySend: mayMutate };
  };
  return {
    createFolder: async (parent, name, call) => calls.createFolder(parent, name, fence('createFolder', call)),
    cloneVirtualMachine: async (request, call) =>
      calls.cloneVirtualMachine(request, fence('cloneVirtualMachine', call)),
    reconfigure: async (machine, request, call) => calls.reconfigure(machine, request, fence('reconfigure', call)),
    powerOn: async (machine, call) => calls.powerOn(machine, fence('powerOn', call)),
    powerOff: async (machine, call) => calls.powerOff(machine, fence('powerOff', call)),
    shutdownGuest: async (machine, call) => calls.shutdownGuest(machine, fence('shutdownGuest', call)),
    rename: async (object, name, call) => calls.rename(object, name, fence('rename', call)),
    destroyVirtualMachine: async (machine, call) =>
      calls.destroyVirtualMachine(machine, fence('destroyVirtualMachine', call)),
    setCustomValue: async (machine, key, value, call) =>
      calls.setCustomValue(machine, key, value, fence('setCustomValue', call)),
    attachTag: async (machine, tag, call) => calls.attachTag(machine, tag, fence('attachTag', call)),
    detachTag: async (machine, tag, call) => calls.detachTag(machine, tag, fence('detachTag', call)),
    destroyFolder: async (folder, call) => calls.destroyFolder(folder, fence('destroyFolder', call)),
    changeClusterRules: async (cluster, changes, call) =>
      calls.changeClusterRules(cluster, changes, fence('changeClusterRules', call)),
    readVirtualMachine: (...args) => calls.readVirtualMachine(...args),
    readMachineShapes: (...args) => calls.readMachineShapes(...args),
    readExtraConfig: (...args) => calls.readExtraConfig(...args),
    readCustomFields: (...args) => calls.readCustomFields(...args),
    readCustomValues: (...args) => calls.readCustomValues(...args),
    readTags: (...args) => calls.readTags(...args),
    readAttachedTags: (...args) => calls.readAttachedTags(...args),
    readFolderChildren: (...args) => calls.readFolderChildren(...args),
    findByInstanceUuid: (...args) => calls.findByInstanceUuid(...args),
    readRecentTasks: (...args) => calls.readRecentTasks(...args),
    readCloneTargets: (...args) => calls.readCloneTargets(...args),
    readCloneSource: (...args) => calls.readCloneSource(...args),
    readSnapshots: (...args) => calls.readSnapshots(...args),
    findStoragePolicies: (...args) => calls.findStoragePolicies(...args),
    checkStoragePolicy: (...args) => calls.checkStoragePolicy(...args),
    readPoolDatastores: (...args) => calls.readPoolDatastores(...args),
    readClusterRules: (...args) => calls.readClusterRules(...args),
    readCustomizationSpec: (...args) => calls.readCustomizationSpec(...args),
    readPrivileges: (...args) => calls.readPrivileges(...args),
  };
}
