import { expect, test } from 'vitest';
import { anInventory } from '../../test/support/builders/inventory';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import type { VCenterSpec, VCenterSpecDefaultsPlacement } from '../api/vcenter';
import { namesNotFound } from './named-objects';

const INVENTORY = anInventory(
  'Datacenter:dc1/Folder:host/ClusterComputeResource:one/ResourcePool:gold',
  'Datacenter:dc1/Folder:host/ClusterComputeResource:two/ResourcePool:gold',
  'Datacenter:dc1/Folder:host/ClusterComputeResource:two/ResourcePool:silver',
  'Datacenter:dc1/Folder:datastore/Datastore:fast',
  'Datacenter:dc2/Folder:host/ClusterComputeResource:one',
  'Datacenter:dc2/Folder:datastore/Datastore:fast',
);
const problemsOf = (spec: Partial<VCenterSpec>) => namesNotFound(aVCenter(spec), INVENTORY);
const defaults = (placement: VCenterSpecDefaultsPlacement) => ({ defaults: { placement } });

test('a VCenter that names nothing, or what is there, has no problem', () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf(defaults({ folder: 'made/by/us' }))).toEqual([]);
  expect(problemsOf(defaults({ datacenter: 'dc1', cluster: 'two', resourcePool: 'gold', datastore: 'fast' }))).toEqual(
    [],
  );
  expect(problemsOf({ failureDomains: [{ name: 'a', cluster: 'two', resourcePool: 'silver' }] })).toEqual([]);
});

test('names are looked for in the default datacenter, and resource pools in their cluster', () => {
  expect(problemsOf({ ...defaults({ datacenter: 'dc2' }), failureDomains: [{ name: 'a', cluster: 'one' }] })).toEqual(
    [],
  );
  expect(problemsOf(defaults({ datacenter: 'dc1', cluster: 'one', resourcePool: 'silver' }))).toEqual([
    'resource pool "silver" was not found: correct spec.defaults.placement.resourcePool, or create it',
  ]);
});

test('each name that stands for nothing has a sentence with its field and its value', () => {
  const names = { cluster: 'c', resourcePool: 'p', datastore: 'd' };
  expect(
    problemsOf({ ...defaults({ datacenter: 'dc3', ...names }), failureDomains: [{ name: 'a', ...names }] }),
  ).toEqual([
    'datacenter "dc3" was not found: correct spec.defaults.placement.datacenter, or create it',
    'cluster "c" was not found: correct spec.defaults.placement.cluster, or create it',
    'resource pool "p" was not found: correct spec.defaults.placement.resourcePool, or create it',
    'datastore "d" was not found: correct spec.defaults.placement.datastore, or create it',
    'cluster "c" was not found: correct spec.failureDomains[a].cluster, or create it',
    'resource pool "p" was not found: correct spec.failureDomains[a].resourcePool, or create it',
    'datastore "d" was not found: correct spec.failureDomains[a].datastore, or create it',
  ]);
});

test('a name that stands for several is told with the paths to choose from', () => {
  expect(problemsOf(defaults({ cluster: 'one' }))).toEqual([
    'cluster "one" is ambiguous: set spec.defaults.placement.cluster to one of the paths /dc1/host/one, /dc2/host/one',
  ]);
});
