import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { revisionOf } from './identity';
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

test('R14: fields that have a default have it, also where the API server did not fill it in', () => {
  const { cpu, memory, replicas, template } = given;
  const group = readableGroup(stored({ cpu, memory, replicas, template, updateStrategy: {} }));
  expect(group).not.toHaveProperty('specProblems');
  expect(group.spec).toMatchObject({
    powerState: 'PoweredOn',
    paused: false,
    updateStrategy: { type: 'RollingUpdate' },
  });
  const { minReadyMs, progressDeadlineMs } = policyOf(group.spec);
  expect([minReadyMs, progressDeadlineMs]).toEqual([0, 1_800_000]);
  expect(revisionOf(group.spec)).toBe(revisionOf(stored({ cpu, memory, replicas, template }).spec));
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

describe('R14: what no code can walk through', () => {
  const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
  const many = Array.from({ length: 200_000 }, (_, index) => index);

  test.each<[string, object, string]>([
    [
      'a field of 9000 levels',
      { networks: deep(9_000) },
      'spec.networks is nested deeper than 32 levels: kubectl explain vg.spec.networks',
    ],
    [
      'a field of 200000 values',
      { placement: { cluster: many } },
      'spec.placement holds more than 1000 values: kubectl',
    ],
    [
      'an unknown field of 9000 levels',
      { colour: deep(9_000) },
      'spec is nested deeper than 32 levels: leave out what is no field',
    ],
    [
      '200000 unknown fields',
      Object.fromEntries(many.map((n) => [`k${n}`, n])),
      'spec holds more than 10000 values: leave out',
    ],
  ])('%s: the problem is told, and the rest of the spec is kept', (_, odd, problem) => {
    const group = readableGroup(stored({ ...given, ...odd }));
    expect(group.specProblems).toEqual([expect.stringContaining(problem)]);
    expect(group.spec).toMatchObject({ cpu: 2, template: 'ubuntu', deletionPolicy: 'Delete', paused: true });
    expect(JSON.stringify(group.spec).length).toBeLessThan(1_000);
    expect(readableGroup(deleted(stored({ ...given, ...odd }))).spec.paused).toBe(false);
    expect(readableGroup(stored({ ...given, ...odd }), readableGroup(aGroup())).specProblems).toHaveLength(1);
  });

  test('many wrong values in one field are told as 20 problems', () => {
    const { specProblems } = readableGroup(stored({ ...given, networks: many.slice(0, 9_000) }));
    expect(specProblems?.length).toBeLessThanOrEqual(20);
    expect(specProblems?.[0]).toBe('spec.networks has 9000 items: give at most 10');
  });

  test('a spec that is a deep list waits with its deletion', () => {
    const group = readableGroup(deleted(stored(deep(9_000))));
    expect(group.specProblems).toEqual([expect.stringMatching(/^spec is \[\[/)]);
    expect(group.spec.paused).toBe(true);
  });

  test('a status of 9000 levels counts as absent', () => {
    expect(readableGroup(aGroup({}, { status: { colour: deep(9_000) } as never }))).not.toHaveProperty('status');
  });
});

test('R14: labels, annotations and finalizers of another shape are left out one by one', () => {
  const { metadata } = aGroup();
  const odd = { labels: 'x', annotations: { a: 'b', c: 7, d: null }, finalizers: ['theirs', 7] };
  const group = readableGroup(aGroup({}, { metadata: { ...metadata, ...odd } as never }));
  expect(group.metadata).toEqual({ ...metadata, labels: {}, annotations: { a: 'b' }, finalizers: ['theirs'] });
  expect(
    readableGroup(aGroup({}, { metadata: { ...metadata, finalizers: { a: 1 } } as never })).metadata.finalizers,
  ).toEqual([]);
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
