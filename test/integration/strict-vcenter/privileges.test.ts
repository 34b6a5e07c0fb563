import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  LISTED_PRIVILEGES,
  machinePermission,
  type Permission,
  READ_CUSTOMIZATION,
  READ_ONLY,
} from '../../envtest/strict-vcenter/strict-options';
import { cloned, cloneSpec, RawSession, ref, strictVCenter } from './raw-session';

async function operatorWith(permissions: readonly Permission[] = []) {
  const { vcsim, admin } = await strictVCenter({ strict: { permissions } });
  return { admin, operator: await RawSession.open(vcsim, vcsim.user) };
}

async function listedPrivileges(): Promise<readonly (string | undefined)[]> {
  const page = await readFile('docs/operating.md', 'utf8');
  const rows = page.split('\n').filter((line) => /^\| `[A-Z]\w+\.\w+/.test(line));
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
}

test('the role of the tests is what docs/operating.md lists, but for what the simulator cannot ask for', async () => {
  const unasked = /^(InventoryService\.|Cryptographer\.)/;
  // A privilege has a row for each place and feature that needs it.
  const listed = new Set((await listedPrivileges()).filter((privilege) => !unasked.test(privilege ?? '')));
  expect([...listed].sort()).toEqual([...Object.values(LISTED_PRIVILEGES).flat(), READ_CUSTOMIZATION].sort());
});

describe("the operator's account", () => {
  test('lives the life of a machine with the role of the tests, and may do no more', async () => {
    const { operator } = await operatorWith();
    const machine = await cloned(operator, 'web');
    expect(await operator.task('PowerOnVM_Task', machine)).not.toHaveProperty('fault');
    expect(await operator.task('PowerOffVM_Task', machine)).not.toHaveProperty('fault');
    expect((await operator.call('MarkAsTemplate', machine)).fault).toBe('NoPermission');
    expect((await operator.call('SuspendVM_Task', machine)).fault).toBe('NoPermission');
    expect(await operator.task('Destroy_Task', machine)).not.toHaveProperty('fault');
  });

  test.each([
    ['Folder.Create', 'CreateFolder'],
    ['VirtualMachine.Inventory.CreateFromExisting', 'CloneVM_Task'],
    ['VirtualMachine.Config.AddNewDisk', 'CloneVM_Task'],
    ['VirtualMachine.Provisioning.DeployTemplate', 'CloneVM_Task'],
    ['VirtualMachine.Interact.PowerOn', 'PowerOnVM_Task'],
    ['VirtualMachine.Config.CPUCount', 'ReconfigVM_Task'],
    ['VirtualMachine.Inventory.Delete', 'Destroy_Task'],
  ])('without %s is refused %s, by the name of the privilege', async (privilege, method) => {
    const { admin, operator } = await operatorWith([machinePermission({ without: [privilege] })]);
    const machine = await cloned(admin, 'web');
    const folder = await admin.find('Folder', 'vm-operator');
    const clone = await cloneSpec(admin, 'other');
    const calls: Record<string, readonly [target: string, body: string]> = {
      CreateFolder: [folder, '<name>new</name>'],
      CloneVM_Task: [clone.template, clone.parameters],
      ReconfigVM_Task: [machine, '<spec><numCPUs>2</numCPUs></spec>'],
    };
    const [target, body] = calls[method] ?? [machine, ''];
    const { fault, text } = await operator.call(method, target, body);
    expect(fault).toBe('NoPermission');
    expect(text).toContain(`<privilegeId>${privilege}</privilegeId>`);
    expect((await admin.call(method, target, body)).fault).toBeUndefined();
  });

  test.each([
    ['datastore', 'Datastore.AllocateSpace'],
    ['network', 'Network.Assign'],
    ['host', 'Resource.AssignVMToPool'],
  ])('clones nothing without what it needs on the %s', async (folder, privilege) => {
    const { operator } = await operatorWith([{ path: `/vcqaDC/${folder}`, privileges: READ_ONLY }]);
    const { template, parameters } = await cloneSpec(operator, 'web');
    const { fault, text } = await operator.call('CloneVM_Task', template, parameters);
    expect([fault, text.includes(privilege)]).toEqual(['NoPermission', true]);
  });

  test.each([
    [[...READ_ONLY], 'NoPermission'],
    [[...READ_ONLY, 'VirtualMachine.Provisioning.ReadCustSpecs'], undefined],
  ])('with %j on the root folder a customization specification ends in %s', async (privileges, expected) => {
    const { operator } = await operatorWith([{ path: '/', privileges }]);
    const { fault } = await operator.call(
      'GetCustomizationSpec',
      'CustomizationSpecManager:CustomizationSpecManager',
      '<name>vcsim-linux</name>',
    );
    expect(fault).toBe(expected);
  });

  test('finds what it may not read in missingSet, in reads and in updates', async () => {
    const { admin, operator } = await operatorWith([
      { path: '/vcqaDC/vm/vm-operator/vm-operator-template', privileges: ['System.View'] },
    ]);
    const template = await admin.find('VirtualMachine', 'vm-operator-template');
    const set = `<propSet><type>VirtualMachine</type><pathSet>name</pathSet></propSet><objectSet>${ref('obj', template)}</objectSet>`;
    const missing = /<missingSet><path>name<\/path><fault><fault [^>]*[\w-]+:type="NoPermission">/;
    const collector = 'PropertyCollector:propertyCollector';
    expect(
      (await operator.call('RetrievePropertiesEx', collector, `<specSet>${set}</specSet><options/>`)).text,
    ).toMatch(missing);
    await operator.call('CreateFilter', collector, `<spec>${set}</spec><partialUpdates>false</partialUpdates>`);
    expect((await operator.call('WaitForUpdatesEx', collector, '<version></version><options/>')).text).toMatch(missing);
  });

  test('is told its privileges object by object; the closest permission wins', async () => {
    const { operator } = await operatorWith([{ path: '/vcqaDC/vm/vm-operator', privileges: READ_ONLY }]);
    const [folder, vmFolder] = [await operator.find('Folder', 'vm-operator'), await operator.find('Folder', 'vm')];
    const parameters = `${ref('entities', folder)}${ref('entities', vmFolder)}<userName>anybody</userName>`;
    const { root } = await operator.call(
      'FetchUserPrivilegeOnEntities',
      'AuthorizationManager:AuthorizationManager',
      parameters,
    );
    const [onFolder, onVmFolder] = root
      .findAll('returnval')
      .map((result) => result.findAll('privileges').map(({ text }) => text));
    expect(onFolder).toEqual(READ_ONLY);
    expect(onVmFolder).toContain('Folder.Create');
  });
});
