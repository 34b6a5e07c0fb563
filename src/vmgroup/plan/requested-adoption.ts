import type { Action } from '../model/action';
import { adoptionDecision } from '../model/adoption-decision';
import { unseenFolder } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { predecessorQuietAtMs } from './gates';

/** What is done about the machines of spec.adopt, and when they are looked at again. */
export interface RequestedAdoption {
  readonly steps: readonly Extract<Action, { readonly kind: 'Adopt' | 'InspectMachines' }>[];
  readonly requeueAtMs?: number;
}

/**
 * Takes over the machines of spec.adopt that fit. A clone of an earlier process comes first: its machine and an adopted one
 * must not get one slot (R2). So does the group's folder while it is out of sight, for it may hold the machine of a slot; and
 * machines of an earlier group of this name, about which a person decides.
 */
export function planRequestedAdoption(observed: Observation): RequestedAdoption {
  const { adoption, orphans, group } = observed;
  if (adoption === undefined || group.spec.paused) return { steps: [] };
  const { take, look, lookAgainAtMs } = adoptionDecision(observed);
  const again = lookAgainAtMs === undefined ? {} : { requeueAtMs: lookAgainAtMs };
  const steps: RequestedAdoption['steps'][number][] = [];
  if (look.length > 0) steps.push({ kind: 'InspectMachines', revision: adoption.revision, machines: look });
  const mayHoldMachines = unseenFolder(observed) !== undefined;
  if (orphans.kind !== 'None' || observed.unclaimedClones || mayHoldMachines) return { steps, ...again };
  const quietAtMs = predecessorQuietAtMs(observed);
  if (quietAtMs !== undefined) return { steps, requeueAtMs: quietAtMs };
  for (const { machine, slot, wanted } of take) steps.push({ kind: 'Adopt', machine, owner: undefined, slot, wanted });
  return { steps, ...again };
}
