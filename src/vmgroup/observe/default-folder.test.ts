/** Where the groups' folders go that name no folder. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { resolvePlacement } from './placement';

const VM = 'Datacenter:dc1/Folder:vm';
const TEMPLATE = `${VM}/Folder:templates/VirtualMachine:ubuntu`;
const POOL = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';
const ELSE = [TEMPLATE, POOL] as const;

interface Given {
  readonly defaultFolder: string;
  readonly store: InventoryStore;
  readonly spec?: Partial<VmGroupSpec>;
}

function placed({ defaultFolder, store, spec = {} }: Given) {
  const rules = { clusterId: CLUSTER_ID, defaultFolder, tenants: DEFAULT_TENANT_POLICY };
  return resolvePlacement({ spec: aGroup(spec).spec, namespace: 'shop', uid: GROUP_UID }, store, rules);
}

describe('VC_FOLDER may have several levels, and that of the cluster', () => {
  const defaultFolder = 'platform/$(cluster)';

  test('missing levels are made from the top, one at a time', () => {
    expect(placed({ defaultFolder, store: anInventory(...ELSE) }).parentFolder).toEqual({
      ...{ kind: 'Missing', within: drawn(VM), name: 'platform', path: `/dc1/vm/platform/${CLUSTER_ID}` },
    });
    const half = anInventory(...ELSE, `${VM}/Folder:platform`);
    expect(placed({ defaultFolder, store: half }).parentFolder).toEqual({
      ...{ kind: 'Missing', within: drawn(`${VM}/Folder:platform`), name: CLUSTER_ID },
      path: `/dc1/vm/platform/${CLUSTER_ID}`,
    });
    const whole = anInventory(...ELSE, `${VM}/Folder:platform/Folder:${CLUSTER_ID}`);
    expect(placed({ defaultFolder, store: whole }).parentFolder).toMatchObject({
      ...{ kind: 'Found', path: `/dc1/vm/platform/${CLUSTER_ID}`, ofOperator: true },
    });
  });

  test('it may be an absolute path: nothing of that is made below the VM folder once more', () => {
    const store = anInventory(...ELSE, `${VM}/Folder:platform`);
    expect(placed({ defaultFolder: '/dc1/vm/platform/shop', store })).toMatchObject({
      problems: [],
      parentFolder: {
        kind: 'Missing',
        within: drawn(`${VM}/Folder:platform`),
        name: 'shop',
        path: '/dc1/vm/platform/shop',
      },
    });
  });

  test('an absolute path into another datacenter is told, unless the group names a folder', () => {
    const store = anInventory(...ELSE, `${VM}/Folder:own`);
    const elsewhere = placed({ defaultFolder: '/dc9/vm/platform', store });
    expect(elsewhere.parentFolder).toBeUndefined();
    expect(elsewhere.problems).toMatchObject([
      { reason: 'FolderNotFound', message: expect.stringContaining('correct spec.defaults.placement.folder') },
    ]);
    const named = placed({ defaultFolder: '/dc9/vm/platform', store, spec: { placement: { folder: 'own' } } });
    expect(named).toMatchObject({ problems: [], parentFolder: { path: '/dc1/vm/own' } });
  });

  test('the folder of another cluster beside it is not taken for it', () => {
    const store = anInventory(...ELSE, `${VM}/Folder:platform/Folder:another`);
    expect(placed({ defaultFolder, store }).parentFolder).toMatchObject({ kind: 'Missing', name: CLUSTER_ID });
  });
});
