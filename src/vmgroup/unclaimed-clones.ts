import { type Clock, sleep } from '../time/clock';
import { type ManagedObjectReference, refKey, type VCenterConnection } from '../vsphere/port';
import { isClone } from './act';

const POLL_MS = 2_000;

/**
 * Clones that an earlier process with our account has started and that still run: a restart must neither repeat nor
 * orphan them (R2, R7). After each connect the recent tasks are read; as long as such clones run, and until that first
 * read, groups of their template fill no slot, remove no folder and drop no finalizer.
 */
export class UnclaimedClones {
  /** refKey of templates with unclaimed clones; undefined until the first read after a connect. */
  #templates: ReadonlySet<string> | undefined;
  /** Tasks that this process has started itself. */
  readonly #own = new Set<string>();

  constructor(
    private readonly connection: VCenterConnection,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Whether groups of this template (or of one that is not known) have to wait. */
  blocks(template: ManagedObjectReference | undefined): boolean {
    if (this.#templates === undefined) return true;
    return template === undefined ? this.#templates.size > 0 : this.#templates.has(refKey(template));
  }

  /** A clone of this process: it is in a ledger and never unclaimed. */
  claim(task: ManagedObjectReference): void {
    this.#own.add(task.value);
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
      const tasks = await this.connection.calls.readRecentTasks({ operationId: 'vmop-recent-tasks', signal });
      const { userName } = this.connection;
      const templates = new Set<string>();
      for (const task of tasks) {
        const running = task.state === 'running' || task.state === 'queued';
        if (!running || !isClone(task.descriptionId) || task.entity === undefined) continue;
        if (this.#own.has(task.ref.value)) continue;
        if (task.userName !== undefined && userName !== undefined && task.userName !== userName) continue;
        templates.add(refKey(task.entity));
      }
      this.#templates = templates;
      this.onChange();
      return templates.size > 0;
    } catch {
      // The connection tells its own failures; here it only means that the answer is still open.
      return true;
    }
  }
}
