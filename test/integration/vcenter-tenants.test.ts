/** R15 on real parts: what a person tries who may only write VmGroups in one namespace, while an administrator has VCenters. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';
import { addNamespace, addVCenter, applyObject } from './vcenter-manifests';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);
const AUTHOR = '--as=author';
const VM = '/vcqaDC/vm';

beforeAll(buildIfDue);

/** Binds the role of who may edit VmGroups in the namespace shop. */
async function addAuthor(here: Installation): Promise<void> {
  const rbac = 'rbac.authorization.k8s.io';
  const metadata = { name: 'author', namespace: 'shop' };
  for (const role of ['view', 'edit'])
    await applyObject(here, {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { ...metadata, name: `author-${role}` },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: `codeconnect-vm-operator-${role}` },
      subjects: [{ apiGroup: rbac, kind: 'User', name: 'author' }],
    });
}

/** A VmGroup of the author. */
async function tries(here: Installation, name: string, spec: object): Promise<void> {
  const group = {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name, namespace: 'shop' },
    spec: { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template', ...spec },
  };
  await applyObject(here, group, AUTHOR);
}

interface Told {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** Waits until a group has a condition of this type that is as asked for. */
async function untilTold(here: Installation, group: string, type: string, isSo: (told: Told) => boolean) {
  const [namespace = '', name = ''] = group.split('/');
  await here.until(`${group}: ${type}`, async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', name, '-n', namespace, '-o', 'json'));
    const told = ((status?.conditions ?? []) as Told[]).filter((condition) => condition.type === type);
    return told.some(isSo) ? [] : [JSON.stringify([told, status?.lastMessage])];
  });
}

const because = (wanted: string, part: string) => (told: Told) => told.reason === wanted && told.message.includes(part);

const ownedBy = async (here: Installation, group: string) =>
  (await here.machines()).filter((machine) => machine.group === group);

test('R15: an author of one namespace gets no more than its VCenter allows, and touches nothing of another tenant', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  const tenants = await changes.createFolder((await here.folder('vm')) ?? '', 'tenants');
  for (const name of ['shop', 'bank']) await changes.createFolder(tenants, name);
  const source = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
  const bankFolder = (await here.folder('bank')) ?? '';
  const gold = await here.vcenter.cloneForeign(source, bankFolder, 'gold', within());
  await here.vcenter.invoke('MarkAsTemplate', 'VirtualMachine', gold, '', within());
  for (const site of ['shop', 'bank']) {
    await addNamespace(here, site, site);
    await addVCenter(here, site, here.vcsim, {
      defaults: { placement: { folder: `${VM}/tenants/${site}` } },
      allowed: { templates: [`${VM}/vm-operator/*`], folders: [`${VM}/tenants/${site}`, `${VM}/tenants/${site}/**`] },
      limits: { perVM: { cpu: 2 }, perNamespace: { vms: 3 } },
    });
  }
  await addAuthor(here);
  await here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  await here.applyIn('bank', 'web', { replicas: 2 });
  await untilTold(here, 'bank/web', 'Ready', ({ status }) => status === 'True');
  const before = await ownedBy(here, 'bank/web');
  expect(before).toHaveLength(2);

  await tries(here, 'elsewhere', { vcenterRef: { name: 'bank' } });
  await untilTold(here, 'shop/elsewhere', 'VCenterReady', because('NotAllowed', 'bank'));
  await tries(here, 'gold', { template: `${VM}/tenants/bank/gold` });
  await untilTold(here, 'shop/gold', 'PlacementReady', because('NotAllowed', 'tenants/bank/gold'));
  await tries(here, 'squatter', { placement: { folder: `${VM}/tenants/bank/bank.web` } });
  await untilTold(here, 'shop/squatter', 'PlacementReady', because('NotAllowed', 'bank.web'));
  await tries(here, 'visitor', { placement: { folder: `${VM}/tenants/bank` } });
  await untilTold(here, 'shop/visitor', 'PlacementReady', because('NotAllowed', 'tenants/bank'));
  await tries(here, 'giant', { cpu: 4 });
  await untilTold(here, 'shop/giant', 'WithinLimits', because('PerVMLimit', '2'));
  // The same name as the neighbour's group, and its machines asked for.
  await tries(here, 'web', { replicas: 5 });
  await here.run('annotate', AUTHOR, 'vg', 'web', '-n', 'shop', 'vm.codeconnect.vmworld.com/adopt=Adopt');
  await untilTold(here, 'shop/web', 'WithinLimits', because('NamespaceQuota', '3'));
  // Who waits is not promised the room before others: first it has it.
  await here.until('shop/web has what the limit leaves it', async () => {
    const { length } = await ownedBy(here, 'shop/web');
    return length === 3 ? [] : [`${length} machines`];
  });
  await tries(here, 'second', { replicas: 3 });
  await untilTold(here, 'shop/second', 'WithinLimits', because('NamespaceQuota', '3'));
  for (const name of ['elsewhere', 'gold', 'squatter', 'visitor', 'giant', 'second'])
    expect(await ownedBy(here, `shop/${name}`), name).toEqual([]);

  await here.run('delete', AUTHOR, 'vg', '--all', '-n', 'shop', '--timeout=60s');
  expect(await ownedBy(here, 'shop/web')).toEqual([]);
  expect(await ownedBy(here, 'bank/web')).toEqual(before);
  expect(await here.folder('bank.web')).toBeDefined();
});

test('R15: the roles for authors give no right to statuses, VCenters, Leases, labels of namespaces or accounts', async () => {
  const here = await Installation.start(binaries);
  await addNamespace(here, 'shop', 'shop');
  await addAuthor(here);
  const { namespace } = here.facts;
  const can = async (...question: string[]) =>
    (await here.run('auth', 'can-i', ...question, AUTHOR).catch(({ message }) => `no: ${message}`)).startsWith('yes');
  expect(await can('patch', 'vmgroups', '-n', 'shop')).toBe(true);
  expect(await can('get', 'vmgroups', '--subresource=status', '-n', 'shop')).toBe(true);
  const refused = [
    ['patch', 'vmgroups', '--subresource=status', '-n', 'shop'],
    ['update', 'vmgroups', '--subresource=status', '-n', 'shop'],
    ['patch', 'vmgroups', '-n', 'bank'],
    ['get', 'secrets', '-n', namespace],
    ['get', 'secrets', '-n', 'shop'],
    ['update', 'leases.coordination.k8s.io', '-n', namespace],
    ['patch', 'namespaces', '-n', 'shop'],
    ['create', 'vcenters'],
    ['patch', 'vcenters'],
    ['patch', 'vcenters', '--subresource=status'],
  ];
  for (const question of refused) expect(await can(...question), question.join(' ')).toBe(false);
});
