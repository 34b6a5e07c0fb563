import { evaluate } from '@marcbachmann/cel-js';
import { App, Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AllowedNames, PolicyEnforcement, VmGroupPolicy, type VmGroupPolicyProps } from '.';

function manifestsOf(props: VmGroupPolicyProps) {
  const chart = new Chart(new App(), 'platform');
  new VmGroupPolicy(chart, 'Small', props);
  const [policy, binding] = chart.toJson();
  return { policy, binding };
}

const GROUP = { cpu: 1, memory: 1, replicas: 1, template: 'ubuntu' };

function aGroup(spec: object, name = 'web') {
  return { kind: 'VmGroup', metadata: { name }, spec: { ...GROUP, ...spec } };
}

/** The messages that stand for rules which the object breaks. */
function refusals(props: VmGroupPolicyProps, object: object, oldObject: object | null = null): readonly string[] {
  const { validations } = manifestsOf(props).policy.spec;
  return validations
    .filter(({ expression }: { expression: string }) => !evaluate(expression, { object, oldObject }))
    .map(({ message }: { message: string }) => message);
}

test('makes a policy for groups and their scale, and a binding that denies', () => {
  const { policy, binding } = manifestsOf({ name: 'small', namespaceLabels: { size: 'small' }, maxCpu: 4 });
  expect(policy).toMatchObject({
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'small' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['vm.codeconnect.vmworld.com'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['vmgroups', 'vmgroups/scale'],
          },
        ],
      },
    },
  });
  expect(binding).toMatchObject({
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'small' },
    spec: {
      policyName: 'small',
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchLabels: { size: 'small' } } },
    },
  });
});

test('is for namespaces by name, or for all, and may only warn; the binding names its policy', () => {
  const named = manifestsOf({ namespaces: ['shop', 'bank'], maxCpu: 4, enforcement: PolicyEnforcement.WARN });
  expect(named.binding.spec).toEqual({
    policyName: named.policy.metadata.name,
    validationActions: ['Warn'],
    matchResources: {
      ...{ matchPolicy: 'Equivalent', objectSelector: {} },
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'bank'] }],
      },
    },
  });
  expect(manifestsOf({ maxCpu: 4 }).binding.spec).not.toHaveProperty('matchResources');
});

describe('a limit', () => {
  const limits = { maxCpu: 4, maxMemory: Size.gibibytes(8), maxReplicas: 3, maxNameLength: 5 };

  test('allows its value, and refuses the next', () => {
    expect(refusals(limits, aGroup({ cpu: 4, memory: 8, replicas: 3 }, 'abcde'))).toEqual([]);
    expect(refusals(limits, aGroup({ cpu: 5, memory: 9, replicas: 4 }, 'abcdef'))).toEqual([
      'spec.cpu is too large: give at most 4',
      'spec.memory is too large: give at most 8',
      'spec.replicas is too large: give at most 3',
      'metadata.name is too long: give at most 5 characters',
    ]);
  });

  test('lets pass what was so before, and what gets better, but nothing worse', () => {
    const before = aGroup({ cpu: 9, memory: 9, replicas: 9 }, 'older-than-the-policy');
    expect(refusals(limits, before, before)).toEqual([]);
    expect(refusals(limits, { ...before, spec: { ...before.spec, cpu: 8, replicas: 8 } }, before)).toEqual([]);
    expect(refusals(limits, { ...before, spec: { ...before.spec, replicas: 10 } }, before)).toEqual([
      'spec.replicas is too large: give at most 3',
    ]);
  });

  test('of replicas is for the subresource scale, too, which has nothing else', () => {
    const scale = (replicas?: number) => ({ kind: 'Scale', metadata: { name: 'web' }, spec: { replicas } });
    const all = { ...limits, templates: AllowedNames.of('a'), folders: AllowedNames.of('f') };
    expect(refusals(all, scale(3), scale(1))).toEqual([]);
    expect(refusals(all, scale(4), scale(1))).toEqual(['spec.replicas is too large: give at most 3']);
    expect(refusals(all, { kind: 'Scale', metadata: {}, spec: {} }, scale(9))).toEqual([]);
  });
});

describe('allowed names', () => {
  const templates = (...patterns: string[]) => ({ templates: AllowedNames.of(...patterns) });
  const takes = (pattern: string, template: string) => refusals(templates(pattern), aGroup({ template })).length === 0;

  test.for<[string, string, boolean]>([
    ['ubuntu', 'ubuntu', true],
    ['ubuntu', 'ubuntu-2', false],
    ['ubuntu', 'my-ubuntu', false],
    ['ubuntu-*', 'ubuntu-24.04', true],
    ['/dc/vm/templates/*', '/dc/vm/templates/ubuntu', true],
    ['/dc/vm/templates/*', '/dc/vm/templates/sub/ubuntu', false],
    ['/dc/vm/templates/*', '/dc/vm/templatesX/ubuntu', false],
    ['/dc/vm/*/ubuntu', '/dc/vm/a/ubuntu', true],
    ['/dc/vm/*-lts', '/dc/vm/-lts', true],
    // An empty name is none: the path would be that of the folder itself.
    ['/dc/vm/templates/*', '/dc/vm/templates/', false],
    ['/dc/vm/templates/*', '/dc/vm/templates//', false],
    ['/dc/vm/templates/**', '/dc/vm/templates/', false],
    ['/dc/vm/*/ubuntu', '/dc/vm//ubuntu', false],
    ['*', '', false],
    ['*/*', 'a/', false],
    ['*', 'ubuntu', true],
    // What means something in a regular expression or in CEL means itself here.
    ['a.b', 'axb', false],
    ['a|b', 'a', false],
    ['(a+)[b]{1}?^$', '(a+)[b]{1}?^$', true],
    ['back\\slash "quoted" \'x\'', 'back\\slash "quoted" \'x\'', true],
    ['größe', 'größe', true],
  ])('%s takes %s: %s', ([pattern, template, taken]) => {
    expect(takes(pattern, template)).toBe(taken);
  });

  test('R15: what is in a place is not the place itself, for every field that takes a path', () => {
    const within = AllowedNames.of('/dc/P/*');
    const props = {
      ...{ templates: within, networks: within },
      ...{ datacenters: within, folders: within, clusters: within, resourcePools: within, datastores: within },
    };
    const at = (path: string) => {
      const placement = { datacenter: path, folder: path, cluster: path, resourcePool: path, datastore: path };
      return aGroup({ template: path, networks: [{ name: 'a', network: path }], placement });
    };
    expect(refusals(props, at('/dc/P/child'))).toEqual([]);
    for (const path of ['/dc/P', '/dc/P/', '/dc/P//', '/dc/P//child'])
      expect(refusals(props, at(path))).toHaveLength(7);
  });

  test('of a field that may be left out: it must be given, unless orUnset says otherwise', () => {
    const folders = AllowedNames.of('/dc/vm/a');
    const [here, there] = [
      aGroup({ placement: { folder: '/dc/vm/a' } }),
      aGroup({ placement: { folder: '/dc/vm/b' } }),
    ];
    const message = 'spec.placement.folder is not allowed: give /dc/vm/a';
    expect(refusals({ folders }, here)).toEqual([]);
    for (const group of [there, aGroup({}), aGroup({ placement: {} })])
      expect(refusals({ folders }, group)).toEqual([message]);
    expect(refusals({ folders: folders.orUnset() }, aGroup({ placement: {} }))).toEqual([]);
    expect(refusals({ folders: folders.orUnset() }, there)).toEqual([`${message}, or leave it out`]);
    // What was so before passes; a change to it does not.
    expect(refusals({ folders }, there, there)).toEqual([]);
    expect(refusals({ folders }, aGroup({}), aGroup({}))).toEqual([]);
    expect(refusals({ folders }, there, here)).toEqual([message]);
    expect(refusals({ folders }, aGroup({}), there)).toEqual([message]);
  });

  test('of networks: each must be allowed, and an empty list counts as none', () => {
    const props = { networks: AllowedNames.of('front', 'back-*') };
    const on = (...networks: string[]) =>
      aGroup({ networks: networks.map((network, index) => ({ name: `n${index}`, network })) });
    expect(refusals(props, on('front', 'back-1'))).toEqual([]);
    for (const group of [on('front', 'other'), on(), aGroup({})]) {
      expect(refusals(props, group)).toEqual(['spec.networks is not allowed: give one of front, back-*']);
    }
    expect(refusals({ networks: props.networks.orUnset() }, on())).toEqual([]);
    expect(refusals({ networks: props.networks.orUnset() }, on('other'))).toHaveLength(1);
    expect(refusals(props, on('other'), on('other'))).toEqual([]);
    expect(refusals(props, on('other'), on('front'))).toHaveLength(1);
  });

  test('R15: of datastores do not let a group name a datastore cluster instead, and the other way round', () => {
    const at = (placement: object) => aGroup({ placement });
    const one = { datastores: AllowedNames.of('ssd').orUnset() };
    expect(refusals(one, at({ datastore: 'ssd' }))).toEqual([]);
    expect(refusals(one, at({ datastoreCluster: 'pod' }))).toEqual([
      'spec.placement.datastoreCluster is not allowed: give spec.placement.datastore',
    ]);
    const clusters = { datastoreClusters: AllowedNames.of('pod') };
    expect(refusals(clusters, at({ datastoreCluster: 'pod' }))).toEqual([]);
    expect(refusals(clusters, at({ datastore: 'ssd', datastoreCluster: 'pod' }))).toEqual([
      'spec.placement.datastore is not allowed: give spec.placement.datastoreCluster',
    ]);
    const before = at({ datastoreCluster: 'pod' });
    expect(refusals(one, before, before)).toEqual([]);
  });

  test('a storage policy chooses no datastore beyond them: with names that may be left out it needs one', () => {
    const props = { datastores: AllowedNames.of('ssd').orUnset() };
    const at = (placement: object) => aGroup({ placement });
    const alone = at({ storagePolicy: 'gold' });
    const message = 'spec.placement.storagePolicy is not allowed alone: give spec.placement.datastore too';
    expect(refusals(props, alone)).toEqual([message]);
    expect(refusals(props, at({ storagePolicy: 'gold', datastore: 'ssd' }))).toEqual([]);
    expect(refusals(props, at({}))).toEqual([]);
    expect(refusals({ templates: AllowedNames.of('*') }, alone)).toEqual([]);
    expect(refusals(props, alone, alone)).toEqual([]);
    expect(refusals(props, alone, at({ storagePolicy: 'gold', datastore: 'ssd' }))).toEqual([message]);
  });

  test('of datastores and of datastore clusters take one of either', () => {
    const both = { datastores: AllowedNames.of('ssd'), datastoreClusters: AllowedNames.of('pod') };
    const at = (placement: object) => refusals(both, aGroup({ placement }));
    expect(at({ datastore: 'ssd' })).toEqual([]);
    expect(at({ datastoreCluster: 'pod' })).toEqual([]);
    expect(at({ datastore: 'hdd' })).toEqual(['spec.placement.datastore is not allowed: give ssd']);
    expect(at({ datastoreCluster: 'x' })).toEqual(['spec.placement.datastoreCluster is not allowed: give pod']);
    expect(at({})).toHaveLength(2);
  });

  test('of all kinds of places', () => {
    const one = AllowedNames.of('x');
    const props = { datacenters: one, folders: one, clusters: one, resourcePools: one, datastores: one };
    expect(refusals(props, aGroup({})).map((message) => message.split(' ')[0])).toEqual([
      'spec.placement.datacenter',
      'spec.placement.folder',
      'spec.placement.cluster',
      'spec.placement.resourcePool',
      'spec.placement.datastore',
    ]);
    const placement = { datacenter: 'x', folder: 'x', cluster: 'x', resourcePool: 'x', datastore: 'x' };
    expect(refusals(props, aGroup({ placement }))).toEqual([]);
  });
});

test.for<[string, VmGroupPolicyProps, string]>([
  ['no limit', {}, 'no limit is given, so everything would be allowed'],
  ['cpu', { maxCpu: 0 }, 'maxCpu is 0: give a whole number from 1 to 960'],
  ['memory', { maxMemory: Size.mebibytes(512) }, 'maxMemory in GiB is 0.5: give a whole number from 1 to 24576'],
  ['replicas', { maxReplicas: 501 }, 'maxReplicas is 501: give a whole number from 0 to 500'],
  ['a name length', { maxNameLength: 63 }, 'maxNameLength is 63: give a whole number from 1 to 62'],
  ['no namespace', { maxCpu: 1, namespaces: [] }, 'namespaces is []: give names, or leave it out for all namespaces'],
  ['no label', { maxCpu: 1, namespaceLabels: {} }, 'namespaceLabels is {}: give labels, or leave it out'],
  ['a namespace', { maxCpu: 1, namespaces: ['A'] }, 'namespaces is "A": give at most 63 lower-case letters'],
  ['no name', { templates: AllowedNames.of() }, 'templates allows nothing: give at least one name or path'],
  ['an empty name', { networks: AllowedNames.of('a', ' ') }, 'networks has " ": give a name or an absolute path'],
  [
    'a path with a slash at its end',
    { resourcePools: AllowedNames.of('/dc/P/') },
    'resourcePools has "/dc/P/": leave out the "/" at its end',
  ],
  ['an empty name in a path', { folders: AllowedNames.of('/dc//P') }, 'folders has "/dc//P": leave out the "/" at its'],
  ['a line break', { folders: AllowedNames.of('a\nb') }, 'folders has "a\\nb": give a name or an absolute path'],
])('synth refuses %s that cannot work, with path, value and remedy', ([, props, message]) => {
  expect(() => manifestsOf(props)).toThrow(`[platform/Small] ${message}`);
});
