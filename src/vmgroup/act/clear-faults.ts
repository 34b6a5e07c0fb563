import { slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { adoptionSubject } from '../model/adoption-request';
import { attributesDue } from '../model/attributes';
import { hasDisks } from '../model/disk-sizes';
import { FOLDER_FAULT } from '../model/fault';
import { hostRulesOf } from '../model/host-rules';
import { unseenMachines } from '../model/known-objects';
import { hasSize } from '../model/machine-size';
import { instanceMismatch, type Observation } from '../model/observation';
import { isReady } from '../model/readiness';
import { shutdownOf, shutdownOverAtMs } from '../model/shutdown';
import { policySubject, policyWaitedFor } from '../model/storage-policy';
import { isUncustomized } from '../model/uncustomized';
import { recordWaiting } from './full-domains';
import type { RecordMemory } from './record-end';

/**
 * Drops what is known of slots that the group no longer has, such as those of a former revision.
 *
 * Drops the faults of machines that are as they should be now, no matter who changed them. A replica that is being
 * removed keeps its fault: being powered on is the fault.
 */
export function clearFaults({ inFlight, faults, history }: RecordMemory, observed: Observation, plan: Plan): void {
  const { group, replicas, orphans, folder, now } = observed;
  const unseen = unseenMachines(observed);
  const unseenSlots = new Set(unseen.map(({ slot }) => slotKey(slot)));
  // What the account could not see is shown again, also to a group that is being deleted.
  const shown = replicas.map(({ slot }) => slotKey(slot)).filter((subject) => !unseenSlots.has(subject));
  for (const subject of folder.kind === 'Found' ? [...shown, FOLDER_FAULT] : shown)
    if (faults.get(subject)?.reason === 'NotVisible') faults.delete(subject);
  if (group.metadata.deletionTimestamp !== undefined) return;
  if (observed.vcenter.kind === 'Ready' && instanceMismatch(observed) === undefined) {
    const slots = new Set([...[...plan.keep, ...replicas.map(({ slot }) => slot)].map(slotKey), ...unseenSlots]);
    const adopted = orphans.kind === 'None' ? [] : orphans.machines.map(({ machine }) => machine);
    const { adoption } = observed;
    const asked = adoption?.candidates.flatMap(({ machine }) => machine?.ref ?? []) ?? [];
    if (adoption !== undefined) asked.push(adoptionSubject(adoption.revision));
    const policy = policyWaitedFor(observed.placement);
    const looks = policy === undefined ? [] : [policySubject(policy.name)];
    const clusters = hostRulesOf(observed).map(({ cluster }) => cluster);
    const others = new Set(
      [...[...adopted, ...unseen].map(({ ref }) => ref), ...looks, ...clusters, ...asked].map(refKey),
    );
    for (const subject of faults.keys())
      if (subject !== FOLDER_FAULT && !slots.has(subject) && !others.has(subject)) faults.delete(subject);
    history.keepSlots(slots);
  }
  if (folder.kind === 'Found') faults.delete(FOLDER_FAULT);
  recordWaiting({ faults }, observed, plan);
  for (const replica of replicas) {
    const { machine, slot } = replica;
    const wanted = group.spec.powerState === 'PoweredOff' ? machine.powerState === 'poweredOff' : isReady(replica);
    if (!wanted || plan.leaving.has(refKey(machine.ref)) || !hasSize(machine, group)) continue;
    // Off as asked, it is still the copy of the template that its clone left behind.
    if (isUncustomized(replica, observed)) continue;
    if (!hasDisks(replica, group) || attributesDue(replica, observed).length > 0) continue;
    faults.delete(slotKey(slot));
    history.forgetHotAddRefusal(slotKey(slot));
    const asked = shutdownOf(replica, observed);
    if (asked !== undefined && now.monotonicMs >= shutdownOverAtMs(asked, observed)) inFlight.remove(asked.key);
    history.forgetOldRepair(slotKey(slot), now.monotonicMs);
  }
}
