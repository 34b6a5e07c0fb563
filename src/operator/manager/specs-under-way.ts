/**
 * How long groups take to become ready after a change of their spec, from the changes that the API server tells: a pure
 * function of them and of the time.
 *
 * Measured is what this process saw begin: a group of the first list, or of a namespace that may be read only now, may have
 * waited for long already. Of changes in a row the last one counts. A group that is paused or deleted never gets ready, and
 * when one gets ready whose spec leaves the rest to a person is up to that person: these are left out, as they have no
 * progress deadline. While vCenter is not there nobody waits for the operator, and the wait begins anew after that.
 */
import { ConditionType } from '../../api/conditions';
import { isLeftToAPerson } from '../../api/left-to-a-person';
import { FINALIZER, type VmGroup } from '../../api/vm-group';
import type { Change } from '../../kubernetes';
import type { SpecChange } from '../../vmgroup/model/measures';

interface Begun {
  readonly change: SpecChange;
  readonly sinceMs: number;
  /** Undefined while vCenter is not there. */
  readonly waitsSinceMs: number | undefined;
}

export class SpecsUnderWay {
  readonly #begun = new Map<string, Begun>();

  /**
   * Notes one change of the store. Returns how long the group took, if it is ready by this change. `isListed`: the list that
   * the process began with is known already, so that a group that was not known is new.
   */
  changed(
    { key, before, after }: Change<VmGroup>,
    isListed: boolean,
    nowMs: number,
  ): { readonly change: SpecChange; readonly afterMs: number } | undefined {
    if (after === undefined || isLeftOut(after)) {
      this.#begun.delete(key);
      return undefined;
    }
    if (
      before === undefined ? isListed && isUntouched(after) : before.metadata.generation !== after.metadata.generation
    )
      this.#begun.set(key, { change: this.#changeOf(key, before), sinceMs: nowMs, waitsSinceMs: nowMs });
    const begun = this.#begun.get(key);
    if (begun === undefined) return undefined;
    if (isReady(after)) {
      this.#begun.delete(key);
      return { change: begun.change, afterMs: nowMs - begun.sinceMs };
    }
    const waitsSinceMs = isWithoutVCenter(after) ? undefined : (begun.waitsSinceMs ?? nowMs);
    this.#begun.set(key, { ...begun, waitsSinceMs });
    return undefined;
  }

  /** How long the group that waits longest has waited so far, of those that `counts`; 0 if none waits. */
  longestMs(nowMs: number, counts: (key: string) => boolean): number {
    let longest = 0;
    for (const [key, { waitsSinceMs = nowMs }] of this.#begun)
      if (counts(key)) longest = Math.max(longest, nowMs - waitsSinceMs);
    return longest;
  }

  /** A new group whose spec changes before it is ready is still a new one. */
  #changeOf(key: string, before: VmGroup | undefined): SpecChange {
    return before === undefined || this.#begun.get(key)?.change === 'Created' ? 'Created' : 'Changed';
  }
}

function isLeftOut(group: VmGroup): boolean {
  return group.spec.paused || group.metadata.deletionTimestamp !== undefined || isLeftToAPerson(group);
}

/** No process has worked on it yet. */
function isUntouched({ metadata, status }: VmGroup): boolean {
  return status === undefined && metadata.finalizers?.includes(FINALIZER) !== true;
}

/** Whether the status says so of the present spec. */
function isReady({ metadata, status }: VmGroup): boolean {
  return status?.observedGeneration === metadata.generation && is('True', ConditionType.Ready, status);
}

/** Not connected, or another vCenter than that of the group's machines. Others tell of it: VCenterReady, and alerts. */
function isWithoutVCenter({ status }: VmGroup): boolean {
  return is('False', ConditionType.VCenterReady, status);
}

function is(wanted: 'True' | 'False', type: ConditionType, status: VmGroup['status']): boolean {
  return status?.conditions?.some((condition) => condition.type === type && condition.status === wanted) ?? false;
}
