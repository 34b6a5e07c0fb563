import type {
  ConnectionStatus,
  Dispatcher,
  InventoryChange,
  VCenterConnection,
  VimCalls,
  VsphereFailure,
} from '../vsphere';

/** A change that was not sent, because this process may no longer act. The next leader plans it anew. */
export class NotLeading extends Error implements VsphereFailure {
  override readonly name = 'NotLeading';
  /** A word that the faults of vCenter know: nothing to worry a user with. */
  readonly code = 'Stopped';
  readonly outcome = 'NotSent';

  constructor(method: string) {
    super(`[Stopped] ${method} was not sent: this process does not hold the lease any more`);
  }
}

/**
 * R6: a connection whose every change asks once more whether this process may act, at the moment it is sent. The
 * dispatcher asks before a piece of work starts, but work that reads before it writes may be stopped in between, for
 * longer than the lease lasts.
 */
export class FencedConnection implements VCenterConnection {
  readonly calls: VimCalls;
  readonly #inner: VCenterConnection;

  constructor(inner: VCenterConnection, mayMutate: () => boolean) {
    this.#inner = inner;
    this.calls = fenced(inner.calls, mayMutate);
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

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    return this.#inner.onStatus(listener);
  }

  onInventoryChange(listener: (change: InventoryChange) => void): () => void {
    return this.#inner.onInventoryChange(listener);
  }

  run(signal: AbortSignal): Promise<void> {
    return this.#inner.run(signal);
  }
}

function fenced(calls: VimCalls, mayMutate: () => boolean): VimCalls {
  const guarded =
    <A extends unknown[], R>(method: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (!mayMutate()) throw new NotLeading(method);
      return call(...args);
    };
  return {
    createFolder: guarded('createFolder', (...args) => calls.createFolder(...args)),
    cloneVirtualMachine: guarded('cloneVirtualMachine', (...args) => calls.cloneVirtualMachine(...args)),
    reconfigure: guarded('reconfigure', (...args) => calls.reconfigure(...args)),
    powerOn: guarded('powerOn', (...args) => calls.powerOn(...args)),
    powerOff: guarded('powerOff', (...args) => calls.powerOff(...args)),
    destroyVirtualMachine: guarded('destroyVirtualMachine', (...args) => calls.destroyVirtualMachine(...args)),
    destroyFolder: guarded('destroyFolder', (...args) => calls.destroyFolder(...args)),
    readVirtualMachine: (...args) => calls.readVirtualMachine(...args),
    readFolderChildren: (...args) => calls.readFolderChildren(...args),
    findByInstanceUuid: (...args) => calls.findByInstanceUuid(...args),
    readRecentTasks: (...args) => calls.readRecentTasks(...args),
  };
}
