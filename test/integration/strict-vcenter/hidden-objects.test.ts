import { describe, expect, test } from 'vitest';
import type { Permission } from '../../envtest/strict-vcenter/strict-options';
import { cloned, RawSession, ref, strictVCenter } from './raw-session';
import { nextObjects, watchedMachines } from './raw-updates';

const SEARCH = 'SearchIndex:SearchIndex';
const TEMPLATE = { name: 'vm-operator-template', path: 'vcqaDC/vm/vm-operator/vm-operator-template' };

async function vCenterWith(permission?: Permission) {
  const { vcsim, admin } = await strictVCenter(permission && { strict: { permissions: [permission] } });
  return { admin, operator: await RawSession.open(vcsim, vcsim.user), user: vcsim.user };
}

const withTemplateHidden = () => vCenterWith({ path: `/${TEMPLATE.path}`, privileges: ['System.Read'] });

describe('an object without System.View', () => {
  test('is in no view of the account', async () => {
    const { admin, operator } = await withTemplateHidden();
    await admin.find('VirtualMachine', TEMPLATE.name);
    await expect(operator.find('VirtualMachine', TEMPLATE.name)).rejects.toThrow('no VirtualMachine');
  });

  test.each([
    ['FindByInventoryPath', `<inventoryPath>${TEMPLATE.path}</inventoryPath>`],
    ['FindChild', `<name>${TEMPLATE.name}</name>`],
    ['FindAllByUuid', '<vmSearch>true</vmSearch><instanceUuid>true</instanceUuid>'],
    ['FindByUuid', '<vmSearch>true</vmSearch><instanceUuid>true</instanceUuid>'],
  ])('is not found by %s', async (method, parameters) => {
    const { admin, operator } = await withTemplateHidden();
    const template = await admin.find('VirtualMachine', TEMPLATE.name);
    const folder = ref('entity', await admin.find('Folder', 'vm-operator'));
    const { 'config.instanceUuid': uuid } = await admin.read(template, 'config.instanceUuid');
    const what = method === 'FindChild' ? folder : method.endsWith('Uuid') ? `<uuid>${uuid}</uuid>` : '';
    expect(`VirtualMachine:${(await admin.call(method, SEARCH, what + parameters)).value}`).toBe(template);
    expect(await operator.call(method, SEARCH, what + parameters)).toMatchObject({ fault: undefined, value: '' });
  });

  test('is refused to a read and to a call that name it, by the name of the privilege', async () => {
    const { admin, operator } = await withTemplateHidden();
    const template = await admin.find('VirtualMachine', TEMPLATE.name);
    await expect(operator.read(template, 'name')).rejects.toThrow('<privilegeId>System.View</privilegeId>');
    const { fault, text } = await operator.call('PowerOnVM_Task', template);
    expect(fault).toBe('NoPermission');
    expect(text).toContain('<privilegeId>System.View</privilegeId>');
  });
});

test('an object with System.View and without System.Read is found by its path, and not by its UUID', async () => {
  const { admin, operator } = await vCenterWith({ path: `/${TEMPLATE.path}`, privileges: ['System.View'] });
  const template = await admin.find('VirtualMachine', TEMPLATE.name);
  const { 'config.instanceUuid': uuid } = await admin.read(template, 'config.instanceUuid');
  const path = `<inventoryPath>${TEMPLATE.path}</inventoryPath>`;
  const byUuid = `<uuid>${uuid}</uuid><vmSearch>true</vmSearch><instanceUuid>true</instanceUuid>`;
  expect(`VirtualMachine:${(await operator.call('FindByInventoryPath', SEARCH, path)).value}`).toBe(template);
  expect(await operator.call('FindAllByUuid', SEARCH, byUuid)).toMatchObject({ fault: undefined, value: '' });
});

/** The administrator takes the right to see a machine from an account, or gives it back. */
async function permit(admin: RawSession, user: string, machine: string, sight: boolean): Promise<void> {
  const account = `<principal>${user}</principal><group>false</group>`;
  const noAccess = `<permission>${account}<roleId>-5</roleId><propagate>true</propagate></permission>`;
  const [method, what] = sight
    ? ['RemoveEntityPermission', `<user>${user}</user><isGroup>false</isGroup>`]
    : ['SetEntityPermissions', noAccess];
  const parameters = `${ref('entity', machine)}${what}`;
  expect((await admin.call(method, 'AuthorizationManager:AuthorizationManager', parameters)).fault).toBeUndefined();
}

test('the administrator takes the right to see a machine from an account, and gives it back', async () => {
  const { admin, operator, user } = await vCenterWith();
  const machine = await cloned(admin, 'web');
  expect(await operator.find('VirtualMachine', 'web')).toBe(machine);
  await permit(admin, user, machine, false);
  await expect(operator.find('VirtualMachine', 'web')).rejects.toThrow('no VirtualMachine');
  expect(await admin.find('VirtualMachine', 'web')).toBe(machine);
  await permit(admin, user, machine, true);
  expect(await operator.find('VirtualMachine', 'web')).toBe(machine);
});

test('by the option hiddenObjectsLeave a machine leaves the filters of the account, and enters when it is seen again', async () => {
  const { vcsim, admin } = await strictVCenter({ strict: { hiddenObjectsLeave: true } });
  const operator = await RawSession.open(vcsim, vcsim.user);
  const machine = await cloned(admin, 'web');
  await watchedMachines(operator);
  expect(await nextObjects(operator, '')).toContain(`enter ${machine}`);
  await permit(admin, vcsim.user, machine, false);
  expect(await nextObjects(operator, '-')).toEqual([`leave ${machine}`]);
  await permit(admin, vcsim.user, machine, true);
  expect(await nextObjects(operator, '-')).toEqual([`enter ${machine}`]);
});

test('a machine that was never seen enters the filters of the account that may see it', async () => {
  const { admin, operator, user } = await vCenterWith();
  const machine = await cloned(admin, 'web');
  await permit(admin, user, machine, false);
  await watchedMachines(operator);
  expect(await nextObjects(operator, '')).not.toContain(`enter ${machine}`);
  await permit(admin, user, machine, true);
  expect(await nextObjects(operator, '-')).toEqual([`enter ${machine}`]);
});
