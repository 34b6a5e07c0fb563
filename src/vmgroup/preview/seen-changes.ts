/** What an operator saw of a group that it had not seen at the decision before, in sentences. */
import { slotKey } from '../../api/identity';
import { Annotation } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import type { InFlightOperation } from '../model/in-flight';
import { describeSize, sizeOf } from '../model/machine-size';
import { nameList } from '../model/name-list';
import type { Observation, Replica } from '../model/observation';
import { isReady } from '../model/readiness';
import { fieldChanges } from './field-changes';

/** Of a value of a spec. */
const LONGEST_VALUE = 120;

/** Undefined for `before`: it is the first decision that is kept. Empty: nothing, so time alone has brought the decision. */
export function seenChanges(before: Observation | undefined, after: Observation): readonly string[] {
  if (before === undefined) return firstSight(after);
  if (before.group.metadata.uid !== after.group.metadata.uid)
    return ['the group was deleted, and another one of its name was made', ...firstSight(after)];
  return [
    ...groupChanges(before, after),
    ...vcenterChanges(before, after),
    ...machineChanges(before.replicas, after),
    ...workChanges(before, after),
    ...faultChanges(before, after),
    ...otherChanges(before, after),
  ];
}

function firstSight({ group, vcenter, replicas, inFlight, faults }: Observation): readonly string[] {
  const { spec, metadata } = group;
  const state = metadata.deletionTimestamp === undefined ? '' : ', and is being deleted';
  const ready = replicas.filter(isReady).length;
  return [
    `the group of generation ${metadata.generation} wants ${count(spec.replicas, 'replica')} of template ${spec.template}${state}`,
    vcenter.kind === 'Ready'
      ? `${count(replicas.length, 'machine')} there, ${ready} ready, ${inFlight.length} under way, ${count(faults.size, 'fault')}`
      : unavailable(vcenter),
  ];
}

function groupChanges({ group: before }: Observation, { group: after }: Observation): readonly string[] {
  const told = fieldChanges(before.spec, after.spec, 'spec').map(
    ({ field, from, to }) => `${field}: ${valueText(from)} -> ${valueText(to)}`,
  );
  const generation = after.metadata.generation;
  if (told.length === 0 && before.metadata.generation !== generation)
    told.push(`generation ${generation}, with a spec that is the same`);
  for (const key of Object.values(Annotation)) {
    const [from, to] = [before.metadata.annotations?.[key], after.metadata.annotations?.[key]];
    if (from !== to) told.push(`annotation ${key}: ${valueText(from)} -> ${valueText(to)}`);
  }
  if (before.metadata.deletionTimestamp === undefined && after.metadata.deletionTimestamp !== undefined)
    told.push(`the group was deleted at ${after.metadata.deletionTimestamp}`);
  const [held, holds] = [before, after].map(({ metadata }) => (metadata.finalizers?.length ?? 0) > 0);
  if (!held && holds) told.push('the finalizer is confirmed');
  return told;
}

function vcenterChanges({ vcenter: before, placement: was }: Observation, { vcenter: after, placement }: Observation) {
  const told: string[] = [];
  if (after.kind === 'Ready' && before.kind !== 'Ready') told.push('vCenter is ready');
  if (after.kind === 'Unavailable' && (before.kind === 'Ready' || before.message !== after.message))
    told.push(unavailable(after));
  if (before.name !== after.name) told.push(`the vCenter of the group is ${after.name === '' ? 'none' : after.name}`);
  if (after.kind === 'Unavailable' || before.kind === 'Unavailable') return told;
  const [problems, former] = [placement, was].map(
    (of) =>
      new Set(
        [...of.problems, ...(of.domains ?? []).flatMap((domain) => domain.problems)].map(({ message }) => message),
      ),
  );
  for (const message of problems ?? []) if (!former?.has(message)) told.push(message);
  for (const message of former ?? []) if (!problems?.has(message)) told.push(`no longer: ${message}`);
  return told;
}

function unavailable({ reason, message }: Extract<Observation['vcenter'], { kind: 'Unavailable' }>): string {
  return `vCenter cannot be used (${reason}): ${message}`;
}

function machineChanges(
  before: readonly Replica[],
  { replicas: after, vcenter, group }: Observation,
): readonly string[] {
  if (vcenter.kind !== 'Ready') return [];
  const former = new Map(before.map((replica) => [refKey(replica.machine.ref), replica]));
  const present = new Set(after.map(({ machine }) => refKey(machine.ref)));
  const sets = new Map<string, string[]>();
  const note = (what: string, { machine }: Replica) => {
    const names = sets.get(what) ?? [];
    sets.set(what, names);
    names.push(machine.name);
  };
  for (const replica of before) if (!present.has(refKey(replica.machine.ref))) note('gone', replica);
  for (const replica of after) {
    const was = former.get(refKey(replica.machine.ref));
    if (was === undefined) note(`there, ${POWER[replica.machine.powerState]}`, replica);
    else for (const what of changesOf(was, replica, sizeOf(group))) note(what, replica);
  }
  return [...sets].map(([what, names]) => `${nameList(names)}: ${what}`);
}

const POWER = { poweredOn: 'powered on', poweredOff: 'powered off', suspended: 'suspended' } as const;

function changesOf(before: Replica, after: Replica, wanted: ReturnType<typeof sizeOf>): readonly string[] {
  const told: string[] = [];
  const [was, is] = [before.machine, after.machine];
  if (was.powerState !== is.powerState) told.push(POWER[is.powerState]);
  if (was.connectionState !== is.connectionState) told.push(`${is.connectionState} in vCenter`);
  if (isReady(before) !== isReady(after)) told.push(isReady(after) ? 'ready' : 'not ready any more');
  const size = ({ numCpu = wanted.numCpu, memoryMiB = wanted.memoryMiB }: typeof is) =>
    describeSize({ numCpu, memoryMiB });
  if (size(was) !== size(is)) told.push(`size ${size(was)} -> ${size(is)}`);
  if (before.failureDomain !== after.failureDomain)
    told.push(
      `in ${after.failureDomain === undefined ? 'no failure domain' : `failure domain ${after.failureDomain}`}`,
    );
  if (slotKey(before.slot) !== slotKey(after.slot)) told.push(`holds ordinal ${after.slot.ordinal}`);
  return told;
}

/** Operations that began or ended. What their end was, machines and faults show. */
function workChanges(before: Observation, after: Observation): readonly string[] {
  const former = new Map(before.inFlight.map((one) => [one.key, one]));
  const present = new Set(after.inFlight.map(({ key }) => key));
  const sets = new Map<string, string[]>();
  const note = (what: string, operation: InFlightOperation, observed: Observation) => {
    const names = sets.get(what) ?? [];
    sets.set(what, names);
    names.push(subjectOf(operation, observed));
  };
  for (const one of after.inFlight) {
    const was = former.get(one.key);
    if (was === undefined) note(`${one.operation} was sent`, one, after);
    else if (was.state !== one.state && one.state === 'Unknown')
      note(`the end of ${one.operation} is not known`, one, after);
    else if (was.state !== one.state && one.state === 'Done')
      note(`${one.operation} has ended well, its effect does not show yet`, one, after);
  }
  for (const one of before.inFlight) if (!present.has(one.key)) note(`${one.operation} is over`, one, before);
  return [...sets].map(([what, names]) => `${what}: ${nameList(names)}`);
}

/** The machine or folder that an operation is about; else the group. */
export function subjectOf(operation: InFlightOperation, { replicas, group }: Observation): string {
  const { machine, slot, machineName, folderName } = operation;
  const replica = replicas.find((one) =>
    machine === undefined
      ? slot !== undefined && slotKey(one.slot) === slotKey(slot)
      : refKey(one.machine.ref) === refKey(machine),
  );
  const name = machineName ?? replica?.machine.name ?? folderName;
  if (name !== undefined) return name;
  return slot === undefined ? (machine?.value ?? group.metadata.name) : `ordinal ${slot.ordinal}`;
}

function faultChanges({ faults: before }: Observation, { faults: after }: Observation): readonly string[] {
  const told: string[] = [];
  for (const [subject, fault] of after) {
    const was = before.get(subject);
    if (was?.failedAtMs === fault.failedAtMs && was.reason === fault.reason) continue;
    const tries = fault.attempts === 1 ? '' : `, ${fault.attempts} tries`;
    told.push(`${faultName(subject)} failed (${fault.reason}${tries}): ${fault.message}`);
  }
  for (const subject of before.keys()) if (!after.has(subject)) told.push(`the fault of ${faultName(subject)} is over`);
  return told;
}

function faultName(subject: string): string {
  const [, ordinal] = /^(\d+)\//.exec(subject) ?? [];
  return ordinal === undefined ? subject : `ordinal ${ordinal}`;
}

function otherChanges(before: Observation, after: Observation): readonly string[] {
  const told: string[] = [];
  const flag = (was: boolean, is: boolean, begins: string, ends: string) => {
    if (was !== is) told.push(is ? begins : ends);
  };
  if (before.folder.kind !== after.folder.kind)
    told.push(
      after.folder.kind === 'Found'
        ? `the folder of the group is there: ${after.folder.path}`
        : 'the folder of the group is not there',
    );
  flag(
    before.unclaimedClones,
    after.unclaimedClones,
    'clones that an earlier process may have started still run',
    'no clone of an earlier process runs any more',
  );
  flag(
    before.unreadable.length > 0,
    after.unreadable.length > 0,
    `vCenter does not tell the configuration of ${nameList(after.unreadable.map(({ name }) => name))}`,
    'vCenter tells the configuration of all machines again',
  );
  flag(
    before.blindSpot !== undefined,
    after.blindSpot !== undefined,
    `the account may not look into ${after.blindSpot}`,
    'the account may look everywhere again',
  );
  flag(
    before.orphans.kind !== 'None',
    after.orphans.kind !== 'None',
    'machines of an earlier owner were found',
    'no machines of an earlier owner are left',
  );
  if (JSON.stringify(before.room?.limits) !== JSON.stringify(after.room?.limits))
    told.push('the limits of the vCenter were changed');
  return told;
}

function valueText(value: unknown): string {
  if (value === undefined) return '(unset)';
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
