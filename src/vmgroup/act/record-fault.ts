import type { VmGroup } from '../../api/vm-group';
import type { Random } from '../../time/random';
import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';
import { retryDelayMs } from '../model/backoff';
import { type Fault, type Ledger, nextFault } from '../model/ledger';
import type { Moment } from '../model/port';
import { wakeToken } from '../plan/gates';

export interface FaultContext {
  readonly group: VmGroup;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly now: Moment;
}

/** One more failure of a slot or of the folder: what is known of it from now on, and when it is tried again (R8). */
export function recordFault(
  subject: string,
  failure: VsphereFailure,
  verdict: FailureVerdict,
  { group, ledger, random, now }: FaultContext,
): Fault {
  const delayMs = (attempts: number) => retryDelayMs(verdict.backoff, attempts, random);
  const fault = nextFault(ledger.faults.get(subject), failure, verdict, wakeToken(group), now, delayMs);
  ledger.fault(subject, fault);
  return fault;
}
