import { expect, test } from 'vitest';
import { allocations, type RawSession, ref, strictVCenter } from './raw-session';

const children = async (admin: RawSession, folder: string) => (await admin.read(folder, 'childEntity')).childEntity;

test('a vApp is a child of its folder, and its machine has no parent', async () => {
  const { admin } = await strictVCenter();
  const [pool, vmFolder] = [await admin.find('ResourcePool'), await admin.find('Folder', 'vm')];
  const folder = `Folder:${(await admin.call('CreateFolder', vmFolder, '<name>group</name>')).value}`;
  const vapp = await admin.call(
    'CreateVApp',
    pool,
    `<name>app</name>${allocations()}<configSpec/>${ref('vmFolder', folder)}`,
  );
  expect(vapp.fault).toBeUndefined();
  expect(await children(admin, folder)).toBe(vapp.value);

  const datastore = (await admin.read(await admin.find('Datastore'), 'name')).name;
  const config = `<config><name>inside</name><files><vmPathName>[${datastore}]</vmPathName></files></config>`;
  const { result, fault } = await admin.task('CreateChildVM_Task', `VirtualApp:${vapp.value}`, config);
  expect(fault).toBeUndefined();
  expect(await admin.read(`VirtualMachine:${result}`, 'parent', 'parentVApp')).toEqual({ parentVApp: vapp.value });
  expect(await children(admin, folder)).toBe(vapp.value);

  expect(await admin.task('Destroy_Task', `VirtualMachine:${result}`)).not.toHaveProperty('fault');
  expect(await admin.task('Destroy_Task', `VirtualApp:${vapp.value}`)).not.toHaveProperty('fault');
  expect(await children(admin, folder)).toBe('');
});

test('a datastore cluster is the parent of the datastores that are moved into it', async () => {
  const { admin } = await strictVCenter({ pods: 1, datastores: 2 });
  const [pod, datastore] = [await admin.find('StoragePod'), await admin.find('Datastore')];
  expect(await admin.task('MoveIntoFolder_Task', pod, ref('list', datastore))).not.toHaveProperty('fault');
  expect(await admin.read(datastore, 'parent')).toEqual({ parent: pod.replace('StoragePod:', '') });
  expect(`Datastore:${await children(admin, pod)}`).toBe(datastore);
});
