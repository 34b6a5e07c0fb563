import { type Ownership, readOwnership } from '../../api/ownership';
import { type Clock, sleep } from '../../time/clock';
import {
  type CallContext,
  type CloneTarget,
  type Inventory,
  type ManagedObjectReference,
  type RecentTask,
  refKey,
  sameRef,
  type VCenterConnection,
  type VimClient,
  type VirtualMachine,
} from '../../vsphere/port';
import type { CloneClaims, CloneFolder, NamespaceOfFolder } from '../model/port';
import { isNoPermission } from './prove-gone';
import { isClone, isUnderWay } from './settle';

const POLL_MS = 2_000;
/** How long the machine of a clone may still appear after vCenter forgot the running task. */
const FORGOTTEN_MS = 10_000;

/** A clone that is first seen later than this after the first read was started by somebody else, such as another cluster. */
const PREDECESSOR_MS = 5_000;

/** An event may be a little older than the task that it tells of. */
const EVENT_EARLIER_MS = 5_000;

/** End of the id of a task that destroys: VirtualMachine.destroy, or that of the type which declares the method. */
const DESTRUCTION = '.destroy';

/** A clone that may be an earlier process's. */
interface Claim {
  /** refKey. */
  readonly template: string;
  /** Folders that it may go to; undefined when vCenter does not tell, so that any group of the template may be meant. */
  readonly folders: readonly CloneFolder[] | undefined;
  /**
   * As the marks of its machine tell, once that exists. Where the folder was removed while the clone ran, the machine is
   * somewhere else.
   */
  readonly owner?: Ownership;
  /** Monotonic time at which it was first seen. */
  readonly sinceMs: number;
}

/**
 * Clones that an earlier process started, and whose machine is not visible yet. A restart must neither repeat them nor leave
 * them as orphans (R2, R7). The recent tasks are read after each connect. Until that first read, and as long as there are
 * such clones, the groups that they may belong to fill no slot, remove no folder and drop no finalizer.
 *
 * Whose clone it is, the folder tells that it goes to (VmBeingClonedEvent): another cluster may use the same account and the
 * same template. Where vCenter does not tell the folder, every clone by our account blocks all groups of its template.
 */
export class UnclaimedClones implements CloneClaims {
  /** Undefined until the first read after a connect. */
  #claims: readonly Claim[] | undefined;
  /** Of that first read. */
  #readSinceMs = 0;
  /** Tasks that this process started itself. */
  readonly #own = new Set<string>();
  /** Tasks that ran at the last read. */
  #running: ReadonlyMap<string, Claim> = new Map();
  /** Of the tasks that vCenter remembers. */
  readonly #firstSeenMs = new Map<string, number>();
  /** Whose a folder was that a clone goes to: a group may get another folder while the clone runs (R15). */
  readonly #namespaces = new WeakMap<CloneFolder, string>();
  readonly #forgottenTasks = new Map<string, { readonly claim: Claim; readonly untilMs: number }>();

  constructor(
    private readonly connection: Pick<VCenterConnection, 'status' | 'onStatus' | 'inventory' | 'userName'> & {
      readonly calls: Pick<VimClient, 'readRecentTasks' | 'readCloneTargets' | 'readVirtualMachine'>;
    },
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  blocks({ uid, template, folder }: Parameters<CloneClaims['blocks']>[0]): boolean {
    if (this.#claims === undefined) return true;
    return this.#claims.some((claim) => {
      if (claim.owner?.groupUid === uid) return true;
      if (claim.folders !== undefined)
        return claim.folders.some((target) => isTarget(target, folder, this.connection.inventory));
      return template === undefined || claim.template === refKey(template);
    });
  }

  mayAdd(namespace: string | undefined, namespaceOf: NamespaceOfFolder): boolean {
    const claims = this.#claims;
    if (claims === undefined) return true;
    const isMeant = (target: CloneFolder) => {
      const its = namespaceOf(target) ?? this.#namespaces.get(target);
      if (its !== undefined) this.#namespaces.set(target, its);
      return its !== undefined && (namespace === undefined || its === namespace);
    };
    const isOwners = ({ group }: Ownership) => namespace === undefined || group.startsWith(`${namespace}/`);
    return claims.some(({ folders, owner, sinceMs }) => {
      if (sinceMs > this.#readSinceMs + PREDECESSOR_MS) return false;
      return (owner !== undefined && isOwners(owner)) || (folders?.some(isMeant) ?? true);
    });
  }

  /** Names a clone of this process: it is in flight, so it is not unclaimed. */
  claim(task: ManagedObjectReference): void {
    this.#own.add(task.value);
  }

  /** Whether this process started the task. */
  isClaimed(task: ManagedObjectReference): boolean {
    return this.#own.has(task.value);
  }

  release(task: ManagedObjectReference): void {
    this.#own.delete(task.value);
  }

  /** Reads after each connect, and again every two seconds while such clones run. Ends when aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let wake = Promise.withResolvers<void>();
    const stop = this.connection.onStatus((status) => {
      if (status.kind !== 'Ready') this.#claims = undefined;
      wake.resolve();
    });
    const onAbort = () => wake.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const running = this.connection.status.kind === 'Ready' && (await this.#read(signal));
        if (running) await sleep(this.clock, POLL_MS, signal).catch(() => undefined);
        else await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    } finally {
      stop();
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Whether to read again soon: unclaimed clones run, or the read failed. */
  async #read(signal: AbortSignal): Promise<boolean> {
    try {
      const call = { operationId: 'vmop-recent-tasks', signal };
      const tasks = await this.connection.calls.readRecentTasks(call);
      const destroyed = destroyedBy(tasks);
      const running = new Map<string, Claim>();
      const claims: Claim[] = [];
      for (const task of tasks) {
        const { ref, entity, state, result } = task;
        if (!isClone(task.descriptionId) || this.#own.has(ref.value) || entity === undefined) continue;
        if (result !== undefined && destroyed.has(result.value)) continue;
        if (isUnderWay(state)) {
          const claim = await this.#claimOf(task, entity, call);
          if (claim !== undefined) running.set(ref.value, claim);
        } else claims.push(...(await this.#unseen(task, entity, call)));
      }
      claims.push(...running.values(), ...this.#forgotten(tasks));
      this.#running = running;
      const remembered = new Set(tasks.map(({ ref }) => ref.value));
      for (const task of this.#firstSeenMs.keys()) if (!remembered.has(task)) this.#firstSeenMs.delete(task);
      if (this.#claims === undefined) this.#readSinceMs = this.clock.monotonicMs();
      this.#claims = claims;
      this.onChange();
      return claims.length > 0;
    } catch {
      // The connection reports its own failures. Here it only means that the answer is not known yet.
      return true;
    }
  }

  /** Undefined: no clone of ours, because vCenter does not tell where it goes and another account started it. */
  async #claimOf(task: RecentTask, source: ManagedObjectReference, call: CallContext): Promise<Claim | undefined> {
    const known = this.#running.get(task.ref.value);
    if (known?.folders !== undefined) return known;
    const folders = await this.#targetsOf(task, source, call);
    if (folders === undefined && !this.#isByOurAccount(task)) return undefined;
    return { template: refKey(source), folders, sinceMs: this.#sinceOf(task) };
  }

  /** vcsim ties no event to its task: there, each clone of the template since then may be meant. */
  async #targetsOf(
    { queueTime, eventChainId }: RecentTask,
    source: ManagedObjectReference,
    call: CallContext,
  ): Promise<readonly CloneTarget[] | undefined> {
    const earlier = new Date(Date.parse(queueTime ?? '') - EVENT_EARLIER_MS);
    // One task with a time that is none must not keep the others from being read (R14).
    if (Number.isNaN(earlier.getTime())) return undefined;
    const since = earlier.toISOString();
    try {
      const targets = await this.connection.calls.readCloneTargets(source, since, call);
      const its = eventChainId === undefined ? targets : targets.filter(({ chainId }) => chainId === eventChainId);
      return its.length > 0 ? its : undefined;
    } catch {
      // An account may see a task and not the events. A lost connection shows at the next read of the tasks.
      return undefined;
    }
  }

  #isByOurAccount({ userName }: RecentTask): boolean {
    const own = this.connection.userName;
    return userName === undefined || own === undefined || userName === own;
  }

  /** It may end, and its machine stay unseen, for longer than one read: it was first seen when it was. */
  #sinceOf({ ref }: RecentTask): number {
    const sinceMs = this.#firstSeenMs.get(ref.value) ?? this.clock.monotonicMs();
    this.#firstSeenMs.set(ref.value, sinceMs);
    return sinceMs;
  }

  /** The claim of a clone that has just ended and whose machine exists, but is not in the inventory yet. */
  async #unseen(task: RecentTask, source: ManagedObjectReference, call: CallContext): Promise<readonly Claim[]> {
    const { inventory, calls } = this.connection;
    const { state, result } = task;
    if (state !== 'success' || result === undefined || inventory.virtualMachine(result) !== undefined) return [];
    let machine: VirtualMachine | undefined;
    try {
      machine = await calls.readVirtualMachine(result, call);
    } catch (error) {
      if (!isNoPermission(error)) throw error;
      // It may be a group's, where the account may not look.
      const claim = await this.#claimOf(task, source, call);
      return claim === undefined ? [] : [claim];
    }
    // The marks are there from the first moment: one without them is nobody's, such as one that a person has kept.
    if (machine === undefined) return [];
    const owner = readOwnership(machine);
    if (!machine.unreadable && owner === undefined) return [];
    const folder = machine.parent;
    const folders = folder && [{ folder, folderName: inventory.entity(folder)?.name ?? '' }];
    return [{ template: refKey(source), folders, ...(owner && { owner }), sinceMs: this.#sinceOf(task) }];
  }

  /** Clones that ran at the last read and that vCenter has forgotten since: their machines may appear soon. */
  #forgotten(tasks: readonly RecentTask[]): readonly Claim[] {
    const nowMs = this.clock.monotonicMs();
    for (const [task, claim] of this.#running)
      if (!tasks.some(({ ref }) => ref.value === task))
        this.#forgottenTasks.set(task, { claim, untilMs: nowMs + FORGOTTEN_MS });
    for (const [task, { untilMs }] of this.#forgottenTasks) if (untilMs <= nowMs) this.#forgottenTasks.delete(task);
    return [...this.#forgottenTasks.values()].map(({ claim }) => claim);
  }
}

/**
 * Machines that are gone, as the tasks tell: values of their references, which vCenter gives to no other object. After a
 * rollout there are thousands, and a read of each would hold everything up.
 */
function destroyedBy(tasks: readonly RecentTask[]): ReadonlySet<string> {
  const ends = tasks.filter(({ descriptionId, state }) => descriptionId.endsWith(DESTRUCTION) && state === 'success');
  return new Set(ends.flatMap(({ entity }) => (entity?.type === 'VirtualMachine' ? [entity.value] : [])));
}

/**
 * Whether it is the group's folder. One of that name too: the folder may have been deleted meanwhile, and another one made
 * in its place (R2). But a folder that is seen to be elsewhere is somebody else's, such as another cluster's (R9); unless it
 * holds machines of the group: then a person moved it away while the clone ran.
 */
function isTarget(
  { folder, folderName }: CloneFolder,
  { ref, name, parent, machinesIn = [] }: Parameters<CloneClaims['blocks']>[0]['folder'],
  inventory: Inventory,
): boolean {
  if (sameRef(folder, ref) || machinesIn.some((its) => sameRef(its, folder))) return true;
  if (folderName !== name) return false;
  const holder = inventory.entity(folder)?.parent;
  if (holder === undefined || parent === undefined) return true;
  return parent.kind === 'Found' && sameRef(parent.ref, holder);
}
