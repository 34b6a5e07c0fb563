import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../../test/support/builders/observation';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import { instanceUuid } from '../../../api/identity';
import type { VCenter } from '../../../api/vcenter';
import { Annotation, type VmGroup } from '../../../api/vm-group';
import type { LabelsOf } from '../vcenters/namespace-labels';
import { featuresInUse, featuresOnVCenter } from './features-in-use';

const withSpec = (spec: Partial<VmGroup['spec']>) => {
  const group = aGroup();
  return { ...group, spec: { ...group.spec, ...spec } };
};
const used = (group: VmGroup) => featuresInUse([group], []);

test('each group needs machines, and one that shall run needs to power them on', () => {
  expect(used(withSpec({ powerState: 'PoweredOn' }))).toEqual(['machines', 'power-on']);
  expect(used(withSpec({ powerState: 'PoweredOff' }))).toEqual(['machines']);
});

test.each<[string, Partial<VmGroup['spec']>]>([
  ['networks', { networks: [{ name: 'lan', network: 'front' }] }],
  ['guest-data', { guest: { ignition: { value: '{}' } } as VmGroup['spec']['guest'] & object }],
  ['adoption', { adopt: { machines: ['a'] } }],
  ['disks', { disks: { rootSizeGiB: 20 } }],
  ['storage-policies', { placement: { storagePolicy: 'gold' } }],
  ['drs-rules', { placement: { hostAntiAffinity: 'Preferred' } }],
  ['customization', { guest: { customizationSpec: { name: 'linux' } } }],
  ['custom-attributes', { customAttributes: [{ name: 'owner', value: 'web' }] }],
  ['tags', { tags: [{ category: 'team', name: 'web' }] }],
])('%s, by the spec of a group', (feature, spec) => {
  expect(used(withSpec({ powerState: 'PoweredOff', ...spec }))).toEqual(['machines', feature]);
});

test('adoption, also when the field is gone and the machines are still in the group', () => {
  const group = withSpec({ powerState: 'PoweredOff' });
  const slot = { ordinal: 0, revision: 'r' };
  const having = (instanceUuid: string) => ({
    ...group,
    status: { replicas: [{ ...slot, name: 'a', ready: true, instanceUuid }] },
  });
  const adopted = ['machines', 'adoption'];
  expect(used(having('5012ab34-aaaa-bbbb-cccc-0123456789ab'))).toEqual(adopted);
  // Of another group, such as one that a person restored.
  expect(used(having(instanceUuid('7d1c6c1e-0000-4c5d-8e9f-0a1b2c3d4e5f', slot)))).toEqual(adopted);
  expect(used(having(instanceUuid(group.metadata.uid, slot).toUpperCase()))).toEqual(['machines']);
  expect(used(having(instanceUuid(group.metadata.uid, slot, 2)))).toEqual(['machines']);
});

test('legacy-folders, by the annotation', () => {
  const group = withSpec({ powerState: 'PoweredOff' });
  const annotated = (value: string) => ({
    ...group,
    metadata: { ...group.metadata, annotations: { [Annotation.Legacy]: value } },
  });
  expect(used(annotated('Adopt'))).toEqual(['machines', 'legacy-folders']);
  expect(used(annotated('Ignore'))).toEqual(['machines']);
});

test('what a group was given and is still to be taken away counts, too', () => {
  const status = { tagsGiven: true, customAttributesGiven: true, hostRuleClusters: ['domain-c1'] };
  expect(used({ ...withSpec({ powerState: 'PoweredOff' }), status })).toEqual([
    ...['machines', 'drs-rules', 'custom-attributes', 'tags'],
  ]);
});

test('a default storage policy and host groups of failure domains, by a VCenter', () => {
  const vcenter = aVCenter();
  const spec = {
    ...vcenter.spec,
    defaults: { placement: { storagePolicy: 'gold' } },
    failureDomains: [
      { name: 'a', cluster: 'c1' },
      { name: 'b', cluster: 'c1', hostGroup: 'rack-1' },
    ],
  };
  expect(featuresInUse([], [{ ...vcenter, spec }])).toEqual(['machines', 'storage-policies', 'drs-rules']);
  expect(featuresInUse([], [vcenter])).toEqual(['machines']);
});

test('with the name of a VCenter only groups on it count, and the VCenter itself', () => {
  const named = (name: string, spec: Partial<VCenter['spec']> = {}) => {
    const vcenter = aVCenter(spec);
    return { ...vcenter, metadata: { ...vcenter.metadata, name } };
  };
  const vcenters = [
    named('east'),
    named('west', { defaults: { placement: { storagePolicy: 'gold' } } }),
    named('north'),
  ];
  const on = (name: string, spec: Partial<VmGroup['spec']>) => ({
    ...withSpec({ powerState: 'PoweredOff', ...spec }),
    status: { vcenter: { name, host: 'h', instanceUuid: 'u' } },
  });
  const referring = withSpec({ powerState: 'PoweredOff', vcenterRef: { name: 'west' } });
  const groups = [on('east', { disks: { rootSizeGiB: 20 } }), on('west', {}), referring];
  const labelsOf: LabelsOf = () => ({ kind: 'Known', labels: {} });
  const of = (name?: string, all = groups) => featuresOnVCenter({ groups: all, vcenters, labelsOf }, name);
  expect(of('east')).toEqual(['machines', 'disks']);
  expect(of('west', [referring])).toEqual(['machines', 'storage-policies']);
  expect(of()).toEqual(['machines', 'disks', 'storage-policies']);
  expect(() => of('south')).toThrow('there is no VCenter "south": look with kubectl get vcenters');
  expect(() => of('north')).toThrow(
    'there is no VmGroup on VCenter "north" to tell what is used: name it with --features',
  );
  expect(() => of(undefined, [])).toThrow('there is no VmGroup to tell what is used');
});

describe('before an operator has run', () => {
  const site = (name: string): VCenter => {
    const vcenter = aVCenter({ namespaceSelector: { matchLabels: { site: name } } });
    return { ...vcenter, metadata: { ...vcenter.metadata, name } };
  };
  const vcenters = [site('east'), site('west')];
  const groups = [withSpec({ powerState: 'PoweredOff', disks: { rootSizeGiB: 20 } })];
  const of = (name: string, labelsOf: LabelsOf, all = groups) =>
    featuresOnVCenter({ groups: all, vcenters, labelsOf }, name);
  const inEast: LabelsOf = () => ({ kind: 'Known', labels: { site: 'east' } });
  const unknown: LabelsOf = () => ({ kind: 'Unknown', why: 'namespaces is forbidden' });

  test('groups of namespaces that the VCenter selects count', () => {
    expect(of('east', inEast)).toEqual(['machines', 'disks']);
    expect(() => of('west', inEast)).toThrow('there is no VmGroup on VCenter "west" to tell what is used: name it');
  });

  test('without the labels of namespaces those count that name the VCenter, and why no other does is told', () => {
    const named = [...groups, withSpec({ powerState: 'PoweredOn', vcenterRef: { name: 'east' } })];
    expect(of('east', unknown, named)).toEqual(['machines', 'power-on']);
    expect(() => of('east', unknown)).toThrow(
      'to tell what is used (the labels of namespaces, which select it, are not known: namespaces is forbidden): name it',
    );
  });
});
