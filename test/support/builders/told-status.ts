/** What a group's status tells, from an observation, by the plan that belongs to it. */
import { expect } from 'vitest';
import type { VmGroup, VmGroupStatus } from '../../../src/api/vm-group';
import type { Observation } from '../../../src/vmgroup/model/observation';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import { anObservation } from './observation';

export function statusFor(group: VmGroup, rest: Partial<Observation> = {}): VmGroupStatus {
  const observed = anObservation(group, rest);
  return statusOf(observed, plan(observed)) ?? expect.unreachable();
}

/** As `status reason`. */
export function condition(status: VmGroupStatus, type: string): string | undefined {
  const found = status.conditions?.find((candidate) => candidate.type === type);
  return found && `${found.status} ${found.reason}`;
}
