import type { VmGroup } from '../../api/vm-group';
import type { Random } from '../../time/random';
import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';
import { retryDelayMs } from '../model/backoff';
import { type Fault, type Faults, faultOfStep, keepFault, nextFault } from '../model/fault';
import type { Moment } from '../model/moment';
import { isCustomizationFailure } from '../model/uncustomized';
import { wakeToken } from '../model/wake-token';

export interface FaultContext {
  readonly group: VmGroup;
  readonly memory: { readonly faults: Faults };
  readonly random: Random;
  readonly now: Moment;
}

/**
 * Records one more failure of a slot or of the folder, and when it is tried again (R8). A look that was refused says nothing of
 * the machine, so it does not end what is known of its guest.
 */
export function recordFault(
  subject: string,
  failure: VsphereFailure,
  verdict: FailureVerdict,
  { group, memory, random, now }: FaultContext,
  more: Pick<Fault, 'failureDomain' | 'only'> = {},
): Fault {
  const previous = faultOfStep(memory.faults.get(subject), more.only);
  const next = nextFault({
    previous,
    failure,
    verdict,
    wakeToken: wakeToken(group),
    now,
    delayMs: (attempts) => retryDelayMs(verdict.backoff, attempts, random),
  });
  const isRefusedLook = verdict.reason === 'NotVisible' && isCustomizationFailure(previous?.reason);
  const told = previous !== undefined && isRefusedLook ? { ...previous, retryAt: next.retryAt } : next;
  const fault = { ...told, ...more };
  keepFault(memory.faults, subject, fault);
  return fault;
}
