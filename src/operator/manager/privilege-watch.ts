import type { Clock } from '../../time/clock';
import type { PrivilegeSight } from '../../vcenter/privileges';
import { missingPrivileges, type PrivilegeNeed } from '../../vmgroup/model/required-privileges';
import { refKey, type VCenterConnection } from '../../vsphere';

/** An administrator may change roles at any time, and vCenter tells nobody. */
const AGAIN_MS = 30 * 60_000;
const RETRY_MS = 5 * 60_000;
/** Whatever changes in vCenter, it is not asked more often (R4). */
const PAUSE_MS = 60_000;
/** While the account sees no place. */
const NO_PLACE_MS = 60 * 60_000;

export interface PrivilegeWatchOptions {
  readonly connection: Pick<VCenterConnection, 'status' | 'userName' | 'calls' | 'onStatus' | 'readAgain'>;
  readonly clock: Clock;
  /** There is another answer. */
  onChange(): void;
  /** Ends a call that is under way. Nothing is asked afterwards. */
  readonly signal: AbortSignal;
}

/**
 * What the account of a vCenter may do. Each question is one call, which nobody waits for (R9): after a connect, when other
 * objects or another account count, and else each half hour.
 */
export class PrivilegeWatch {
  #sight: PrivilegeSight = { kind: 'NotAsked' };
  #asked: { readonly question: string; readonly atMs: number; readonly isUnderWay: boolean } | undefined;
  #hasReconnected = false;

  constructor(private readonly options: PrivilegeWatchOptions) {
    options.connection.onStatus(({ kind }) => {
      if (kind !== 'Ready') this.#hasReconnected = true;
    });
  }

  /** What is known at this moment. */
  get sight(): PrivilegeSight {
    return this.#sight;
  }

  /** Asks vCenter if that is due, and returns at once. Does nothing while vCenter is not connected. */
  look(needs: readonly PrivilegeNeed[]): void {
    const { connection, clock, signal } = this.options;
    if (signal.aborted || connection.status.kind !== 'Ready') return;
    if (needs.length === 0) {
      this.#asked = undefined;
      this.#sight = { kind: 'NoPlace' };
      // It may have been given the right since, and vCenter tells of no permission (docs/vsphere.md).
      connection.readAgain('the account sees no place where machines could be made', NO_PLACE_MS);
      return;
    }
    const question = JSON.stringify([connection.userName, needs.map((need) => [refKey(need.object), need.privileges])]);
    if (!this.#isDue(question)) return;
    this.#hasReconnected = false;
    const asked = { question, atMs: clock.monotonicMs() };
    this.#asked = { ...asked, isUnderWay: true };
    void this.#ask(needs).then((sight) => {
      if (signal.aborted) return;
      this.#asked = { ...asked, isUnderWay: false };
      this.#sight = sight;
      this.options.onChange();
    });
  }

  #isDue(question: string): boolean {
    if (this.#asked === undefined) return true;
    const { question: before, atMs, isUnderWay } = this.#asked;
    if (isUnderWay) return false;
    const sinceMs = this.options.clock.monotonicMs() - atMs;
    const isOther = this.#hasReconnected || before !== question;
    if (isOther) return sinceMs >= PAUSE_MS;
    return sinceMs >= (this.#sight.kind === 'Unreadable' ? RETRY_MS : AGAIN_MS);
  }

  async #ask(needs: readonly PrivilegeNeed[]): Promise<PrivilegeSight> {
    const { connection, signal } = this.options;
    try {
      const objects = needs.map(({ object }) => object);
      const granted = await connection.calls.readPrivileges(objects, { operationId: 'vmop-privileges', signal });
      const judged = needs.map((need) => ({
        ...{ noun: need.noun, path: need.path },
        missing: missingPrivileges(need, granted),
      }));
      return { kind: 'Read', objects: judged };
    } catch (error) {
      return { kind: 'Unreadable', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
