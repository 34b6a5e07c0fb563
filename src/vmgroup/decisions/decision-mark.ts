import { hash } from 'node:crypto';
import { slotKey } from '../../api/identity';
import { type Action, actionKey } from '../model/action';
import type { Decision } from '../model/decision';

/**
 * Tells two decisions of one group apart by what was decided and why it waits, and not by the time of either. Every reconcile
 * makes one, so it is made of keys: a settled group of 500 replicas takes a tenth of a millisecond.
 */
export function decisionMark({ plan, status, observed }: Decision): string {
  const { actions, keep, leaving, restarting, waiting, shortage, keptSmall } = plan;
  const { metadata } = observed.group;
  const parts = [
    [metadata.uid, metadata.generation, metadata.deletionTimestamp, observed.vcenter.kind],
    actions.map(stepKey),
    keep.map(slotKey),
    [...leaving].flat(),
    [...restarting],
    [...(waiting?.why ?? [])].flat(),
    [shortage?.reason, shortage?.step, shortage?.replicas],
    [...(keptSmall ?? [])],
    [status?.phase, ...(status?.conditions ?? []).flatMap((told) => [told.type, told.status, told.reason])],
  ];
  return hash('sha256', JSON.stringify(parts), 'base64').slice(0, 22);
}

/** As actionKey, with what a step of that key may do differently. */
function stepKey(action: Action): string {
  switch (action.kind) {
    case 'AddFinalizer':
    case 'RemoveFinalizer':
      return action.kind;
    case 'Clone':
      return `${actionKey(action)} ${action.failureDomain ?? ''}`;
    case 'Reconfigure':
      return `${actionKey(action)} ${action.size.numCpu} ${action.size.memoryMiB}`;
    default:
      return actionKey(action);
  }
}
