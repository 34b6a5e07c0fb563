import { type Clock, sleep } from '../../time/clock';
import {
  type CallContext,
  type ManagedObjectReference,
  type RecentTask,
  refKey,
  type VCenterConnection,
  type VimClient,
} from '../../vsphere/port';
import { isClone } from './settle';

const POLL_MS = 2_000;
/** How long the machine of a clone may still appear after vCenter forgot the running task. */
const FORGOTTEN_MS = 10_000;

/**
 * Clones that an earlier process with our account started, and whose machine is not visible yet. A restart must neither
 * repeat them nor leave them as orphans (R2, R7). The recent tasks are read after each connect. Until that first read,
 * and as long as there are such clones, groups of their template fill no slot, remove no folder and drop no finalizer.
 */
export class UnclaimedClones {
  /** refKey of templates with unclaimed clones; undefined until the first read after a connect. */
  #templates: ReadonlySet<string> | undefined;
  /** Tasks that this process started itself. */
  readonly #own = new Set<string>();
  /** Tasks that ran at the last read, each with its template. */
  #running: ReadonlyMap<string, string> = new Map();
  readonly #forgottenTasks = new Map<string, { readonly template: string; readonly untilMs: number }>();

  constructor(
    private readonly connection: Pick<VCenterConnection, 'status' | 'onStatus' | 'inventory' | 'userName'> & {
      readonly calls: Pick<VimClient, 'readRecentTasks' | 'readVirtualMachine'>;
    },
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Whether groups of this template (undefined: of an unknown one) have to wait. */
  blocks(template: ManagedObjectReference | undefined): boolean {
    if (this.#templates === undefined) return true;
    return template === undefined ? this.#templates.size > 0 : this.#templates.has(refKey(template));
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
      if (status.kind !== 'Ready') this.#templates = undefined;
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
      const running = new Map<string, string>();
      const templates = new Set<string>();
      for (const task of tasks) {
        if (!this.#isUnclaimed(task) || task.entity === undefined) continue;
        const template = refKey(task.entity);
        if (task.state === 'running' || task.state === 'queued') running.set(task.ref.value, template);
        else if (await this.#isUnseen(task, call)) templates.add(template);
      }
      for (const template of [...running.values(), ...this.#forgotten(running, tasks)]) templates.add(template);
      this.#running = running;
      this.#templates = templates;
      this.onChange();
      return templates.size > 0;
    } catch {
      // The connection reports its own failures. Here it only means that the answer is not known yet.
      return true;
    }
  }

  #isUnclaimed({ ref, descriptionId, userName }: RecentTask): boolean {
    if (!isClone(descriptionId) || this.#own.has(ref.value)) return false;
    const own = this.connection.userName;
    return userName === undefined || own === undefined || userName === own;
  }

  /** Whether a clone has just ended and its machine exists, but the inventory does not show it yet. */
  async #isUnseen({ state, result }: RecentTask, call: CallContext): Promise<boolean> {
    const { inventory, calls } = this.connection;
    if (state !== 'success' || result === undefined || inventory.virtualMachine(result) !== undefined) return false;
    return (await calls.readVirtualMachine(result, call)) !== undefined;
  }

  /**
   * Templates of clones that ran at the last read and that vCenter has forgotten since: their machines may appear soon.
   */
  #forgotten(running: ReadonlyMap<string, string>, tasks: readonly RecentTask[]): readonly string[] {
    const nowMs = this.clock.monotonicMs();
    for (const [task, template] of this.#running)
      if (!running.has(task) && !tasks.some(({ ref }) => ref.value === task))
        this.#forgottenTasks.set(task, { template, untilMs: nowMs + FORGOTTEN_MS });
    for (const [task, { untilMs }] of this.#forgottenTasks) if (untilMs <= nowMs) this.#forgottenTasks.delete(task);
    return [...this.#forgottenTasks.values()].map(({ template }) => template);
  }
}
