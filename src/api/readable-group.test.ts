import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { policyOf } from './policy';
import { readableGroup } from './readable-group';
import type { VmGroup, VmGroupSpec } from './vm-group';

/** A group as it was stored past the schema. */
const stored = (spec: unknown, rest: Partial<VmGroup> = {}) => aGroup({}, { ...rest, spec: spec as VmGroupSpec });
const given = { cpu: 2, memory: 4, replicas: 3, template: 'ubuntu', paused: false, deletionPolicy: 'Delete' };
const deleted = (group: VmGroup): VmGroup => ({
  ...group,
  metadata: { ...group.metadata, deletionTimestamp: '2026-01-02T00:00:00Z' },
});

test('a valid group is stored as it is', () => {
  const group = aGroup({ updateStrategy: { type: 'RollingUpdate', resizePolicy: 'Replace' } });
  expect(readableGroup(group)).toEqual(group);
});

describe('a spec with a problem names field, value and remedy, and leaves nothing to do in vCenter', () => {
  test.each<[string, unknown, string]>([
    ['a number out of range', { ...given, replicas: 50_000_000 }, 'spec.replicas is 50000000: give at most 500'],
    ['a text for a list', { ...given, networks: 'x' }, 'spec.networks is "x": give a value of type array'],
    [
      'a text for a percentage',
      { ...given, updateStrategy: { rollingUpdate: { maxSurge: 'abc' } } },
      'spec.updateStrategy.rollingUpdate.maxSurge is "abc": give a whole number, or a percentage from 0% to 100%',
    ],
    ['a missing field', { ...given, template: undefined }, 'spec.template is missing: give it a value'],
    ['an unknown word', { ...given, powerState: 'on' }, 'spec.powerState is "on": give one of PoweredOn, PoweredOff'],
    ['no spec', undefined, 'spec is missing: give it a value'],
    ['a text for a spec', 'x', 'spec is "x": give a value of type object'],
  ])('%s', (_, spec, problem) => {
    const group = readableGroup(stored(spec));
    expect(group.specProblems).toEqual([problem]);
    expect(group.spec.paused).toBe(true);
  });
});

test('what is readable of a spec is kept, and the rest has defaults', () => {
  const group = readableGroup(stored({ ...given, replicas: 'many', powerOff: { mode: 'Hard' } }));
  expect(group.spec).toMatchObject({ ...given, replicas: 0, paused: true, powerOff: { mode: 'Hard' } });
  expect(policyOf(group.spec).minReadyMs).toBe(0);
});

test.each<[string, object]>([
  ['a field that only a newer CRD has', { colour: 'blue' }],
  // A group that works shall not stop when a new CRD comes with a rule between values that can be read.
  ['values that break a rule of the CRD', { minReadySeconds: 60, progressDeadlineSeconds: 30 }],
  ['a timeout that has no meaning', { powerOff: { mode: 'Hard', timeoutSeconds: 60 } }],
])('%s: no problem', (_, fields) => {
  const group = stored({ ...aGroup().spec, ...fields });
  expect(readableGroup(group)).toEqual(group);
});

test('R10: what is for the guest is not shown', () => {
  const guest = { cloudInit: { userData: { value: `password: hunter2${' '.repeat(70_000)}` } } };
  const { specProblems } = readableGroup(stored({ ...given, guest }));
  expect(specProblems?.join()).toMatch(/^spec\.guest\.cloudInit\.userData\.value is not valid/);
  expect(readableGroup(stored({ ...given, guest: 'hunter2' })).specProblems?.join()).not.toContain('hunter2');
});

describe('a deletion', () => {
  test('goes on though the spec has a problem', () => {
    expect(readableGroup(deleted(stored({ ...given, replicas: -1 }))).spec.paused).toBe(false);
  });

  test.each<[string, unknown]>([
    ['deletionPolicy cannot be read', { ...given, deletionPolicy: 'orphan' }],
    ['paused cannot be read', { ...given, paused: 'yes' }],
    ['the spec is no object', 'x'],
    ['the group is paused', { ...given, paused: true, replicas: -1 }],
  ])('waits where %s', (_, spec) => {
    expect(readableGroup(deleted(stored(spec))).spec.paused).toBe(true);
  });
});

describe('a status', () => {
  const status = { phase: 'RUNNING', readyReplicas: 1, lastProgressTime: '2026-01-01T00:00:00Z' };

  test('of the schema is kept, also with words and fields of another version', () => {
    const group = aGroup({}, { status: { ...status, phase: 'ASLEEP', colour: 'blue' } as never });
    expect(readableGroup(group)).toEqual(group);
  });

  test.each<[string, unknown]>([
    ['a text', 'x'],
    ['a list', []],
    ['replicas that are no list', { ...status, replicas: { a: 1 } }],
    ['a replica that is no object', { ...status, replicas: [7] }],
    ['a replica without a name', { ...status, replicas: [{ ordinal: 1 }] }],
    ['a counter that is a text', { ...status, readyReplicas: '1' }],
    ['a time that is none', { ...status, lastProgressTime: 'soon' }],
    ['conditions that are a text', { ...status, conditions: 'Ready' }],
  ])('counts as absent: %s', (_, odd) => {
    const group = readableGroup(aGroup({}, { status: odd as never }));
    expect(group).not.toHaveProperty('status');
    expect(group).not.toHaveProperty('specProblems');
  });
});

test('a spec that has not changed is not checked again, and is kept once in memory', () => {
  const before = readableGroup(aGroup());
  const after = readableGroup(structuredClone(before), before);
  expect(after.spec).toBe(before.spec);
  expect(readableGroup(stored({ ...given, replicas: -1 }), before).specProblems).toHaveLength(1);
});

test('R14: any JSON at all makes a group that code can read', () => {
  void fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.boolean(), (spec, status, isDeleted) => {
      const odd = stored(spec, { status: status as never });
      const group = readableGroup(isDeleted ? deleted(odd) : odd);
      expect(policyOf(group.spec)).toBeDefined();
      expect(Number.isInteger(group.spec.replicas)).toBe(true);
    }),
  );
});

test('R14: so does any one field of any value', () => {
  const fields = fc.constantFrom(
    ...[
      'cpu',
      'memory',
      'replicas',
      'template',
      'placement',
      'networks',
      'guest',
      'powerState',
      'powerOff',
      'readiness',
    ],
    ...['minReadySeconds', 'progressDeadlineSeconds', 'updateStrategy', 'scaleDown', 'deletionPolicy', 'paused'],
  );
  void fc.assert(
    fc.property(fields, fc.jsonValue(), (field, value) => {
      const group = readableGroup(stored({ ...aGroup().spec, [field]: value }));
      const { minReadyMs, progressDeadlineMs, maxSurge, maxUnavailable } = policyOf(group.spec);
      for (const number of [minReadyMs, progressDeadlineMs, maxSurge, maxUnavailable])
        expect(Number.isFinite(number)).toBe(true);
      expect(typeof group.spec.template).toBe('string');
    }),
    { numRuns: 1_000 },
  );
});
