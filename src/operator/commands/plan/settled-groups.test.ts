/** docs/operating.md: exit code 0 says that there is nothing to do, 2 that changes are due. */
import { expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../../api/vm-group';
import { groupPlan } from './group-plan';

const CASES: readonly (readonly [string, Partial<VmGroupSpec>, NonNullable<VmGroup['status']>])[] = [
  ['custom attributes', { customAttributes: [{ name: 'owner', value: 'shop' }] }, { customAttributesGiven: true }],
  ['tags', { tags: [{ category: 'team', name: 'web' }] }, { tagsGiven: true }],
  ['advanced settings', { extraConfig: [{ key: 'disk.EnableUUID', value: 'TRUE' }] }, { extraConfigGiven: true }],
  ['host anti-affinity', { placement: { hostAntiAffinity: 'Preferred' } }, { hostRuleClusters: ['domain-c7'] }],
];

/** As the process of `plan` sees it, which has written nothing itself. */
function planOf(group: VmGroup, stored: VmGroup) {
  const cluster = { type: 'ClusterComputeResource', value: 'domain-c7' };
  const replica = { ...aReplica(group, { ordinal: 0 }), cluster };
  const observed = anObservation(group, { replicas: [replica] });
  return groupPlan('web.yaml:1', { kind: 'Stored', group: stored }, observed, { pathOf: () => '/dc/host/C0' });
}

test.each(CASES)('a settled group with %s has no changes', (_, spec, status) => {
  const group = aGroup(spec, { status });
  expect(planOf(group, group)).toMatchObject({ changes: false, now: [] });
});

test.each(CASES)('one that gets %s has', (_, spec, status) => {
  expect(planOf(aGroup(spec, { status }), aGroup({}, { status })).changes).toBe(true);
});
