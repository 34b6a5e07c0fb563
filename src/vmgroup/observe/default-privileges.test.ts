import { describe, expect, test } from 'vitest';
import { anInventory } from '../../../test/support/builders/inventory';
import { CLUSTER_ID } from '../../../test/support/builders/observation';
import { DEFAULT_TENANT_POLICY, type PlacementDefaults, type TenantPolicy } from '../model/tenant-policy';
import { defaultPrivilegeNeeds } from './default-privileges';

const POOLS = 'Folder:host/ClusterComputeResource:one/ResourcePool:Resources';
const INVENTORY = anInventory(
  'Datacenter:east/Folder:vm/Folder:teams',
  `Datacenter:east/${POOLS}/ResourcePool:shop`,
  'Datacenter:east/Folder:datastore/Datastore:ssd',
  'Datacenter:west/Folder:vm',
  `Datacenter:west/${POOLS}`,
);

/** Each object as noun and path, in order. */
function objectsFor(
  tenants: Partial<TenantPolicy> = {},
  places?: readonly PlacementDefaults[],
  defaultFolder = 'teams',
) {
  const rules = { clusterId: CLUSTER_ID, defaultFolder, tenants: { ...DEFAULT_TENANT_POLICY, ...tenants } };
  return defaultPrivilegeNeeds(INVENTORY, rules, places).map(({ noun, path }) => `${noun} ${path}`);
}

const EAST_POOL = 'resource pool /east/host/one/Resources';

describe('groups that name no place need privileges', () => {
  test('in each datacenter, on the folder that is there, or on the one that it will be made in', () => {
    expect(objectsFor()).toEqual([
      'folder /east/vm/teams',
      EAST_POOL,
      'folder /west/vm',
      'resource pool /west/host/one/Resources',
    ]);
  });

  test('on the objects that the defaults name, in the datacenter that they name', () => {
    const defaults = { datacenter: 'east', resourcePool: 'shop', datastore: 'ssd' };
    expect(objectsFor({ defaults })).toEqual([
      'folder /east/vm/teams',
      `${EAST_POOL}/shop`,
      'datastore /east/datastore/ssd',
    ]);
  });

  test('on what failure domains name, each object once', () => {
    const defaults = { datacenter: 'east' };
    const domain = { ...defaults, resourcePool: 'shop' };
    expect(objectsFor({ defaults }, [defaults, domain])).toEqual([
      'folder /east/vm/teams',
      EAST_POOL,
      `${EAST_POOL}/shop`,
    ]);
  });

  test('R15: nowhere that the allow-lists refuse', () => {
    expect(objectsFor({ allowed: { folders: ['/east/**'] } })).toEqual(['folder /east/vm/teams', EAST_POOL]);
    expect(objectsFor({ allowed: { folders: [] } })).toEqual([]);
  });

  test('R15: not on what each namespace has of its own', () => {
    const defaults = { datacenter: 'east' };
    expect(objectsFor({ defaults, namespaceFolder: 'teams/$(namespace)' })).toEqual([EAST_POOL]);
    expect(objectsFor({ defaults, namespacePools: ['$(namespace)'] })).toEqual(['folder /east/vm/teams']);
  });

  test('on nothing while the names are not found', () => {
    expect(objectsFor({ defaults: { datacenter: 'north' } })).toEqual([]);
  });
});
