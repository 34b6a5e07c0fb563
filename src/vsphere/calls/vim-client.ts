/** The typed calls of the port, over a session. */

import type { Clock } from '../../time/clock';
import { encodeName } from '../inventory/virtual-machine';
import type {
  CallContext,
  CloneRequest,
  CloneSource,
  CloneTarget,
  ClusterChange,
  ClusterRules,
  LiveVirtualMachine,
  MachineShape,
  MachineToChange,
  ManagedObjectReference,
  ObjectPrivileges,
  PolicyFit,
  RecentTask,
  ReconfigureRequest,
  Snapshot,
  StoredCustomization,
  VimClient,
} from '../port';
import { isReference } from '../property/object-properties';
import { readObject } from '../property/property-reader';
import type { UnreadValues } from '../property/unread-values';
import type { RestSession } from '../session/rest-session';
import type { Service } from '../session/service';
import type { Session } from '../session/session';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { AttributeClient } from './attribute-client';
import { cloneTarget, readRecentTasks } from './clone-news';
import { CloneSources, type VersionOf } from './clone-sources';
import { CloneSpecs } from './clone-spec';
import { changeClusterRules, readClusterRules } from './cluster-rules';
import { readCustomizationSpec } from './customization';
import { growthChanges } from './disk-devices';
import { optionValues, readExtraConfig } from './extra-config';
import { liveMachine, liveMachinePaths } from './live-machine';
import { readMachineShapes } from './machine-shapes';
import { readSnapshots } from './snapshots';
import { StoragePolicies } from './storage-policies';
import { coresPerSocketFor, VirtualSockets } from './virtual-sockets';
import { withoutEffect } from './without-effect';

export interface VimClientOptions {
  readonly session: Session;
  /** Default: tags cannot be used. */
  readonly rest?: RestSession | undefined;
  /** The extraConfig keys to read with one machine. */
  readonly liveKeys: readonly string[];
  readonly clock: Clock;
  readonly versionOf: VersionOf;
  /** For messages. */
  readonly nameOf: (ref: ManagedObjectReference) => string;
  readonly unread: UnreadValues;
}

/** What a clone depends on that is read, and may change. */
type Sources = Pick<CloneRequest, 'template' | 'networks' | 'storagePolicy'>;

export class SessionVimClient extends AttributeClient implements VimClient {
  readonly #session: Session;
  readonly #liveKeys: readonly string[];
  readonly #sockets: VirtualSockets;
  readonly #cloneSources: CloneSources;
  readonly #unread: UnreadValues;
  readonly #cloneSpecs: CloneSpecs;
  readonly #policies: StoragePolicies;
  /** What clones were made with, by task. */
  readonly #madeWith = new WeakMap<ManagedObjectReference, Sources>();
  /** The service of the last connect if it lacks UnregisterAndDestroy_Task, as vcsim does. */
  #withoutUnregister: Service | undefined;

  constructor({ session, rest, liveKeys, clock, versionOf, nameOf, unread }: VimClientOptions) {
    super(session, rest, clock);
    this.#session = session;
    this.#liveKeys = liveKeys;
    this.#sockets = new VirtualSockets(session);
    this.#cloneSources = new CloneSources(session, clock, versionOf, this.#sockets);
    this.#cloneSpecs = new CloneSpecs({ session, clock, sources: this.#cloneSources, nameOf });
    this.#policies = new StoragePolicies(session, clock);
    this.#unread = unread;
  }

  createFolder(parent: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference> {
    return this.#session.invoke('CreateFolder', parent, { name }, call);
  }

  async cloneVirtualMachine(request: CloneRequest, call: CallContext): Promise<ManagedObjectReference> {
    const { template, folder, name } = request;
    const spec = await withoutEffect(() => this.#cloneSpecs.specOf(request, call));
    try {
      const task = await this.#session.invoke('CloneVM_Task', template, { folder, name, spec }, call);
      const { networks, storagePolicy } = request;
      this.#madeWith.set(task, {
        template,
        ...(networks !== undefined && { networks }),
        ...(storagePolicy !== undefined && { storagePolicy }),
      });
      return task;
    } catch (error) {
      this.#forget(request);
      throw error;
    }
  }

  taskFailed(task: ManagedObjectReference): void {
    const request = this.#madeWith.get(task);
    if (request !== undefined) this.#forget(request);
  }

  /** The template, a network or the storage policy of the clone may have changed: they are read again. */
  #forget({ template, networks = [], storagePolicy }: Sources): void {
    this.#cloneSources.forget([template, ...networks]);
    if (storagePolicy !== undefined) this.#policies.forget();
  }

  async reconfigure(
    { ref: machine, changeVersion }: MachineToChange,
    { numCpu, memoryMiB, annotation, extraConfig, growDisks, ...hardware }: ReconfigureRequest,
    call: CallContext,
  ): Promise<ManagedObjectReference> {
    const { presentCoresPerSocket, coresPerSocket, cpuHotAdd, memoryHotAdd } = hardware;
    const fitting = numCpu === undefined ? undefined : coresPerSocketFor(numCpu, presentCoresPerSocket);
    const spec = {
      changeVersion,
      annotation,
      numCPUs: numCpu,
      numCoresPerSocket: coresPerSocket ?? fitting,
      memoryMB: memoryMiB === undefined ? undefined : BigInt(memoryMiB),
      memoryHotAddEnabled: memoryHotAdd,
      cpuHotAddEnabled: cpuHotAdd,
      deviceChange: growDisks && growthChanges(growDisks),
      extraConfig: extraConfig === undefined ? undefined : optionValues(extraConfig),
    };
    return await this.#session.invoke('ReconfigVM_Task', machine, { spec }, call);
  }

  powerOn(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference> {
    return this.#session.invoke('PowerOnVM_Task', machine, {}, call);
  }

  powerOff(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference> {
    return this.#session.invoke('PowerOffVM_Task', machine, {}, call);
  }

  async shutdownGuest(machine: ManagedObjectReference, call: CallContext): Promise<void> {
    await this.#session.invoke('ShutdownGuest', machine, {}, call);
  }

  rename(object: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference> {
    return this.#session.invoke('Rename_Task', object, { newName: encodeName(name) }, call);
  }

  destroyVirtualMachine(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference> {
    return this.#session.invoke('Destroy_Task', machine, {}, call);
  }

  async destroyFolder(folder: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference> {
    const { service } = this.#session;
    if (this.#withoutUnregister !== service)
      try {
        return await this.#session.invoke('UnregisterAndDestroy_Task', folder, {}, call);
      } catch (error) {
        const code = VsphereError.from(error).code;
        if (code !== 'MethodNotFound' && code !== 'NotImplemented') throw error;
        this.#withoutUnregister = service;
      }
    // Destroy_Task destroys the machines in the folder; UnregisterAndDestroy_Task would only unregister them. So the
    // folder is read once more (R1, docs/vsphere.md#unregisteranddestroy_task).
    if (((await this.readFolderChildren(folder, call)) ?? []).length > 0)
      throw new VsphereError('ResourceInUse', `${folder.type} ${folder.value} is not empty: it is kept`, 'Refused');
    return await this.#session.invoke('Destroy_Task', folder, {}, call);
  }

  async readVirtualMachine(
    machine: ManagedObjectReference,
    call: CallContext,
  ): Promise<LiveVirtualMachine | undefined> {
    const paths = liveMachinePaths(this.#liveKeys);
    const object = await withoutEffect(() => this.#sockets.read(machine, paths, call));
    return object === undefined ? undefined : liveMachine(machine, object, this.#unread);
  }

  readExtraConfig(
    machines: readonly ManagedObjectReference[],
    keys: readonly string[],
    call: CallContext,
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
    return withoutEffect(() => readExtraConfig(this.#session, machines, keys, call));
  }

  readMachineShapes(
    machines: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<ReadonlyMap<string, MachineShape>> {
    return withoutEffect(() => readMachineShapes(this.#session, machines, call));
  }

  async readFolderChildren(
    folder: ManagedObjectReference,
    call: CallContext,
  ): Promise<readonly ManagedObjectReference[] | undefined> {
    const object = await withoutEffect(() => readObject(this.#session, folder, ['childEntity'], call));
    if (object === undefined) return undefined;
    const children = object.propSet?.find(({ name }) => name === 'childEntity')?.val;
    // A folder that cannot be read does not count as empty: an empty folder may be removed (R1).
    if (!Array.isArray(children) || !children.every(isReference))
      throw new VsphereError('NoPermission', `the content of ${folder.type} ${folder.value} cannot be read`, 'Refused');
    return children as readonly ManagedObjectReference[];
  }

  async findByInstanceUuid(instanceUuid: string, call: CallContext): Promise<readonly ManagedObjectReference[]> {
    const parameters = { uuid: instanceUuid, vmSearch: true, instanceUuid: true };
    const { searchIndex } = this.#session.service;
    return (await withoutEffect(() => this.#session.invoke('FindAllByUuid', searchIndex, parameters, call))) ?? [];
  }

  readRecentTasks(call: CallContext): Promise<readonly RecentTask[]> {
    return readRecentTasks(this.#session, call);
  }

  async readCloneTargets(
    source: ManagedObjectReference,
    since: string,
    call: CallContext,
  ): Promise<readonly CloneTarget[]> {
    const { eventManager } = this.#session.service;
    if (eventManager === undefined) return [];
    const filter = {
      entity: { entity: source, recursion: 'self' },
      time: { beginTime: since },
      disableFullMessage: true,
      eventTypeId: ['VmBeingClonedEvent'],
    };
    const events = await this.#session.invoke('QueryEvents', eventManager, { filter }, call);
    return (events ?? []).flatMap((event) => cloneTarget(event) ?? []);
  }

  readCloneSource(source: ManagedObjectReference, call: CallContext): Promise<CloneSource | undefined> {
    return withoutEffect(() => this.#cloneSources.source(source, call));
  }

  readSnapshots(machine: ManagedObjectReference, call: CallContext): Promise<readonly Snapshot[] | undefined> {
    return withoutEffect(() => readSnapshots(this.#session, machine, call));
  }

  findStoragePolicies(name: string, call: CallContext): Promise<readonly string[]> {
    return withoutEffect(() => this.#policies.idsOf(name, call));
  }

  checkStoragePolicy(
    policy: string,
    datastores: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly PolicyFit[]> {
    return withoutEffect(() => this.#policies.fits(policy, datastores, call));
  }

  readPoolDatastores(pool: ManagedObjectReference, call: CallContext): Promise<readonly ManagedObjectReference[]> {
    return withoutEffect(() => this.#policies.datastoresOf(pool, call));
  }

  readClusterRules(cluster: ManagedObjectReference, call: CallContext): Promise<ClusterRules | undefined> {
    return withoutEffect(() => readClusterRules(this.#session, cluster, call));
  }

  changeClusterRules(
    cluster: ManagedObjectReference,
    changes: readonly ClusterChange[],
    call: CallContext,
  ): Promise<ManagedObjectReference> {
    return changeClusterRules(this.#session, cluster, changes, call);
  }

  readCustomizationSpec(name: string, call: CallContext): Promise<StoredCustomization | undefined> {
    return withoutEffect(() => readCustomizationSpec(this.#session, name, call));
  }

  async readPrivileges(
    objects: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly ObjectPrivileges[]> {
    const { authorizationManager } = this.#session.service;
    const { userName } = this.#session;
    if (authorizationManager === undefined || userName === undefined)
      throw transportError('NotVCenter', 'the server has no AuthorizationManager', 'Refused');
    const parameters = { entities: objects, userName };
    const results = await this.#session.invoke('FetchUserPrivilegeOnEntities', authorizationManager, parameters, call);
    return (results ?? []).map(({ entity, privileges = [] }) => ({ object: entity, privileges }));
  }
}
