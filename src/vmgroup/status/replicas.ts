import { isIP } from 'node:net';
import { isInstanceUuidOf, type Slot, slotKey } from '../../api/identity';
import { hostNameOf, machineNameOf } from '../../api/naming';
import type {
  VmGroup,
  VmGroupStatusReplica,
  VmGroupStatusReplicaFault,
  VmGroupStatusReplicaTask,
} from '../../api/vm-group';
import { type PowerState, refKey, type VirtualMachine } from '../../vsphere/port';
import type { Plan } from '../model/action';
import type { Fault } from '../model/fault';
import type { InFlightOperation, Operation } from '../model/in-flight';
import { operationsOf, operationsOfSlot } from '../model/in-flight-index';
import { type KnownMachine, unseenMachines } from '../model/known-objects';
import type { Observation, Replica } from '../model/observation';
import { isReady } from '../model/readiness';
import { isCustomizationFailure } from '../model/uncustomized';
import { lackOf } from './not-ready';

/** One element per replica that exists or should exist, ordered by ordinal. */
export function replicaStatuses(observed: Observation, plan: Plan): VmGroupStatusReplica[] {
  const existing = observed.replicas.map((replica) => existingReplica(replica, observed));
  const present = new Set(observed.replicas.map(({ slot }) => slotKey(slot)));
  const missing = [...plan.keep, ...slotsBeingMade(observed)].filter((slot) => {
    const isMissing = !present.has(slotKey(slot));
    present.add(slotKey(slot));
    return isMissing;
  });
  const unreadable = unreadableSlots(observed).filter((slot) => !present.has(slotKey(slot)));
  const absent = [...missing, ...unreadable].map((slot) => missingReplica(slot, observed));
  const all = [...existing, ...withUnread(absent, observed, plan)];
  return all.sort((a, b) => a.ordinal - b.ordinal).slice(0, MOST_REPLICAS);
}

/**
 * Slots that a clone under way may fill, also those that the group no longer wants, as when it is being deleted. If the process
 * ends before the clone, only their names tell that the machine may be the group's (R7): vCenter may not tell its marks.
 */
function slotsBeingMade({ group, inFlight, unclaimedClones }: Observation): readonly Slot[] {
  const cloning = inFlight.flatMap(({ operation, slot }) =>
    operation === 'Clone' && slot !== undefined ? [slot] : [],
  );
  if (!unclaimedClones) return cloning;
  const former = (group.status?.replicas ?? []).filter(({ moRef }) => moRef === undefined);
  return [...cloning, ...former.map(({ ordinal, revision }) => ({ ordinal, revision }))];
}

/**
 * What the inventory does not show any more, or shows without its marks, stays in the status by its reference, until vCenter
 * says that it is gone or whose it is: after a restart nothing else tells of it (R7). A slot can have several.
 */
function withUnread(
  absent: readonly VmGroupStatusReplica[],
  observed: Observation,
  plan: Plan,
): VmGroupStatusReplica[] {
  const all = [...absent];
  const named = new Set<string>();
  for (const { ref, slot, name, failureDomain } of [...unreadMachines(observed), ...unshownMachines(observed, plan)]) {
    const key = slotKey(slot);
    const index = named.has(key) ? -1 : absent.findIndex((replica) => slotKey(replica) === key);
    const { instanceUuid: _, hostname, ...replica } = absent[index] ?? missingReplica(slot, observed);
    const former = observed.group.status?.replicas?.find(({ moRef }) => moRef === ref.value);
    const hasOwnName = wasTakenOver(former?.instanceUuid, slot, observed.group);
    const ofSlot = observed.faults.get(key);
    named.add(key);
    const told = {
      ...{ name: name.slice(0, LONGEST_NAME), moRef: ref.value },
      ...(!hasOwnName && hostname !== undefined && { hostname }),
      ...(former?.instanceUuid !== undefined && { instanceUuid: former.instanceUuid }),
      ...(failureDomain !== undefined && { failureDomain }),
      ...faultOf(isCustomizationFailure(ofSlot?.reason) ? ofSlot : observed.faults.get(refKey(ref))),
    };
    all.splice(index < 0 ? all.length : index, 1, { ...replica, ...told });
  }
  return all;
}

/**
 * Machines out of sight. That of a slot whose clone is under way may be the new one, and stays as the slot's; but a group that
 * goes has no slots any more.
 */
function unshownMachines(observed: Observation, plan: Plan): readonly KnownMachine[] {
  const unseen = new Set(unseenMachines(observed));
  const kept = new Set(plan.keep.map(slotKey));
  return observed.known.machines.filter(
    (machine) => unseen.has(machine) || (!machine.isShown && !kept.has(slotKey(machine.slot))),
  );
}

/** Machines that the last status names, and that are shown now without their configuration. */
function unreadMachines({
  group,
  unreadable,
}: Observation): readonly Pick<KnownMachine, 'ref' | 'slot' | 'name' | 'failureDomain'>[] {
  const shown = new Map(unreadable.map((machine) => [machine.ref.value, machine]));
  return (group.status?.replicas ?? []).flatMap(({ moRef = '', ordinal, revision, failureDomain }) => {
    const machine = shown.get(moRef);
    if (machine === undefined) return [];
    const { ref, name } = machine;
    return [{ ref, name, slot: { ordinal, revision }, ...(failureDomain !== undefined && { failureDomain }) }];
  });
}

/**
 * Slots of clones that had ended before the status told their machines, if there is an unreadable machine with the name. The
 * status goes on naming them: nothing else tells that the machine may be the group's (R7).
 */
function unreadableSlots({ group, unreadable }: Observation): readonly Slot[] {
  if (unreadable.length === 0) return [];
  const names = new Set(unreadable.map(({ name }) => name));
  const former = group.status?.replicas ?? [];
  return former.filter(({ moRef, name }) => moRef === undefined && names.has(name));
}

function existingReplica(replica: Replica, observed: Observation): VmGroupStatusReplica {
  const { machine, slot } = replica;
  const ready = isReady(replica);
  const lack = lackOf(replica, observed);
  const [sent] = operationsOf(replica, observed);
  return {
    ordinal: slot.ordinal,
    revision: slot.revision,
    ...knownHostName(replica, observed),
    // The name in vCenter, also after a person renamed the machine.
    name: machine.name.slice(0, LONGEST_NAME),
    moRef: machine.ref.value,
    ...(machine.instanceUuid !== undefined && { instanceUuid: machine.instanceUuid }),
    powerState: POWER_STATE[machine.powerState],
    ...(replica.host !== undefined && { host: replica.host }),
    ...(replica.failureDomain !== undefined && { failureDomain: replica.failureDomain }),
    ready,
    ...(lack !== undefined && { notReady: lack.slice(0, LONGEST_LACK) }),
    ...(replica.readySince !== undefined && { readySince: isoTime(replica.readySince.wallMs) }),
    ...addressesOf(machine),
    ...taskOf(sent),
    ...faultOf(observed.faults.get(slotKey(slot))),
  };
}

/** A guest may report anything. An address that the API server would refuse must not prevent the whole status. */
function addressesOf({ details }: VirtualMachine): { ips?: string[] } {
  const ips = details?.ipAddresses.filter((ip) => isIP(ip) !== 0 && ip.length <= LONGEST_ADDRESS) ?? [];
  return ips.length === 0 ? {} : { ips: ips.slice(0, MOST_ADDRESSES) };
}

/** Limits of the CRD. */
const LONGEST_NAME = 80;
const LONGEST_LACK = 256;
const LONGEST_ADDRESS = 39;
const MOST_ADDRESSES = 16;
const MOST_REPLICAS = 1000;

function missingReplica(slot: Slot, observed: Observation): VmGroupStatusReplica {
  const [sent] = operationsOfSlot(slot, observed);
  return {
    name: sent?.machineName ?? machineNameOf(observed.group, slot),
    ordinal: slot.ordinal,
    revision: slot.revision,
    hostname: hostNameOf(observed.group, slot),
    ready: false,
    ...formerMachineOf(slot, observed),
    ...domainOf(sent, observed.faults.get(slotKey(slot))),
    ...taskOf(sent),
    ...faultOf(observed.faults.get(slotKey(slot))),
  };
}

/**
 * The machine that the slot had. It stays in the status until the slot has another one: after a restart it tells which
 * machine was expected, and whether it is gone is looked up before another is created (R2, R7).
 */
function formerMachineOf(slot: Slot, { group }: Observation): Pick<VmGroupStatusReplica, 'moRef' | 'instanceUuid'> {
  const key = slotKey(slot);
  const former = group.status?.replicas?.find((replica) => replica.moRef !== undefined && slotKey(replica) === key);
  return {
    ...(former?.moRef !== undefined && { moRef: former.moRef }),
    ...(former?.instanceUuid !== undefined && { instanceUuid: former.instanceUuid }),
  };
}

/** A guest keeps the name that it was given, also after another pattern was asked for. That of a machine taken over has its own. */
function knownHostName({ machine, slot }: Replica, { group }: Observation): { hostname?: string } {
  const isTakenOver = takenOver.get(machine) ?? wasTakenOver(machine.instanceUuid, slot, group);
  takenOver.set(machine, isTakenOver);
  if (isTakenOver) return {};
  const former = group.status?.replicas?.find(({ moRef }) => moRef === machine.ref.value);
  return { hostname: (group.spec.naming?.hostname && former?.hostname) || hostNameOf(group, slot) };
}

/** A machine of the inventory never changes, nor do its slot and group: each status needs the answer, which takes a hash. */
const takenOver = new WeakMap<VirtualMachine, boolean>();

/** A machine keeps its instanceUuid when it is taken over, and the status names it: so a restart forgets nothing (R7). */
function wasTakenOver(instanceUuid: string | undefined, slot: Slot, { metadata }: VmGroup): boolean {
  return instanceUuid !== undefined && !isInstanceUuidOf(metadata.uid, slot, instanceUuid);
}

/** Where the clone under way goes to, else the domain that had no room: a restart goes on from there. */
function domainOf(sent: InFlightOperation | undefined, fault: Fault | undefined) {
  const failureDomain = sent?.failureDomain ?? fault?.failureDomain;
  return failureDomain === undefined ? {} : { failureDomain };
}

function taskOf(sent: InFlightOperation | undefined): { task?: VmGroupStatusReplicaTask } {
  const operation = sent && TASK_OPERATION[sent.operation];
  if (sent === undefined || operation === undefined) return {};
  return {
    task: {
      ...(sent.task !== undefined && { ref: sent.task.value }),
      operation,
      startedAt: isoTime(sent.sentAt.wallMs),
    },
  };
}

function faultOf(fault: Fault | undefined): { fault?: VmGroupStatusReplicaFault } {
  if (fault === undefined) return {};
  return {
    fault: {
      class: fault.class,
      reason: fault.reason,
      message: fault.message,
      since: isoTime(fault.since.wallMs),
      attempts: fault.attempts,
      retryAt: isoTime(fault.retryAt.wallMs),
    },
  };
}

/** To the second, as Kubernetes writes times. */
export function isoTime(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, -'.000Z'.length)}Z`;
}

const POWER_STATE: Readonly<Record<PowerState, NonNullable<VmGroupStatusReplica['powerState']>>> = {
  poweredOn: 'PoweredOn',
  poweredOff: 'PoweredOff',
  suspended: 'Suspended',
};

const TASK_OPERATION: Readonly<Record<Operation, VmGroupStatusReplicaTask['operation'] | undefined>> = {
  Clone: 'Clone',
  Reconfigure: 'Reconfigure',
  WriteSettings: 'Reconfigure',
  WriteAttributes: 'Reconfigure',
  SizeDisks: 'Reconfigure',
  ReleaseMarks: 'Reconfigure',
  PowerOn: 'PowerOn',
  PowerOff: 'PowerOff',
  Shutdown: 'Shutdown',
  Adopt: 'Reconfigure',
  Destroy: 'Destroy',
  CreateFolder: undefined,
  DestroyFolder: undefined,
  RenameFolder: undefined,
  WriteHostRules: undefined,
  Settle: undefined,
  LookIntoFolder: undefined,
  ProveMachineGone: undefined,
  ProveFolderGone: undefined,
  FindStoragePolicy: undefined,
  InspectMachines: undefined,
};
