import type { VmGroup } from '../../api/vm-group';
import type { Random } from '../../time/random';
import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';
import { retryDelayMs } from '../model/backoff';
import { type Fault, type Faults, nextFault } from '../model/fault';
import type { Moment } from '../model/moment';
import { wakeToken } from '../model/wake-token';

export interface FaultContext {
  readonly group: VmGroup;
  readonly memory: { readonly faults: Faults };
  readonly random: Random;
  readonly now: Moment;
}

/** Records one more failure of a slot or of the folder, and when it is tried again (R8). */
export function recordFault(
  subject: string,
  failure: VsphereFailure,
  verdict: FailureVerdict,
  { group, memory, random, now }: FaultContext,
  more: Pick<Fault, 'failureDomain' | 'only'> = {},
): Fault {
  const next = nextFault({
    previous: memory.faults.get(subject),
    failure,
    verdict,
    wakeToken: wakeToken(group),
    now,
    delayMs: (attempts) => retryDelayMs(verdict.backoff, attempts, random),
  });
  const fault = { ...next, ...more };
  memory.faults.set(subject, fault);
  return fault;
}
