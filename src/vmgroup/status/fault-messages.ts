import { slotKey } from '../../api/identity';
import { machineNameOf } from '../../api/naming';
import { ConditionReason } from '../../api/reasons';
import { isCurrent } from '../../api/slot-revision';
import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { FOLDER_FAULT, faultSubject } from '../model/fault';
import { unseenMachines } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { policySubject, policyWaitedFor } from '../model/storage-policy';
import { adoptionFaults } from './adoption-faults';
import { configCondition } from './config-condition';
import { faultMessage, MOST_FAULTS, type NamedFault } from './fault-message';
import { hostRuleFaults } from './host-rule-faults';
import { shortageMessage } from './limits-condition';
import { notReadyMessages } from './not-ready';
import { uncustomizedMessages } from './uncustomized-message';
import { unreadableMessage } from './unreadable-message';

/**
 * Faults of slots that exist or should exist, of machines that are looked for or adopted, of a look for the storage policy, and
 * of the folder, each with the name of what it is about.
 */
export function faultsOf(observed: Observation, plan: Plan): readonly NamedFault[] {
  if (observed.faults.size === 0) return [];
  const slots = new Map([...plan.keep, ...observed.replicas.map(({ slot }) => slot)].map((s) => [slotKey(s), s]));
  const found: NamedFault[] = [];
  const folder = observed.faults.get(FOLDER_FAULT);
  const isDeleted = observed.group.metadata.deletionTimestamp !== undefined;
  if (folder !== undefined && (isDeleted || observed.folder.kind === 'Missing'))
    found.push({ name: 'folder', fault: folder });
  const policy = policyWaitedFor(observed.placement);
  const look = policy && observed.faults.get(refKey(policySubject(policy.name)));
  // One that has not found it is a problem of the placement.
  if (look !== undefined && !observed.placement.problems.some(({ message }) => message === look.message))
    found.push({ name: `storage policy ${policy?.name}`, fault: look });
  for (const [key, slot] of slots) {
    const fault = observed.faults.get(key);
    if (fault !== undefined) found.push({ name: machineNameOf(observed.group, slot), fault });
  }
  for (const { ref, name: machineName } of unseenMachines(observed)) {
    const fault = observed.faults.get(refKey(ref));
    if (fault !== undefined) found.push({ name: machineName, fault });
  }
  if (isDeleted) found.push(...hostRuleFaults(observed));
  const { orphans } = observed;
  for (const { machine } of orphans.kind === 'None' ? [] : orphans.machines) {
    const fault = observed.faults.get(faultSubject(machine.ref));
    if (fault !== undefined) found.push({ name: machine.name, fault });
  }
  return [...found, ...adoptionFaults(observed)];
}

/** Reasons of ConfigSynced that a person has to know of: else a size that never arrives would be told nowhere else. */
const WAITING: ReadonlySet<string> = new Set([ConditionReason.PowerOffRequired, ConditionReason.HotAddRefused]);

/** The fault messages of a status: at most three faults. */
export function faultMessages(observed: Observation, plan: Plan): string[] {
  const parts: string[] = [];
  const [problem] = observed.placement.problems;
  if (problem !== undefined && plan.keep.some((slot) => isCurrent(slot, observed.group.spec)))
    parts.push(problem.message);
  const { room } = observed;
  if (plan.shortage !== undefined && room !== undefined) parts.push(shortageMessage(plan.shortage, observed, room));
  const waits = room?.isUncertain === true && plan.keep.length > observed.replicas.length;
  if (observed.unclaimedClones || waits)
    parts.push('waiting for clones that an earlier operator process may have started');
  if (observed.unreadable.length > 0) parts.push(unreadableMessage(observed.unreadable));
  const config = configCondition(observed, plan);
  if (config?.status === 'False' && WAITING.has(config.reason)) parts.push(config.message);
  const faults = faultsOf(observed, plan);
  return [
    ...parts,
    ...faults.slice(0, MOST_FAULTS).map(faultMessage),
    ...uncustomizedMessages(observed),
    ...notReadyMessages(observed, new Set(faults.map(({ name }) => name))),
  ];
}
