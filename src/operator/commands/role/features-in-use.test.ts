import { expect, test } from 'vitest';
import { aGroup } from '../../../../test/support/builders/observation';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import type { VCenter } from '../../../api/vcenter';
import { Annotation, type VmGroup } from '../../../api/vm-group';
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
  ['disks', { disks: { rootSizeGiB: 20 } }],
  ['storage-policies', { placement: { storagePolicy: 'gold' } }],
  ['drs-rules', { placement: { hostAntiAffinity: 'Preferred' } }],
  ['customization', { guest: { customizationSpec: { name: 'linux' } } }],
  ['custom-attributes', { customAttributes: [{ name: 'owner', value: 'web' }] }],
  ['tags', { tags: [{ category: 'team', name: 'web' }] }],
])('%s, by the spec of a group', (feature, spec) => {
  expect(used(withSpec({ powerState: 'PoweredOff', ...spec }))).toEqual(['machines', feature]);
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
  const of = (name?: string, all = groups) => featuresOnVCenter({ groups: all, vcenters }, name);
  expect(of('east')).toEqual(['machines', 'disks']);
  expect(of('west', [referring])).toEqual(['machines', 'storage-policies']);
  expect(of()).toEqual(['machines', 'disks', 'storage-policies']);
  expect(() => of('south')).toThrow('there is no VCenter "south": look with kubectl get vcenters');
  expect(() => of('north')).toThrow(
    'there is no VmGroup on VCenter "north" to tell what is used: name it with --features',
  );
  expect(() => of(undefined, [])).toThrow('there is no VmGroup to tell what is used');
});
