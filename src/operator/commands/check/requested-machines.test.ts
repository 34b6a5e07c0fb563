import { expect, test } from 'vitest';
import { addHandMade, adoptionWorld } from '../../../../test/support/builders/adoption-world';
import { aGroup, CLUSTER_ID } from '../../../../test/support/builders/observation';
import { marks } from '../../../../test/support/builders/orphan-world';
import type { VmGroupSpec } from '../../../api/vm-group';
import { DEFAULT_TENANT_POLICY } from '../../../vmgroup/model/tenant-policy';
import { requestedMachines } from './requested-machines';

const asked = (adopt: NonNullable<VmGroupSpec['adopt']>, pattern = '/dc/vm/by-hand/*') => {
  const store = adoptionWorld('web-1', 'web-2');
  addHandMade(store, 'taken', undefined, marks('taken', CLUSTER_ID, 'uid-of-web'));
  addHandMade(store, 'elsewhere', { type: 'Folder', value: 'vm' });
  const { spec, metadata } = aGroup({ adopt });
  const { name, namespace } = metadata;
  const manifest = { ...{ source: 'web.yaml:1', name, namespace, spec }, labels: {}, annotations: {} };
  const datacenter = store.entity({ type: 'Datacenter', value: 'dc' });
  const placement = { problems: [], ...(datacenter && { datacenter }) };
  const tenants = { ...DEFAULT_TENANT_POLICY, adoptableMachines: [pattern] };
  const { objects, refusals } = requestedMachines(manifest, placement, store, { tenants, clusterId: CLUSTER_ID });
  return { objects: objects.map(({ value }) => value), refusals };
};

test('the machines of the list are looked at, also those that a group has already, and for those of a folder the folder', () => {
  expect(asked({ machines: ['web-2', 'taken'] })).toEqual({ objects: ['web-2', 'taken'], refusals: [] });
  const both = asked({ machines: ['elsewhere', 'web-1'], folder: 'by-hand' }, '/dc/vm/**');
  expect(both).toEqual({ objects: ['by-hand', 'elsewhere'], refusals: [] });
  expect(asked({ machines: ['template'] }, '/dc/vm/**').objects).toEqual([]);
});

test('what is not found, or not allowed, is told with the remedy', () => {
  const { objects, refusals } = asked({ machines: ['nobody', 'elsewhere', 'web-1'] });
  expect(objects).toEqual(['web-1']);
  expect(refusals).toEqual([
    '"nobody" was not found: correct spec.adopt.machines[0], or take it out',
    expect.stringContaining('the adoption of "elsewhere" is not allowed by'),
  ]);
});
