import { describe, expect, test } from 'vitest';
import { ACCEPTED, type WrittenSpec } from '../../test/contract/vm-group/accepted-cases';
import { REFUSED } from '../../test/contract/vm-group/refused-cases';
import { problemsOfVmGroup } from './vm-group-problems';

const manifestOf = (spec: WrittenSpec) => ({
  apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
  kind: 'VmGroup',
  metadata: { name: 'web', namespace: 'default' },
  spec: { cpu: 1, memory: 1, replicas: 1, template: 't', ...spec },
});

// test/integration/contract.test.ts gives the same cases to the real API server.
describe('accepts, as the API server does,', () => {
  test.for(ACCEPTED)('%s', ([, spec]) => {
    expect(problemsOfVmGroup(manifestOf(spec))).toEqual([]);
  });
});

describe('refuses, as the API server does, and names the field of', () => {
  test.for(REFUSED)('%s', ([, spec, naming]) => {
    const problems = problemsOfVmGroup(manifestOf(spec));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(naming);
  });
});

test.for<[string, WrittenSpec, string]>([
  [
    'a rule with the value of another field',
    { minReadySeconds: 60, progressDeadlineSeconds: 30 },
    'spec.progressDeadlineSeconds is 30: progressDeadlineSeconds must be greater than minReadySeconds',
  ],
  [
    'a rule with a default',
    { minReadySeconds: 1800 },
    'spec.progressDeadlineSeconds is 1800 by default: progressDeadlineSeconds must be greater than minReadySeconds',
  ],
  [
    'a strange percentage',
    { updateStrategy: { rollingUpdate: { maxSurge: '101%' } } },
    'spec.updateStrategy.rollingUpdate.maxSurge is "101%": give a whole number, or a percentage from 0% to 100%',
  ],
  [
    'a strange amount',
    { updateStrategy: { rollingUpdate: { maxSurge: true } } },
    'spec.updateStrategy.rollingUpdate.maxSurge is true: give a whole number or a percentage such as 25%',
  ],
  [
    'a strange name in a list',
    { networks: [{ name: 'A', network: 'x' }] },
    `spec.networks[0].name is "A": give lower-case letters, digits and '-', with a letter or digit at both ends`,
  ],
  [
    'a name that is in the list twice',
    { networks: ['x', 'y'].map((network) => ({ name: 'a', network })) },
    'spec.networks[1] is {"name":"a","network":"y"}: Duplicate value: its name must be unique in the list',
  ],
  [
    'a list that is too long',
    { networks: Array.from({ length: 11 }, (_, index) => ({ name: `n${index}`, network: 'x' })) },
    'spec.networks has 11 items: give at most 10',
  ],
  [
    'an unknown field in a list',
    { networks: [{ name: 'a', network: 'x', mtu: 9000 }] },
    'spec.networks[0].mtu is no field of VmGroup: correct its name or leave it out ' +
      '(kubectl explain vg.spec.networks lists the names)',
  ],
])('says in words what is wrong with %s', ([, spec, problem]) => {
  expect(problemsOfVmGroup(manifestOf(spec))).toEqual([problem]);
});

test('checks no rule on a value that breaks the schema, and checks all others', () => {
  expect(
    problemsOfVmGroup(
      manifestOf({ powerOff: { mode: 'Hard', timeoutSeconds: 'long' }, guest: { cloudInit: { userData: {} } } }),
    ),
  ).toEqual([
    'spec.powerOff.timeoutSeconds is "long": give a whole number',
    'spec.guest.cloudInit.userData is {}: give either secretKeyRef or value',
  ]);
});

test('leaves rules that compare with the stored group to the API server', () => {
  expect(problemsOfVmGroup(manifestOf({ placement: { datacenter: 'dc1', folder: 'f' } }))).toEqual([]);
});

describe('R14: of a manifest by a stranger', () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

  test('5000 unknown fields are told as 20 problems', () => {
    const problems = problemsOfVmGroup(manifestOf(keys(5_000) as WrittenSpec));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('and 4980 more problems');
  });

  test.each([
    [20_000, 'spec holds more than 10000 values: leave out what is no field of VmGroup'],
    [200_000, 'the manifest holds more than 100000 values: leave out what is no field of VmGroup'],
  ])('%i are not looked at', (count, problem) => {
    expect(problemsOfVmGroup(manifestOf(keys(count) as WrittenSpec))).toEqual([problem]);
  });

  test('a value that is inside itself is told', () => {
    const networks: unknown[] = [];
    networks.push(networks);
    expect(problemsOfVmGroup(manifestOf({ networks } as WrittenSpec))).toEqual([
      'the manifest is nested deeper than 32 levels: leave out what is no field of VmGroup',
    ]);
  });

  test('a name of a megabyte is told in 500 characters', () => {
    const [problem] = problemsOfVmGroup(manifestOf({ ['x'.repeat(1_000_000)]: 1 } as WrittenSpec));
    expect(problem).toHaveLength(500);
  });

  test.each([[{ a: 1 }], [['a']], ['a']])('labels %j are refused, as kubectl does', (labels) => {
    const manifest = { ...manifestOf({}), metadata: { name: 'web', labels } };
    expect(problemsOfVmGroup(manifest)).toEqual([
      `metadata.labels is ${JSON.stringify(labels)}: give a mapping from names to texts, such as "true" in quotes`,
    ]);
  });
});

test('an annotation whose value the operator would ignore is refused, though the API server takes it', () => {
  const manifest = manifestOf({});
  const annotations = { 'vm.codeconnect.vmworld.com/adopt': 'yes' };
  expect(problemsOfVmGroup({ ...manifest, metadata: { ...manifest.metadata, annotations } })).toEqual([
    'annotation vm.codeconnect.vmworld.com/adopt is "yes", which has no effect: give Adopt or Ignore',
  ]);
});
