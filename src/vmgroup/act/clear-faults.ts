import { slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { adoptionSubject } from '../model/adoption-request';
import { attributesDue } from '../model/attributes';
import { hasDisks } from '../model/disk-sizes';
import {
  endFault,
  type FaultAbout,
  type Faults,
  FOLDER_FAULT,
  faultSubject,
  isOfUnseen,
  withBeside,
} from '../model/fault';
import { hostRulesOf } from '../model/host-rules';
import { unseenFolder, unseenMachines } from '../model/known-objects';
import { hasSize } from '../model/machine-size';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { isReady } from '../model/readiness';
import { settingsDue, settingsDueWhileOff } from '../model/settings';
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
  const shown = replicas.map(({ slot }) => slot).filter((slot) => !unseenSlots.has(slotKey(slot)));
  for (const slot of shown) endOfUnseen(faults, slot);
  if (unseenFolder(observed) === undefined) endOfUnseen(faults, undefined);
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
  // What is known and not shown is not gone.
  const machines = new Set([...replicas, ...observed.known.machines].map(({ slot }) => slotKey(slot)));
  for (const subject of [...faults.keys()]) if (!machines.has(subject)) endStepsOfMachine(faults, subject);
  recordWaiting({ faults }, observed, plan);
  for (const replica of replicas) {
    const { machine, slot } = replica;
    if (!plan.leaving.has(refKey(machine.ref))) clearOfStep(faults, replica, observed);
    const wanted = group.spec.powerState === 'PoweredOff' ? machine.powerState === 'poweredOff' : isReady(replica);
    if (!wanted || plan.leaving.has(refKey(machine.ref)) || !hasSize(machine, group)) continue;
    // Off as asked, it is still the copy of the template that its clone left behind.
    if (isUncustomized(replica, observed)) continue;
    const settings = machine.powerState === 'poweredOff' ? settingsDueWhileOff : settingsDue;
    if (settings(replica, observed).length > 0) continue;
    endFault(faults, slotKey(slot), undefined);
    if (!hasDisks(replica, group) || attributesDue(replica, observed).length > 0) continue;
    faults.delete(slotKey(slot));
    history.forgetHotAddRefusal(slotKey(slot));
    const asked = shutdownOf(replica, observed);
    if (asked !== undefined && now.monotonicMs >= shutdownOverAtMs(asked, observed)) inFlight.remove(asked.key);
    history.forgetOldRepair(slotKey(slot), now.monotonicMs);
  }
}

function endOfUnseen(faults: Faults, about: FaultAbout): void {
  const subject = faultSubject(about);
  if (withBeside(faults.get(subject)).some((fault) => isOfUnseen(fault, about))) endFault(faults, subject, undefined);
}

/** Faults of steps that nothing is left for, though others on the machine go on or fail. */
function clearOfStep(faults: Faults, replica: Replica, observed: Observation): void {
  const subject = slotKey(replica.slot);
  if (!faults.has(subject)) return;
  if (hasDisks(replica, observed.group)) endFault(faults, subject, 'SizeDisks');
  if (attributesDue(replica, observed).length === 0) endFault(faults, subject, 'WriteAttributes');
}

/** The machine that they failed on is gone. */
function endStepsOfMachine(faults: Faults, subject: string): void {
  endFault(faults, subject, 'SizeDisks');
  endFault(faults, subject, 'WriteAttributes');
}
