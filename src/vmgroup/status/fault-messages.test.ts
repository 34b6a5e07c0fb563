/** Which faults a status tells, with the name of what each is about. */
import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import { NOTHING, type Plan } from '../model/action';
import { FOLDER_FAULT, faultSubject } from '../model/fault';
import { clusterRef } from '../model/host-rule-wish';
import type { Observation } from '../model/observation';
import { policySubject } from '../model/storage-policy';
import { plan } from '../plan/plan';
import { faultMessages, faultsOf } from './fault-messages';
import { hostRuleKept, hostRulesNotEnforced } from './host-rule-events';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 });
const { machine, slot } = replica;
const MISSING = { folder: { kind: 'Missing' } } as const;

const named = (subject: string, rest: Partial<Observation> = {}, of: VmGroup = group) => {
  const faults = new Map([[subject, aFault(group)]]);
  const observed = anObservation(of, { faults, ...rest });
  return faultsOf(observed, plan(observed)).map(({ name }) => name);
};
const messages = (rest: Partial<Observation>, planned?: Partial<Plan>, of = group) => {
  const observed = anObservation(of, rest);
  return faultMessages(observed, planned ? { ...NOTHING, ...planned } : plan(observed));
};

describe('a fault', () => {
  test('of the folder is told while it is missing, and of a group that goes', () => {
    expect(named(FOLDER_FAULT)).toEqual([]);
    expect(named(FOLDER_FAULT, MISSING)).toEqual(['folder']);
    expect(named(FOLDER_FAULT, {}, aDeletedGroup())).toEqual(['folder']);
  });

  test('of DRS rules is told of a group that goes: the deletion waits for it', () => {
    const status = { hostRuleClusters: ['c1'] };
    const subject = faultSubject(clusterRef('c1'));
    expect(named(subject, {}, { ...aDeletedGroup(), status })).toEqual(['DRS rules of c1']);
    expect(named(subject, {}, { ...group, status })).toEqual([]);
    expect(named('other', {}, { ...aDeletedGroup(), status })).toEqual([]);
  });

  test('of a machine is told with its name, shown or not, once', () => {
    const unseen = { ref: machine.ref, slot, name: 'web-a', isShown: false };
    expect(named(slotKey(slot), { replicas: [replica] })).toEqual([machine.name]);
    expect(named(refKey(machine.ref), { known: { machines: [unseen] } })).toEqual(['web-a']);
    expect(named(refKey(machine.ref), { known: { machines: [{ ...unseen, isShown: true }] } })).toEqual([]);
  });

  test('of an orphan is told with its name', () => {
    const orphans = {
      kind: 'Restored',
      adopt: true,
      machines: [{ machine, owner: undefined }],
      refused: [],
      others: [],
    };
    expect(named(refKey(machine.ref), { orphans: orphans as Observation['orphans'] })).toEqual([machine.name]);
  });

  test('of the look for a storage policy is told, but where the placement tells it already', () => {
    const { placement } = anObservation(group);
    const storagePolicy = { name: 'gold', field: 'spec.placement.storagePolicy' };
    const told = (messagesOfProblems: readonly string[]) => {
      const problems = messagesOfProblems.map((message) => ({ reason: 'Ambiguous', field: 'f', message }) as const);
      return named(refKey(policySubject('gold')), { placement: { ...placement, storagePolicy, problems } });
    };
    expect(told([])).toEqual(['storage policy gold']);
    expect(told(['another'])).toEqual(['storage policy gold']);
    expect(told(['another', 'it went wrong'])).toEqual([]);
  });
});

describe('the message of a status', () => {
  test('has three faults at most, each with the time of its next try', () => {
    const four = aGroup({ replicas: 4 });
    const replicas = [0, 1, 2, 3].map((ordinal) => aReplica(four, { ordinal }));
    const faults = new Map(replicas.map((each) => [slotKey(each.slot), aFault(four)]));
    const told = messages({ replicas, faults }, undefined, four);
    expect(told).toHaveLength(3);
    expect(told[0]).toBe(`${replicas[0]?.machine.name}: it went wrong, retry at 00:01:00Z`);
  });

  const { placement } = anObservation(group);
  const unresolved = { ...placement, problems: [{ reason: 'TemplateNotFound', field: 'f', message: 'no template' }] };
  test.each<[string, Plan['keep'], readonly string[]]>([
    ['while a slot of the current revision is wanted', [{ ordinal: 9, revision: 'old' }, slot], ['no template']],
    ['not while only former ones are', [{ ordinal: 9, revision: 'old' }], []],
    ['not while none are', [], []],
  ])('has the names that are not found %s', (_, keep, expected) =>
    expect(messages({ placement: unresolved as Observation['placement'] }, { keep })).toEqual(expected),
  );

  const WAITS = 'waiting for clones that an earlier operator process may have started';
  const uncertain = { room: { isUncertain: true } } as unknown as Partial<Observation>;
  test.each<[string, Partial<Observation>, number, boolean]>([
    ['while they may be the group’s', { unclaimedClones: true }, 0, true],
    ['while nobody knows what room they leave for it', { ...uncertain }, 1, true],
    ['not where it needs no more room', { ...uncertain }, 0, false],
    ['not where none may run', {}, 1, false],
  ])('says that it waits for clones of an earlier process %s', (_, rest, wanted, expected) => {
    const keep = [slot, { ordinal: 1, revision: 'r' }].slice(0, wanted + 1);
    expect(messages({ replicas: [replica], ...rest }, { keep }).includes(WAITS)).toBe(expected);
  });

  test('names machines that cannot be read, with their states and the remedy', () => {
    const dark = (name: string, connectionState: string) => ({
      ...machine,
      name,
      connectionState,
      unreadable: true as const,
    });
    const unreadable = [dark('a', 'inaccessible'), dark('b', 'orphaned'), dark('c', 'orphaned')];
    expect(messages({ unreadable }, {})).toEqual([
      'vCenter does not tell the configuration of a, b, c (inaccessible, orphaned), so nobody can say whether it belongs to this group: bring its host or datastore back, or remove it from the inventory',
    ]);
  });

  test('has what a person has to do for a size, and no other difference of a machine', () => {
    const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'HotAddOnly' } as const;
    const of = aGroup({ updateStrategy: updateStrategy as NonNullable<VmGroup['spec']['updateStrategy']> });
    const small = aReplica(of, { ordinal: 0 }, { numCpu: 1 });
    const keep = [small.slot];
    const told = messages({ replicas: [small], resizing: true }, { keep }, of);
    expect(told).toEqual([expect.stringContaining('must be powered off to get 2 CPU and 4 GiB')]);
    const inFlight = [anOperation('Reconfigure', { machine: small.machine.ref, slot: small.slot })];
    const cycling = aGroup();
    expect(messages({ replicas: [small], resizing: true, inFlight }, { keep }, cycling)).toEqual([]);
  });
});

test('what DRS does not do, and which rule stays, is told in events with the remedy', () => {
  expect(hostRulesNotEnforced('c1')).toEqual({
    ...{ type: 'Warning', reason: 'HostRulesNotEnforced', action: 'WriteHostRules' },
    note: 'DRS is off in cluster c1: nothing keeps the replicas there on the hosts that spec.placement.hostAntiAffinity or hostGroup of their failure domain asks for; turn DRS on',
  });
  expect(hostRuleKept('r', 'c1', 'has a foreign machine')).toEqual({
    ...{ type: 'Normal', reason: 'HostRuleKept', action: 'WriteHostRules' },
    note: 'the DRS rule r of cluster c1 stays, because it has a foreign machine; remove it in vCenter if nobody needs it',
  });
});
