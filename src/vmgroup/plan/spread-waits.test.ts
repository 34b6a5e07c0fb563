/** Which replicas wait for a failure domain, why, and until when. */
import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anOperation } from '../../../test/support/builders/observation';
import { aDomain, inDomain, seenIn } from '../../../test/support/builders/spread-world';
import { slotKey } from '../../api/identity';
import { slotRevisionOf } from '../../api/slot-revision';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { LONGEST_RETRY_MS } from '../model/backoff';
import type { Observation, Replica } from '../model/observation';
import { plan } from './plan';
import { planRollout } from './rollout';

const NOW_MS = 1_000_000;
const OLD = { revision: 'old0000000' };
const OFF = { powerState: 'poweredOff' } as const;
const strict = { placement: { spread: { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' } } } as const;
const rolling = (maxSurge: number, maxUnavailable: number) =>
  ({
    updateStrategy: { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge, maxUnavailable } },
  }) as const;

/** Domains by their names; a name with an exclamation mark cannot be found. */
const domains = (...names: readonly string[]) =>
  names.map((name) => aDomain(name.replace('!', ''), name.endsWith('!')));

/** Domains that had no room: when each is tried again. */
const full = (group: VmGroup, untilMs: Readonly<Record<string, number>>) =>
  new Map(
    Object.entries(untilMs).map(([name, monotonicMs]) => {
      const retryAt = { wallMs: 0, monotonicMs };
      return [name, aFault(group, { class: 'Capacity', failureDomain: name, retryAt })];
    }),
  );

const clonesOf = (observed: Observation) =>
  plan(observed).actions.flatMap((action) =>
    action.kind === 'Clone' ? [`${action.slot.ordinal} ${action.failureDomain}`] : [],
  );
const leavingOf = (observed: Observation) => [...planRollout(observed).leaving.keys()].map(({ slot }) => slot.ordinal);
const waitingOf = (observed: Observation) => [...(plan(observed).waiting?.why.values() ?? [])];

describe('a replica that no failure domain takes', () => {
  const SOON = NOW_MS + 60_000;
  const within = 'no failure domain takes it within spec.placement.spread.maxSkew 1: ';
  const orAnyway = '; make room there, or set whenUnsatisfiable to ScheduleAnyway';

  test.each<[string, Partial<VmGroupSpec>, readonly string[], Readonly<Record<string, number>>, string]>([
    ['one that is lost', strict, ['a', 'b!'], {}, `${within}"b" cannot be used (see PlacementReady)${orAnyway}`],
    ['one that is full', strict, ['a', 'b'], { b: SOON }, `${within}"b" had no room for a replica${orAnyway}`],
    [
      'several',
      strict,
      ['a', 'b', 'c', 'd!'],
      { b: SOON, c: SOON },
      `${within}"b", "c" had no room for a replica, and "d" cannot be used (see PlacementReady)${orAnyway}`,
    ],
    [
      'one that is lost, and was full before',
      strict,
      ['a', 'b!'],
      { b: SOON },
      `${within}"b" cannot be used (see PlacementReady)${orAnyway}`,
    ],
    [
      'all, where it may go anywhere',
      {},
      ['a', 'b!'],
      { a: SOON },
      'no failure domain takes it: "a" had no room for a replica, and "b" cannot be used (see PlacementReady); make room there, or add a failure domain',
    ],
  ])('names %s', (_, spec, names, untilMs, message) => {
    const group = aGroup({ replicas: 2, ...spec });
    const observed = seenIn(domains(...names), group, [inDomain(group, 0, 'a')], { fullDomains: full(group, untilMs) });
    expect(waitingOf(observed)).toEqual([message]);
    expect(clonesOf(observed)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, number>>, number]>([
    ['until the first of those that are full is tried again', { a: SOON + 1, b: SOON }, SOON],
    ['but never longer than a retry', { a: Number.POSITIVE_INFINITY, b: SOON * 9 }, NOW_MS + LONGEST_RETRY_MS],
  ])('waits %s', (_, untilMs, expected) => {
    const group = aGroup();
    const { waiting, requeueAtMs } = plan(seenIn(domains('a', 'b'), group, [], { fullDomains: full(group, untilMs) }));
    expect([waiting?.untilMs, requeueAtMs]).toEqual([expected, expected]);
  });

  test('waits for one that is tried just now no longer than for others', () => {
    const group = aGroup({ replicas: 2 });
    const observed = seenIn(domains('a'), group, [], { fullDomains: full(group, { a: NOW_MS }) });
    expect(clonesOf(observed)).toEqual(['0 a']);
    expect(plan(observed).waiting?.untilMs).toBe(NOW_MS + LONGEST_RETRY_MS);
  });

  test('R4: does not come back for its own retry before', () => {
    const group = aGroup();
    const slot = { ordinal: 0, revision: slotRevisionOf(group.spec, 0) };
    const faults = new Map([[slotKey(slot), aFault(group, { retryAt: { wallMs: 0, monotonicMs: NOW_MS + 5_000 } })]]);
    const observed = seenIn(domains('a'), group, [], { faults, fullDomains: full(group, { a: SOON }) });
    expect(plan(observed).requeueAtMs).toBe(SOON);
  });

  test('is told of only while nothing else keeps it from being made', () => {
    const group = (paused: boolean) => aGroup({ paused });
    const waits = (paused: boolean, rest: Partial<Observation>) =>
      waitingOf(seenIn(domains('a'), group(paused), [], { fullDomains: full(group(paused), { a: SOON }), ...rest }))
        .length;
    expect(waits(false, {})).toBe(1);
    expect(waits(true, {})).toBe(0);
    expect(waits(false, { unclaimedClones: true })).toBe(0);
  });

  test('waits though its turn would come after a clone, once that one is counted', () => {
    const group = aGroup({ replicas: 4, ...strict });
    const observed = seenIn(domains('a', 'b'), group, [], { fullDomains: full(group, { b: NOW_MS }) });
    const { chosen, delayed, waiting } = planRollout(observed).domains;
    const ordinals = (keys: Iterable<string> = []) => [...keys].map((key) => Number(key.split('/')[0]));
    expect(ordinals(chosen.keys())).toEqual([0, 1]);
    expect(ordinals(delayed)).toEqual([2]);
    expect(ordinals(waiting?.why.keys())).toEqual([3]);
  });
});

describe('a domain that had no room and is due', () => {
  test('is not tried again beside a clone into it that is under way', () => {
    const group = aGroup({ replicas: 4 });
    const slot = { ordinal: 0, revision: slotRevisionOf(group.spec, 0) };
    const inFlight = [anOperation('Clone', { slot, failureDomain: 'a' })];
    const replicas = [inDomain(group, 1, 'b'), inDomain(group, 2, 'b')];
    const rest = { inFlight, fullDomains: full(group, { a: NOW_MS }) };
    expect(clonesOf(seenIn(domains('a', 'b'), group, replicas, rest))).toEqual(['3 b']);
  });
});

describe('a rolling update', () => {
  test('goes by the number of the new revision first, and by all where those are equal', () => {
    const group = aGroup({ replicas: 5, ...rolling(1, 0) });
    const old = (ordinal: number, name: string) => inDomain(group, ordinal, name, OLD);
    const others = [old(0, 'a'), old(1, 'a'), old(2, 'b')];
    const next = (...replicas: readonly Replica[]) => clonesOf(seenIn(domains('a', 'b'), group, replicas))[0];
    expect(next(...others, old(3, 'a'), inDomain(group, 4, 'b'))).toBe('5 a');
    expect(next(...others, inDomain(group, 3, 'a'), inDomain(group, 4, 'b'))).toBe('5 b');
  });

  test('counts a clone in flight as of the new revision', () => {
    const group = aGroup({ replicas: 2, ...rolling(1, 0) });
    const slot = { ordinal: 0, revision: slotRevisionOf(group.spec, 0) };
    const inFlight = [anOperation('Clone', { slot, failureDomain: 'a' })];
    const replicas = [inDomain(group, 1, 'b', OLD)];
    expect(clonesOf(seenIn(domains('a', 'b'), group, replicas, { inFlight }))).toEqual(['2 b']);
  });

  test('counts a machine of the former revision that is out of sight', () => {
    const group = aGroup({ replicas: 2 });
    const slot = { ordinal: 5, ...OLD };
    const ref = { type: 'VirtualMachine', value: 'unseen' };
    const known = { machines: [{ ref, slot, name: 'x', isShown: false, failureDomain: 'a' }] };
    expect(clonesOf(seenIn(domains('a', 'b'), group, [], { known }))).toEqual(['0 b']);
  });
});

describe('DoNotSchedule: a successor whose domain has an outdated machine that is going', () => {
  const group = aGroup({ replicas: 3, ...strict, ...rolling(1, 0) });
  const old = (ordinal: number, of: Partial<Replica['machine']> = {}) =>
    inDomain(group, ordinal, 'a', { ...OLD, ...of });
  const fresh = inDomain(group, 2, 'b');
  const going = old(0);
  const { machine, slot } = going;

  test.each<[string, Replica, Partial<Observation>, readonly string[]]>([
    ['waits for its place: it is off', old(0, OFF), {}, []],
    ['waits: it is being powered off', going, { inFlight: [anOperation('PowerOff', { machine: machine.ref })] }, []],
    ['waits for none that runs', going, {}, ['3 b']],
    ['waits for none on a lost host', old(0, { ...OFF, connectionState: 'disconnected' }), {}, ['3 b']],
    ['waits for none with a fault', old(0, OFF), { faults: new Map([[slotKey(slot), aFault(group)]]) }, ['3 b']],
  ])('%s', (_, first, rest, expected) =>
    expect(clonesOf(seenIn(domains('a', 'b'), group, [first, old(1), fresh], rest))).toEqual(expected),
  );

  test('waits for none of the new revision that is off', () => {
    const five = aGroup({ replicas: 5, ...strict, ...rolling(1, 0) });
    const replicas = [
      inDomain(five, 0, 'a', OFF),
      ...[1, 2].map((ordinal) => inDomain(five, ordinal, 'a', OLD)),
      ...[3, 4].map((ordinal) => inDomain(five, ordinal, 'b')),
    ];
    expect(clonesOf(seenIn(domains('a', 'b'), five, replicas))).toEqual(['5 b']);
  });

  test('is made at once where that is within maxSkew', () => {
    const two = aGroup({ replicas: 2, ...strict, ...rolling(1, 0) });
    const replicas = [inDomain(two, 0, 'a', { ...OLD, ...OFF }), inDomain(two, 1, 'b')];
    expect(clonesOf(seenIn(domains('a', 'b'), two, replicas))).toEqual(['2 a']);
  });

  test('is one for each machine that is going: others are made elsewhere', () => {
    const five = aGroup({ replicas: 5, ...strict, ...rolling(2, 0) });
    const replicas = [
      ...[0, 1, 2].map((ordinal) => inDomain(five, ordinal, 'a', { ...OLD, ...(ordinal === 0 && OFF) })),
      ...[3, 4].map((ordinal) => inDomain(five, ordinal, 'b')),
    ];
    expect(clonesOf(seenIn(domains('a', 'b'), five, replicas))).toEqual(['6 b']);
  });

  test('lets that machine go, and no second one, though no other domain has room', () => {
    const hasty = { ...group, spec: { ...group.spec, ...rolling(1, 2) } };
    const fullDomains = full(hasty, { b: NOW_MS + 60_000 });
    const observed = seenIn(domains('a', 'b'), hasty, [old(0, OFF), old(1), fresh], { fullDomains });
    expect([clonesOf(observed), leavingOf(observed)]).toEqual([[], [0]]);
  });

  test('keeps an outdated machine whose successor would be one too many in the only other domain', () => {
    const two = aGroup({ replicas: 2, ...strict, ...rolling(0, 1) });
    const replicas = [inDomain(two, 0, 'a', OLD), inDomain(two, 1, 'b')];
    expect(leavingOf(seenIn(domains('a!', 'b'), two, replicas))).toEqual([]);
    expect(leavingOf(seenIn(domains('a', 'b'), two, replicas, { fullDomains: full(two, { b: NOW_MS * 2 }) }))).toEqual([
      0,
    ]);
  });
});
