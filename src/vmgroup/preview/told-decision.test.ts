import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { decisionLine, packDecision, type ReadDecision, readDecision } from '../decisions/decision-line';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from '../status/status';
import { toldDecision } from './told-decision';

const GROUP = aGroup({ replicas: 2 });
const [FIRST, SECOND] = [aReplica(GROUP, { ordinal: 0 }), aReplica(GROUP, { ordinal: 1 })];

function kept(rest: Partial<Observation>, group = GROUP): ReadDecision {
  const observed = anObservation(group, rest);
  const planned = plan(observed);
  const decision = { observed, plan: planned, reportedFaults: observed.faults, status: statusOf(observed, planned) };
  return readDecision(decisionLine(packDecision(decision, 0), '1.0.0'));
}

const seenFrom = (before: Partial<Observation>, after: Partial<Observation>, group = GROUP) =>
  toldDecision(kept(after, group), kept(before)).seen;

const name = FIRST.machine.name;
const away = {
  ...({ kind: 'Unavailable', name: '(env)', reason: 'Unreachable', message: 'no answer' } as const),
  ...{ needsUser: false, reconnecting: false },
};

describe('a decision in words', () => {
  test('the first that is kept tells how the group was', () => {
    expect(toldDecision(kept({ replicas: [FIRST] }), undefined)).toMatchObject({
      group: 'shop/web',
      at: '2026-01-01T00:00:00.000Z',
      version: '1.0.0',
      seen: [
        'the group of generation 1 wants 2 replicas of template ubuntu',
        '1 machine there, 1 ready, 0 under way, 0 faults',
      ],
      decided: [{ kind: 'Clone', why: 'ordinal 1 is missing' }],
      told: { phase: 'PENDING', message: '1 of 2 replicas running' },
      differsNow: false,
    });
  });

  test('tells a change of the spec, field by field', () => {
    const both = { replicas: [FIRST, SECOND] };
    const scaled = aGroup({ replicas: 3 }, { metadata: { ...GROUP.metadata, generation: 2 } });
    expect(seenFrom(both, both, scaled)).toEqual(['spec.replicas: 2 -> 3']);
  });

  test.each<readonly [string, Partial<Observation>, Partial<Observation>, string]>([
    ['a machine that is gone', { replicas: [FIRST, SECOND] }, { replicas: [SECOND] }, `${name}: gone`],
    ['a machine that is there', { replicas: [SECOND] }, { replicas: [FIRST, SECOND] }, `${name}: there, powered on`],
    [
      'a machine that is off',
      { replicas: [FIRST, SECOND] },
      { replicas: [{ ...FIRST, machine: { ...FIRST.machine, powerState: 'poweredOff' } }, SECOND] },
      `${name}: powered off`,
    ],
    [
      'an operation that began',
      {},
      { inFlight: [anOperation('Clone', { slot: FIRST.slot, machineName: 'web-a' })] },
      'Clone was sent: web-a',
    ],
    [
      'an operation that is over',
      { inFlight: [anOperation('PowerOn', { slot: FIRST.slot })] },
      {},
      'PowerOn is over: ordinal 0',
    ],
    [
      'a failure',
      {},
      { faults: new Map([['1/x', aFault(GROUP, { reason: 'NoDiskSpace', message: 'full', attempts: 3 })]]) },
      'ordinal 1 failed (NoDiskSpace, 3 tries): full',
    ],
    ['the end of a failure', { faults: new Map([['1/x', aFault(GROUP)]]) }, {}, 'the fault of ordinal 1 is over'],
    ['a vCenter that is gone', {}, { vcenter: away }, 'vCenter cannot be used (Unreachable): no answer'],
    ['a vCenter that is back', { vcenter: away }, {}, 'vCenter is ready'],
  ])('tells of %s', (_, before, after, sentence) => {
    expect(seenFrom(before, after)).toContain(sentence);
  });

  test('nothing new but the time is nothing seen', () => {
    expect(seenFrom({}, { now: { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 90_000_000 } })).toEqual([]);
  });

  test('tells what waits, what is under way, and which conditions are others than before', () => {
    const before = kept({ replicas: [FIRST, SECOND] });
    const paused = aGroup({ replicas: 2, paused: true }, { status: before.status ?? {} });
    const told = toldDecision(
      kept({ replicas: [FIRST], inFlight: [anOperation('Clone', { slot: SECOND.slot })] }, paused),
      before,
    );
    expect(told.waits).toEqual(['Paused: spec.paused is true: nothing is changed in vCenter until it is false']);
    expect(told.underWay).toEqual(['Clone ordinal 1, for 0 s']);
    expect(told.conditions.join('\n')).toMatch(/^Ready is False \(/m);
    expect(told.decided).toEqual([]);
  });

  test('a decision that today is another one is told as it was made, and said to differ', () => {
    const decision = kept({ replicas: [FIRST] });
    const other = { ...decision, plan: { ...decision.plan, actions: [{ kind: 'Settle', operationKey: 'x' }] } };
    expect(toldDecision(other, undefined)).toMatchObject({
      decided: [{ kind: 'Settle', object: '' }],
      differsNow: true,
    });
  });
});
