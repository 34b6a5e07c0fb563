/** R15: where the groups of a namespace may be, whatever their specs ask for. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn, mark } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import type { VmGroupSpec, VmGroupSpecPlacement } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../vsphere/port';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../model/tenant-policy';
import { resolvePlacement } from './placement';

const VM = 'Datacenter:dc1/Folder:vm';
const ROOT = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';
const BASE = [
  `${VM}/Folder:vm-operator/Folder:db.main`,
  `${VM}/Folder:templates/VirtualMachine:ubuntu`,
  `${VM}/Folder:templates/Machine:build-box`,
  `${VM}/Folder:tenants/Folder:shop/Folder:prod`,
  `${VM}/Folder:tenants/Folder:bank/Folder:prod-bank`,
  `${ROOT}/ResourcePool:tenants/ResourcePool:shop/ResourcePool:gold`,
  `${ROOT}/ResourcePool:tenants/ResourcePool:bank/VirtualApp:suite`,
] as const;

interface Given {
  readonly spec?: Partial<VmGroupSpec>;
  readonly tenants?: Partial<TenantPolicy>;
  readonly store?: InventoryStore;
  readonly isFolderOfAnother?: (folder: ManagedObjectReference) => boolean;
}

function placed({ spec = {}, tenants = {}, store = anInventory(...BASE), ...given }: Given) {
  const { isFolderOfAnother } = given;
  const policy = { ...DEFAULT_TENANT_POLICY, ...tenants };
  const rules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants: policy, isFolderOfAnother };
  return resolvePlacement({ spec: aGroup(spec).spec, namespace: 'shop', uid: GROUP_UID }, store, rules);
}
const problemsOf = (given: Given) => placed(given).problems.map(({ reason, message }) => `${reason}: ${message}`);
const inFolder = (folder: string, given: Given = {}) => ({ ...given, spec: { placement: { folder } } });

describe('spec.template names a template, unless machines are allowed as sources', () => {
  test('a machine is refused, running or not: its disks would be copied', () => {
    expect(problemsOf({ spec: { template: 'build-box' } })).toEqual([
      'NotAllowed: template "build-box" is a machine and no template, and the disks of a machine are not copied: set ' +
        'spec.template to a template, or have an administrator start the operator with --allow-machine-sources',
    ]);
    expect(placed({ spec: { template: 'build-box' } }).template).toBeUndefined();
  });

  test('so is one of which vCenter does not tell whether it is a template', () => {
    const store = anInventory(...BASE);
    store.apply({ type: 'VirtualMachine', value: 'unread' }, [
      { path: 'name', value: 'unread' },
      { path: 'parent', value: drawn(`${VM}/Folder:templates`) },
    ]);
    const [problem] = problemsOf({ spec: { template: 'unread' }, store });
    expect(problem).toMatch(/^NotAllowed: template "unread" is not known to be a template/);
  });

  test('with --allow-machine-sources it is taken', () => {
    const allowed = placed({ spec: { template: 'build-box' }, tenants: { allowMachineSources: true } });
    expect([allowed.problems, allowed.template?.path]).toEqual([[], '/dc1/vm/templates/build-box']);
  });

  test('a replica of a group is refused even so', () => {
    const store = anInventory(...BASE);
    mark(store, `${VM}/Folder:templates/Machine:build-box`, { cluster: 'other', group: 'bank/db', uid: 'u' });
    const [problem] = problemsOf({ spec: { template: 'build-box' }, tenants: { allowMachineSources: true }, store });
    expect(problem).toContain('is a replica of VmGroup bank/db');
  });
});

describe('spec.placement.folder is not the folder of a group and in none', () => {
  test('a direct child of the default folder with the name of a group is one, also while it is empty', () => {
    expect(problemsOf(inFolder('db.main'))).toEqual([
      'NotAllowed: folder /dc1/vm/vm-operator/db.main is or lies in /dc1/vm/vm-operator/db.main, the folder of a group: ' +
        'make a new group with spec.placement.folder set to another folder, or without it',
    ]);
  });

  test('R15: the recorded folder of another group is one, wherever it is and while it is empty', () => {
    const store = anInventory(...BASE, `${VM}/Folder:silver/Folder:bank.db/Folder:inner`);
    const recorded = drawn(`${VM}/Folder:silver/Folder:bank.db`);
    const isFolderOfAnother = ({ value }: ManagedObjectReference) => value === recorded.value;
    expect(problemsOf(inFolder('bank.db', { store }))).toEqual([]);
    for (const folder of ['bank.db', 'inner'])
      expect(problemsOf(inFolder(folder, { store, isFolderOfAnother }))[0], folder).toContain(
        'lies in /dc1/vm/silver/bank.db, the folder of a group',
      );
    expect(problemsOf(inFolder('silver', { store, isFolderOfAnother }))).toEqual([]);
  });

  test('a folder in it is refused too', () => {
    const store = anInventory(...BASE, `${VM}/Folder:vm-operator/Folder:db.main/Folder:deep/Folder:deeper`);
    expect(problemsOf(inFolder('deeper', { store }))[0]).toContain('lies in /dc1/vm/vm-operator/db.main');
  });

  test('so is a folder that holds machines of another group, wherever it is', () => {
    const store = anInventory(...BASE, `${VM}/Folder:elsewhere/Folder:inner`, `${VM}/Folder:elsewhere/Machine:db-0`);
    expect(problemsOf(inFolder('inner', { store }))).toEqual([]);
    const path = `${VM}/Folder:elsewhere/Machine:db-0`;
    mark(store, path, { cluster: CLUSTER_ID, group: 'bank/db', uid: 'another' });
    expect(problemsOf(inFolder('inner', { store }))[0]).toContain('lies in /dc1/vm/elsewhere, the folder of a group');
    mark(store, path, { cluster: 'other', group: 'shop/web', uid: GROUP_UID });
    expect(problemsOf(inFolder('elsewhere', { store }))[0]).toMatch(/^NotAllowed/);
    mark(store, path, { cluster: CLUSTER_ID, group: 'shop/web', uid: GROUP_UID });
    expect(problemsOf(inFolder('elsewhere', { store }))).toEqual([]);
  });

  test('the default folder itself and any other folder may be named', () => {
    expect(placed(inFolder('vm-operator'))).toMatchObject({ problems: [], parentFolder: { ofOperator: true } });
    const other = placed(inFolder('prod'));
    expect(other.problems).toEqual([]);
    expect(other.parentFolder).toEqual({ kind: 'Found', ref: expect.anything(), path: '/dc1/vm/tenants/shop/prod' });
  });
});

describe('--namespace-folder', () => {
  const tenants = { namespaceFolder: 'tenants/$(namespace)' };

  test('is the parent of a group that names none', () => {
    expect(placed({ tenants }).parentFolder).toMatchObject({
      path: '/dc1/vm/tenants/shop',
      ofOperator: true,
    });
  });

  test('may be an absolute path, which is compared whole', () => {
    const at = (namespaceFolder: string) => placed({ tenants: { namespaceFolder } });
    expect(at('/dc1/vm/tenants/$(namespace)').parentFolder).toMatchObject({ path: '/dc1/vm/tenants/shop' });
    expect(at('/dc2/vm/tenants/$(namespace)').problems).toMatchObject([{ reason: 'FolderNotFound' }]);
    expect(at('/tenants/$(namespace)').problems).toMatchObject([{ reason: 'FolderNotFound' }]);
    // A folder of that name somewhere else is not meant.
    expect(at('$(namespace)').problems).toMatchObject([{ reason: 'FolderNotFound' }]);
  });

  test('a folder in it may be named, one outside may not', () => {
    expect(placed(inFolder('prod', { tenants }))).toMatchObject({
      problems: [],
      parentFolder: { path: '/dc1/vm/tenants/shop/prod' },
    });
    expect(placed(inFolder('/dc1/vm/tenants/shop', { tenants })).parentFolder).toMatchObject({ ofOperator: true });
    expect(problemsOf(inFolder('prod-bank', { tenants }))).toEqual([
      'NotAllowed: folder /dc1/vm/tenants/bank/prod-bank is outside /dc1/vm/tenants/shop, the folder of namespace shop: ' +
        'make a new group with spec.placement.folder set to that or one below it, or without it',
    ]);
    for (const folder of ['tenants', 'vm-operator', 'templates', '/dc1/vm/tenants/bank'])
      expect(problemsOf(inFolder(folder, { tenants }))[0], folder).toMatch(/^NotAllowed/);
  });

  test('no text leads out of it: a path is what the inventory finds by it, and that is judged by what holds it', () => {
    const store = anInventory(
      ...BASE,
      `${VM}/Folder:tenants/Folder:shop2/Folder:x`,
      `${VM}/Folder:tenants/Folder:shop%2f..%2fbank`,
      `${VM}/Folder:tenants/Folder:../Folder:y`,
    );
    for (const folder of ['/dc1/vm/tenants/shop2', 'shop2/x', '/dc1/vm/tenants/shop%2f..%2fbank', '../y'])
      expect(problemsOf(inFolder(folder, { tenants, store }))[0], folder).toMatch(/^NotAllowed/);
    for (const folder of ['/dc1/vm/tenants/shop/../bank', '/dc1/vm/tenants/shop/./prod', 'shop/../../bank'])
      expect(problemsOf(inFolder(folder, { tenants, store }))[0], folder).toMatch(/^FolderNotFound/);
  });

  test('a missing folder is for an administrator to make', () => {
    const missing = anInventory(...BASE.filter((path) => !path.includes('Folder:shop')));
    expect(problemsOf({ tenants, store: missing })).toEqual([
      'FolderNotFound: datacenter dc1 has no folder "tenants/shop" for namespace shop: an administrator creates it, or ' +
        'corrects --namespace-folder',
    ]);
    expect(placed({ tenants, store: missing }).parentFolder).toBeUndefined();
  });

  test('the folder of a group in it is no place for another group', () => {
    const store = anInventory(...BASE, `${VM}/Folder:tenants/Folder:shop/Folder:shop.db`);
    expect(problemsOf(inFolder('shop.db', { tenants, store }))[0]).toMatch(/^NotAllowed.*the folder of a group/);
  });
});

describe('--namespace-pools', () => {
  const tenants = { namespacePools: ['tenants/$(namespace)'] };
  const inPool = (placement: VmGroupSpecPlacement, given: Given = {}) => ({ ...given, spec: { placement } });
  const pathIn = (given: Given) => {
    const { resourcePool } = placed(given);
    return resourcePool && anInventory(...BASE).pathOf(resourcePool);
  };

  test('the only pool of a namespace is its default', () => {
    expect(pathIn({ tenants })).toBe('/dc1/host/c1/Resources/tenants/shop');
    expect(pathIn(inPool({ cluster: 'c1' }, { tenants }))).toBe('/dc1/host/c1/Resources/tenants/shop');
    const absolute = { namespacePools: ['/dc1/host/c1/Resources/tenants/$(namespace)'] };
    expect(pathIn({ tenants: absolute })).toBe('/dc1/host/c1/Resources/tenants/shop');
  });

  test('a pool below it may be named; another, the root and a vApp elsewhere may not', () => {
    expect(pathIn(inPool({ resourcePool: 'gold' }, { tenants }))).toBe('/dc1/host/c1/Resources/tenants/shop/gold');
    for (const resourcePool of ['bank', 'Resources', 'tenants', 'suite', '/dc1/host/c1/Resources/tenants/bank'])
      expect(problemsOf(inPool({ resourcePool }, { tenants }))[0], resourcePool).toMatch(/^NotAllowed/);
    expect(problemsOf(inPool({ resourcePool: 'bank' }, { tenants }))).toEqual([
      'NotAllowed: resource pool /dc1/host/c1/Resources/tenants/bank is not one of namespace shop: set ' +
        'spec.placement.resourcePool to one of /dc1/host/c1/Resources/tenants/shop, or to one below',
    ]);
  });

  test('a vApp in the pool of the namespace belongs to it, wherever it shows', () => {
    const app = `${ROOT}/ResourcePool:tenants/ResourcePool:shop/VirtualApp:own`;
    const store = anInventory(...BASE, app);
    store.apply(drawn(app), [{ path: 'parentFolder', value: drawn(`${VM}/Folder:tenants/Folder:bank`) }]);
    const { problems, resourcePool } = placed(inPool({ resourcePool: 'own' }, { tenants, store }));
    expect([problems, resourcePool]).toEqual([[], drawn(app)]);
  });

  test('of several the spec has to name one', () => {
    const several = { namespacePools: ['tenants/$(namespace)', 'tenants/$(namespace)/gold'] };
    expect(problemsOf({ tenants: several })).toEqual([
      'Ambiguous: namespace shop has 2 resource pools: set spec.placement.resourcePool to one of ' +
        '/dc1/host/c1/Resources/tenants/shop, /dc1/host/c1/Resources/tenants/shop/gold',
    ]);
  });

  test('a cluster without one is refused', () => {
    const second = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c2/ResourcePool:Resources';
    const store = anInventory(...BASE, second);
    expect(placed({ tenants, store }).problems).toEqual([]);
    expect(problemsOf(inPool({ cluster: 'c2' }, { tenants, store }))).toEqual([
      'NotAllowed: cluster c2 has no resource pool of namespace shop: leave out spec.placement.cluster, or set it to that ' +
        'of /dc1/host/c1/Resources/tenants/shop',
    ]);
  });

  test('a missing pool is for an administrator to make', () => {
    expect(problemsOf({ tenants: { namespacePools: ['pools/$(namespace)'] } })).toEqual([
      'ResourcePoolNotFound: datacenter dc1 has no resource pool "pools/shop" for namespace shop: an administrator ' +
        'creates it, or corrects --namespace-pools',
    ]);
  });
});

describe('a path with an empty name in it is no other way to write the path above', () => {
  const shop = { namespaceFolder: 'tenants/$(namespace)', namespacePools: ['tenants/$(namespace)'] };
  const network = 'Datacenter:dc1/Folder:network/Network:front';
  const store = anInventory(...BASE, network, 'Datacenter:dc1/Folder:datastore/Datastore:ssd');

  test.each<[string, Partial<VmGroupSpec>]>([
    ['DatacenterNotFound: datacenter "/dc1/"', { placement: { datacenter: '/dc1/' } }],
    ['FolderNotFound: folder "/dc1/vm/tenants/shop/"', { placement: { folder: '/dc1/vm/tenants/shop/' } }],
    ['FolderNotFound: folder "tenants//shop"', { placement: { folder: 'tenants//shop' } }],
    ['ClusterNotFound: cluster "/dc1/host//c1"', { placement: { cluster: '/dc1/host//c1' } }],
    [
      'ResourcePoolNotFound: resource pool "/dc1/host/c1/Resources/tenants/shop/"',
      { placement: { resourcePool: '/dc1/host/c1/Resources/tenants/shop/' } },
    ],
    ['ResourcePoolNotFound: resource pool "shop//"', { placement: { resourcePool: 'shop//' } }],
    ['DatastoreNotFound: datastore "/dc1/datastore/ssd/"', { placement: { datastore: '/dc1/datastore/ssd/' } }],
    ['NetworkNotFound: network "front/"', { networks: [{ name: 'a', network: 'front/' }] }],
    ['TemplateNotFound: template "/dc1/vm/templates/ubuntu/"', { template: '/dc1/vm/templates/ubuntu/' }],
  ])('R15: %s is refused, with field and remedy, whether namespaces have limits or not', (start, spec) => {
    for (const tenants of [{}, shop]) {
      const told = problemsOf({ spec, tenants, store });
      expect(told).toEqual([expect.stringContaining(`${start} was not found`)]);
      expect(told[0]).toMatch(/for it has a "\/" at its end or two in a row: correct spec\./);
    }
  });
});
