import type { Observation, Replica } from './observation';

/** Whether a person asks for another machine in place of this one (spec.retire). */
export function isRetired({ machine }: Replica, { group }: Pick<Observation, 'group'>): boolean {
  return group.spec.retire?.includes(machine.ref.value) === true;
}
