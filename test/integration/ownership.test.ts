/** R1 on real parts: our machines are kept even if they are moved, and foreign machines are never changed. */
import { describe, expect, inject, test } from 'vitest';
import { Mark } from '../../src/api/ownership';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
const LEGACY = 'vm.codeconnect.vmworld.com/legacy';
const ADOPT = 'vm.codeconnect.vmworld.com/adopt';
const within = () => AbortSignal.timeout(30_000);

const idsOf = async (here: Installation) => (await here.machinesOf('web')).map(({ id }) => id).sort();

async function untilMessage(here: Installation, part: string): Promise<void> {
  await here.until(part, async () => {
    const message = (await here.group('web'))?.status?.lastMessage ?? '';
    return message.includes(part) ? [] : [message];
  });
}

test('R1: a clone by a person with our marks is never changed; a machine of ours that was moved still counts', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const changes = new MachineChanges(here);
  await here.apply('web', { replicas: 2 });
  await here.untilRunning('web', 2);
  const [original, moved] = await here.machinesOf('web');
  const folder = (await here.folder('default.web')) ?? '';
  const marks: Record<string, string> = {};
  for (const key of Object.values(Mark)) marks[key] = (await changes.extraConfig(original?.id ?? '', key)) ?? '';
  // vCenter copies extraConfig when a person clones a machine. The simulator does not, so the test does.
  const copy = await here.vcenter.cloneForeign(original?.id ?? '', folder, 'copy', within());
  await changes.setExtraConfig(copy, marks);
  const elsewhere = await changes.createFolder((await here.folder('vm-operator')) ?? '', 'elsewhere');
  await changes.move(moved?.id ?? '', elsewhere);

  await here.run('scale', 'vg', 'web', '--replicas=3');
  await here.until('three machines of ours besides the copy, all powered on', async () => {
    const machines = (await here.machinesOf('web')).filter(({ id }) => id !== copy);
    const on = machines.filter(({ powerState }) => powerState === 'poweredOn').length;
    return machines.length === 3 && on === 3 ? [] : [`${machines.length} machines, ${on} on`];
  });
  expect(await idsOf(here)).toContain(moved?.id);
  await here.run('scale', 'vg', 'web', '--replicas=0');
  await here.until('only the copy', async () => {
    const ids = await idsOf(here);
    return ids.length === 1 && ids[0] === copy ? [] : [ids.join()];
  });
  await here.run('delete', 'vg', 'web', '--timeout=60s');
  const left = (await here.machines()).map(({ name, powerState }) => [name, powerState]).sort();
  expect(left).toEqual([
    ['copy', 'poweredOff'],
    ['vm-operator-template', 'poweredOff'],
  ]);
  expect(await here.folder('default.web')).toBe(folder);
});

describe('machines of the original operator', () => {
  async function legacy(): Promise<{ here: Installation; ids: readonly string[] }> {
    const here = await Installation.start(binaries);
    const changes = new MachineChanges(here);
    const folder = await changes.createFolder((await here.folder('vm-operator')) ?? '', 'default-web');
    const template = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
    const ids: string[] = [];
    for (const name of ['web-replica-aaaa', 'web-replica-bbbb']) {
      ids.push(await here.vcenter.cloneForeign(template, folder, name, within()));
    }
    await here.apply('web', { replicas: 2 });
    await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', '{"metadata":{"finalizers":["vm-operator"]}}');
    return { here, ids };
  }

  test('wait for the annotation; Adopt takes over them and their folder', async () => {
    const { here, ids } = await legacy();
    await here.operator();
    await untilMessage(here, 'holds 2 machines of this group');
    expect(await here.machinesOf('web')).toEqual([]);
    const folder = await here.folder('default-web');
    await here.run('annotate', 'vg', 'web', `${LEGACY}=Adopt`);
    await here.untilRunning('web', 2);
    expect(await idsOf(here)).toEqual([...ids].sort());
    expect([await here.folder('default.web'), await here.folder('default-web')]).toEqual([folder, undefined]);
    await here.run('delete', 'vg', 'web', '--timeout=60s');
    expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
    expect(await here.folder('default.web')).toBeUndefined();
  });

  test('block the group only until a person removes them', async () => {
    const { here, ids } = await legacy();
    await here.operator();
    await untilMessage(here, 'holds 2 machines of this group');
    for (const id of ids) await here.vcenter.destroy(id, within());
    await here.untilRunning('web', 2);
  });
});

test('after a restore of the cluster, machines of the former group wait for the annotation; Adopt keeps them', async () => {
  const here = await Installation.start(binaries);
  await here.operator({ flags: ['--adopt-from-clusters=former'] });
  const changes = new MachineChanges(here);
  await here.apply('web', { replicas: 2 });
  await here.untilRunning('web', 2);
  const before = await idsOf(here);
  // As after a restore from a backup: the machines have the UID of the former group.
  await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', '{"spec":{"paused":true}}');
  for (const id of before) await changes.setExtraConfig(id, { [Mark.Uid]: 'former', [Mark.Cluster]: 'former' });
  await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', '{"spec":{"paused":false}}');
  await untilMessage(here, 'belong to an earlier one (cluster former, uid former)');
  expect(await idsOf(here)).toEqual(before);
  await here.run('annotate', 'vg', 'web', `${ADOPT}=Adopt`);
  await here.untilRunning('web', 2);
  expect(await idsOf(here)).toEqual(before);
});

test('a machine with a disk that is not its own is not destroyed until the disk is detached', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const changes = new MachineChanges(here);
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  const [machine] = await here.machinesOf('web');
  const id = machine?.id ?? '';
  const file = '[LocalDS_0] kept.vmdk';
  const spec =
    '<spec xsi:type="FileBackedVirtualDiskSpec"><diskType>thin</diskType><adapterType>lsiLogic</adapterType><capacityKb>1024</capacityKb></spec>';
  const datacenter = await datacenterOf(here);
  await here.vcenter.invoke(
    'CreateVirtualDisk_Task',
    'VirtualDiskManager',
    'virtualDiskManager',
    `<name>${file}</name><datacenter type="Datacenter">${datacenter}</datacenter>${spec}`,
    within(),
  );
  const disk = (key: number) =>
    `<device xsi:type="VirtualDisk"><key>${key}</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>${file}</fileName>` +
    '<diskMode>persistent</diskMode></backing><controllerKey>202</controllerKey><unitNumber>7</unitNumber><capacityInKB>1024</capacityInKB></device>';
  await changes.reconfigure(id, `<deviceChange><operation>add</operation>${disk(-1)}</deviceChange>`);
  await here.run('delete', 'vg', 'web', '--wait=false');
  await untilMessage(here, 'detach');
  expect((await here.group('web'))?.status?.lastMessage).toContain(file);
  expect(await idsOf(here)).toEqual([id]);
  const key = await keyOfDisk(here, id, file);
  await changes.reconfigure(id, `<deviceChange><operation>remove</operation>${disk(key)}</deviceChange>`);
  await here.until('gone', async () => {
    const group = await here.group('web');
    return group === undefined ? [] : [`${group.status?.lastMessage}`];
  });
  expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
});

async function datacenterOf(here: Installation): Promise<string> {
  const vmFolder = (await here.vcenter.folders(within())).find(({ name }) => name === 'vm')?.id ?? '';
  return (await here.vcenter.property('Folder', vmFolder, 'parent', within()))?.text ?? '';
}

/** The key that the simulator has given to the disk. */
async function keyOfDisk(here: Installation, id: string, file: string): Promise<number> {
  const devices = await here.vcenter.property('VirtualMachine', id, 'config.hardware.device', within());
  const disk = devices?.children.find(({ text }) => text.includes(file));
  return Number(disk?.find('key')?.text);
}
