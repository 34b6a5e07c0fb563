import { slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { FOLDER_FAULT, type Ledger } from '../model/ledger';
import { hasSize } from '../model/machine-size';
import type { Observation } from '../model/observation';
import { isReady } from '../model/readiness';
import { shutdownOf, shutdownOverAtMs } from '../plan/power-off';

/**
 * Drops faults that the inventory has disproved: the machine stays and is as it should be, by whatever hand. What leaves
 * keeps its fault, for there being switched on is what is wrong.
 */
export function forgetHealed(ledger: Ledger, observed: Observation, plan: Plan): void {
  const { group, replicas, folder, now } = observed;
  if (group.metadata.deletionTimestamp !== undefined) return;
  if (folder.kind === 'Found') ledger.succeeded(FOLDER_FAULT);
  for (const replica of replicas) {
    const { machine, slot } = replica;
    const wanted = group.spec.powerState === 'PoweredOff' ? machine.powerState === 'poweredOff' : isReady(replica);
    if (!wanted || plan.leaving.has(refKey(machine.ref)) || !hasSize(machine, group)) continue;
    ledger.succeeded(slotKey(slot));
    ledger.forgetHotAddRefusal(slotKey(slot));
    const asked = shutdownOf(replica, observed);
    if (asked !== undefined && now.monotonicMs >= shutdownOverAtMs(asked, observed)) ledger.remove(asked.key);
    ledger.forgetOldRepair(slotKey(slot), now.monotonicMs);
  }
}
