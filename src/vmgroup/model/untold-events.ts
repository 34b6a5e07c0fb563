import { EventReason } from '../../api/reasons';
import type { InFlightOperation } from './in-flight';
import type { GroupEvent } from './port';

/** What follows from the end of work on machines. Everything else is told at once. */
const FOLLOWS_FROM_WORK: ReadonlySet<string> = new Set([EventReason.Running, EventReason.Stopped]);

/**
 * Events of the status of one group that wait. vCenter shows a machine as powered on before it ends the task, so the phase may
 * be RUNNING first; but a person reads that a machine was powered on before what follows from it.
 */
export class UntoldEvents {
  #events: GroupEvent[] = [];

  add(events: readonly GroupEvent[]): void {
    this.#events.push(...events);
  }

  /** What may be told now, in the order in which it came. None of it is told again. */
  take(inFlight: readonly InFlightOperation[]): readonly GroupEvent[] {
    const follows = this.#events.every(({ reason }) => FOLLOWS_FROM_WORK.has(reason));
    if (follows && inFlight.some(isToldAtItsEnd)) return [];
    const told = this.#events;
    this.#events = [];
    return told;
  }
}

/** The status has its effect, and its event comes with the end of its task. */
function isToldAtItsEnd({ state, effectSeen }: InFlightOperation): boolean {
  return state === 'Sent' && effectSeen === true;
}
