/** Whose folder the clones of an earlier process go to. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../model/tenant-policy';
import { namespaceOfCloneFolder } from './clone-folder';

const VM = 'Datacenter:dc1/Folder:vm';
const STORE = anInventory(
  ...['shop.web', 'bank.db', 'notes'].map((name) => `${VM}/Folder:vm-operator/Folder:${name}`),
  ...['shop.web', 'team.prod', 'renamed'].map((name) => `${VM}/Folder:others/Folder:${name}`),
  `${VM}/Folder:tenants/Folder:shop/Folder:shop.api`,
  `${VM}/Folder:tenants/Folder:bank/Folder:shop.api`,
);

interface Given {
  readonly tenants?: Partial<TenantPolicy>;
  readonly recorded?: { readonly path: string; readonly group: VmGroup };
  readonly named?: VmGroup;
}

function namespaceOf(path: string, { tenants, recorded, named }: Given = {}): string | undefined {
  const folder = drawn(path);
  const target = { folder, folderName: path.split(':').at(-1) ?? '' };
  const rules = {
    clusterId: CLUSTER_ID,
    defaultFolder: 'vm-operator',
    tenants: { ...DEFAULT_TENANT_POLICY, ...tenants },
  };
  const groups = {
    byFolder: ({ value }: { readonly value: string }) => (recorded?.path === value ? [recorded.group] : []),
    byFolderName: (name: string) => (named !== undefined && name === 'shop.web' ? [named] : []),
  };
  return namespaceOfCloneFolder(target, { inventory: STORE, rules, groups });
}

describe('R9: a folder that the inventory shows', () => {
  test('is of a namespace where the default folder holds it, and has the name of a group', () => {
    const inDefault = ['shop.web', 'bank.db', 'notes'].map((name) => `${VM}/Folder:vm-operator/Folder:${name}`);
    expect(inDefault.map((path) => namespaceOf(path))).toEqual(['shop', 'bank', undefined]);
  });

  test("is somebody else's elsewhere, whatever its name", () => {
    expect(namespaceOf(`${VM}/Folder:others/Folder:shop.web`)).toBeUndefined();
    expect(namespaceOf(`${VM}/Folder:others/Folder:team.prod`)).toBeUndefined();
  });

  test('is of the namespace whose own folder holds it', () => {
    const tenants = { namespaceFolder: 'tenants/$(namespace)' };
    expect(namespaceOf(`${VM}/Folder:tenants/Folder:shop/Folder:shop.api`, { tenants })).toBe('shop');
    expect(namespaceOf(`${VM}/Folder:tenants/Folder:bank/Folder:shop.api`, { tenants })).toBeUndefined();
  });

  test('is of the group whose spec names the folder that holds it', () => {
    const inFolder = (folder: string) => ({ named: aGroup({ placement: { folder } }) });
    expect(namespaceOf(`${VM}/Folder:others/Folder:shop.web`, inFolder('others'))).toBe('shop');
    expect(namespaceOf(`${VM}/Folder:others/Folder:shop.web`, inFolder('tenants'))).toBeUndefined();
  });

  test('is of the group whose status records it, whatever its name and place', () => {
    const path = `${VM}/Folder:others/Folder:renamed`;
    expect(namespaceOf(path)).toBeUndefined();
    expect(namespaceOf(path, { recorded: { path, group: aGroup() } })).toBe('shop');
  });
});

test('R2: a folder that the inventory does not show may be ours by its name', () => {
  expect(namespaceOf(`${VM}/Folder:gone/Folder:shop.old`)).toBe('shop');
  expect(namespaceOf(`${VM}/Folder:gone/Folder:notes`)).toBeUndefined();
});
