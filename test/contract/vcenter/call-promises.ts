/** What the calls of a connection do to machines and folders. */
import { expect, test } from 'vitest';
import type { ClusterChange } from '../../../src/vsphere';
import { type ContractStage, call, resultOf } from './contract-stage';
import { uuidOf } from './contract-world';

export function promiseCalls(stage: ContractStage): void {
  test('a clone ends with a machine that has its marks and is found by its UUID', async () => {
    const machine = await stage.seen('alpha');
    expect(stage.inventory.virtualMachine(machine)).toMatchObject({
      name: 'alpha',
      parent: stage.landmarks.folder,
      powerState: 'poweredOff',
      isTemplate: false,
      numCpu: 2,
      memoryMiB: 512,
      instanceUuid: uuidOf('alpha'),
      extraConfig: { 'codeconnect.uid': 'U-alpha' },
    });
    expect(stage.inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'U-alpha')).toHaveLength(1);
    const live = await stage.world.answered(stage.calls.readVirtualMachine(machine, call('read')));
    const { details: _, ...reported } = stage.inventory.virtualMachine(machine) ?? {};
    expect(live).toMatchObject(reported);
    expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('alpha'), call('find')))).toEqual([
      machine,
    ]);
    expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('absent'), call('find')))).toEqual([]);
    expect(
      stage.here.changes.filter(({ before, after }) => before === undefined && after?.name === 'alpha'),
    ).toHaveLength(1);
  });

  test('a name is unique among the machines and folders of a folder', async () => {
    await stage.seen('beta');
    const again = await stage.clone('beta');
    expect(again).toMatchObject({ kind: 'Failed', failure: { code: 'DuplicateName', outcome: 'Refused' } });
    await expect(
      stage.world.answered(stage.calls.createFolder(stage.landmarks.folder, 'beta', call('vmop-folder'))),
    ).rejects.toMatchObject({ code: 'DuplicateName' });
    expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('beta'), call('find')))).toHaveLength(1);
  });

  test('power changes are seen, and a power call without a change is InvalidPowerState', async () => {
    const machine = await stage.seen('gamma');
    expect(await stage.powerOff(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
    expect((await stage.powerOn(machine)).kind).toBe('Succeeded');
    await stage.here.until('on', () => stage.inventory.virtualMachine(machine)?.powerState === 'poweredOn');
    expect(await stage.powerOn(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
    expect(await stage.destroy(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
    expect((await stage.powerOff(machine)).kind).toBe('Succeeded');
    await stage.here.until('off', () => stage.inventory.virtualMachine(machine)?.powerState === 'poweredOff');
  });

  test('a destroyed machine leaves the inventory once, and later calls on it are ManagedObjectNotFound', async () => {
    const machine = await stage.seen('delta');
    expect((await stage.destroy(machine)).kind).toBe('Succeeded');
    await stage.here.until('left', () => stage.inventory.virtualMachine(machine) === undefined);
    expect(
      stage.here.changes.filter(({ before, after }) => after === undefined && before?.name === 'delta'),
    ).toHaveLength(1);
    expect(await stage.powerOn(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'ManagedObjectNotFound' } });
    expect(await stage.world.answered(stage.calls.readVirtualMachine(machine, call('read')))).toBeUndefined();
  });

  test('a reconfigure changes size and marks, and an empty value removes a mark', async () => {
    const machine = await stage.seen('epsilon');
    const size = { numCpu: 4, memoryMiB: 1024, extraConfig: { 'codeconnect.uid': '', 'codeconnect.group': 'ns/g' } };
    const change = stage.other((ref, signal) => stage.calls.reconfigure({ ref }, size, call('vmop-size', signal)));
    expect((await change(machine)).kind).toBe('Succeeded');
    await stage.here.until('resized', () => stage.inventory.virtualMachine(machine)?.memoryMiB === 1024);
    await stage.here.until(
      'unmarked',
      () => stage.inventory.virtualMachine(machine)?.extraConfig['codeconnect.uid'] === undefined,
    );
    expect(stage.inventory.virtualMachine(machine)).toMatchObject({
      numCpu: 4,
      extraConfig: { 'codeconnect.group': 'ns/g' },
    });
    expect(stage.inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'U-epsilon')).toEqual([]);
  });

  test('a folder is created, read, seen and removed', async () => {
    const folder = await stage.world.answered(
      stage.calls.createFolder(stage.landmarks.folder, 'ns.web/50%', call('vmop-folder')),
    );
    await stage.here.until('seen', () => stage.inventory.entity(folder) !== undefined);
    expect(stage.inventory.entity(folder)).toMatchObject({ name: 'ns.web/50%', parent: stage.landmarks.folder });
    expect(await stage.world.answered(stage.calls.readFolderChildren(folder, call('read')))).toEqual([]);
    const parent = await stage.world.answered(stage.calls.readFolderChildren(stage.landmarks.folder, call('read')));
    expect(parent).toContainEqual(folder);
    const remove = stage.other((ref, signal) => stage.calls.destroyFolder(ref, call('vmop-folder', signal)));
    expect((await remove(folder)).kind).toBe('Succeeded');
    await stage.here.until('gone', () => stage.inventory.entity(folder) === undefined);
    expect(await stage.world.answered(stage.calls.readFolderChildren(folder, call('read')))).toBeUndefined();
  });

  test('a clone with networks keeps adapters, adds missing ones and removes surplus ones', async () => {
    const [asItIs] = await stage.world.hand.adaptersOf(stage.landmarks.template);
    const { network, portgroup } = stage.landmarks;
    const both = await stage.seen('nu', { networks: [network, portgroup], removeVAppConfig: true });
    expect(new Set(await stage.world.hand.adaptersOf(both))).toEqual(
      new Set([
        { kind: asItIs?.kind, network: network.value },
        { kind: 'VirtualVmxnet3', network: portgroup.value },
      ]),
    );
    const one = await stage.seen('nu-one', { networks: [portgroup] });
    expect(await stage.world.hand.adaptersOf(one)).toEqual([{ kind: asItIs?.kind, network: portgroup.value }]);
    const none = await stage.seen('nu-none', { networks: [] });
    expect(await stage.world.hand.adaptersOf(none)).toEqual([]);
    const same = await stage.seen('nu-same');
    expect(await stage.world.hand.adaptersOf(same)).toEqual([asItIs]);
    const gone = { type: 'Network', value: 'absent-network' };
    expect(await stage.clone('nu-gone', { networks: [gone] })).toMatchObject({
      kind: 'Failed',
      failure: { code: 'ManagedObjectNotFound', outcome: 'Refused' },
    });
  });

  test('DRS rules of a cluster are added, edited and removed one by one, and others stay', async () => {
    const { cluster } = stage.landmarks;
    const [first, second] = [await stage.seen('apart-1'), await stage.seen('apart-2')];
    const changed = (...changes: readonly ClusterChange[]) =>
      stage.other((ref, signal) => stage.calls.changeClusterRules(ref, changes, call('vmop-rules', signal)))(cluster);
    const read = async () => await stage.world.answered(stage.calls.readClusterRules(cluster, call('read')));
    const mine = async () => (await read())?.rules.filter(({ name }) => name.startsWith('apart')) ?? [];
    const apart = { kind: 'AntiAffinity', name: 'apart', machines: [first, second] } as const;
    expect(await changed(apart, { ...apart, name: 'apart of others' })).toMatchObject({ kind: 'Succeeded' });
    const [added] = await mine();
    expect(added).toMatchObject({ ...apart, enabled: true, mandatory: false });
    expect(await changed(apart)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidArgument' } });

    expect((await changed({ ...apart, machines: [second], replaces: { key: added?.key ?? 0 } })).kind).toBe(
      'Succeeded',
    );
    expect((await mine()).map((rule) => 'machines' in rule && rule.machines)).toEqual([[second], [first, second]]);
    expect((await stage.destroy(second)).kind).toBe('Succeeded');
    await stage.here.until('left', () => stage.inventory.virtualMachine(second) === undefined);
    expect((await mine()).map((rule) => 'machines' in rule && rule.machines)).toEqual([[], [first]]);

    expect((await changed({ kind: 'RemoveRule', key: added?.key ?? 0 })).kind).toBe('Succeeded');
    expect((await mine()).map(({ name }) => name)).toEqual(['apart of others']);
    expect((await changed({ kind: 'RemoveRule', key: added?.key ?? 0 })).kind).toBe('Failed');
    expect(await read()).toMatchObject({ drsEnabled: true, groups: [] });
  });

  test('a custom attribute is set at once by the key of its definition', async () => {
    await stage.world.hand.defineAttribute('contract owner');
    const machine = stage.landmarks.template;
    const defined = await stage.world.answered(stage.calls.readCustomFields(call('read')));
    const key = defined.find(({ name }) => name === 'contract owner')?.key ?? -1;
    const value = () => stage.world.answered(stage.calls.readCustomValues(machine, call('read')));
    expect((await value())?.get(key)).toBeUndefined();
    const set = (id: number, text: string) =>
      stage.world.answered(stage.calls.setCustomValue(machine, id, text, call('vmop-set')));
    await set(key, 'team <web>');
    expect((await value())?.get(key)).toBe('team <web>');
    await set(key, '');
    expect((await value())?.get(key) ?? '').toBe('');
    await expect(set(4711, 'x')).rejects.toMatchObject({ code: 'InvalidArgument' });
    const absent = { type: 'VirtualMachine', value: 'vm-4711' };
    expect(await stage.world.answered(stage.calls.readCustomValues(absent, call('read')))).toBeUndefined();
  });

  test('a guest is shut down without a task', async () => {
    const machine = await stage.running('sigma');
    await stage.world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
    expect(await stage.world.answered(stage.calls.shutdownGuest(machine, call('vmop-shutdown')))).toBeUndefined();
    await stage.here.until('off', () => stage.inventory.virtualMachine(machine)?.powerState === 'poweredOff');
    await expect(stage.world.answered(stage.calls.shutdownGuest(machine, call('vmop-shutdown')))).rejects.toMatchObject(
      {
        code: 'InvalidPowerState',
      },
    );
  });

  test('machines and folders are renamed by a task', async () => {
    const machine = await stage.seen('tau');
    const folder = await stage.world.answered(
      stage.calls.createFolder(stage.landmarks.folder, 'tau-folder', call('vmop-folder')),
    );
    for (const object of [machine, folder]) {
      const name = `${object.type}-50%/renamed`;
      const rename = stage.other((ref, signal) => stage.calls.rename(ref, name, call('vmop-rename', signal)));
      expect((await rename(object)).kind).toBe('Succeeded');
      const nameOf = () => (stage.inventory.virtualMachine(object) ?? stage.inventory.entity(object))?.name;
      await stage.here.until('renamed', () => nameOf() === name);
    }
  });

  test('a running clone is among the recent tasks, with its template and account', async () => {
    const clone = stage.clone('zeta');
    const clones = async () => {
      const tasks = await stage.world.answered(stage.calls.readRecentTasks(call('recent')));
      return tasks.filter(({ descriptionId }) => /^VirtualMachine\.clone(Vm)?$/.test(descriptionId));
    };
    let ended = false;
    const end = () => {
      ended = true;
    };
    clone.then(end, end);
    const running = async () => (await clones()).find(({ state }) => state === 'running');
    let found = await running();
    while (found === undefined && !ended) found = await running();
    expect(found).toMatchObject({ entity: stage.landmarks.template, userName: stage.world.taskUserName });
    resultOf(await clone);
    expect(await running()).toBeUndefined();
  });

  test('the shape of a clone is that of its template, and a machine that is gone has none', async () => {
    const machine = await stage.seen('shape');
    const gone = { type: 'VirtualMachine', value: 'vm-999999' };
    const { template } = stage.landmarks;
    const shapes = await stage.world.answered(stage.calls.readMachineShapes([template, machine, gone], call('shape')));
    const ofTemplate = shapes.get(template.value);
    expect(ofTemplate).toMatchObject({ guestId: 'otherGuest', adapters: 1 });
    expect(ofTemplate?.disks[0]?.capacityKiB).toBeGreaterThan(0);
    const places = (ref: typeof machine) =>
      shapes
        .get(ref.value)
        ?.disks.map(({ controllerKey, unitNumber, capacityKiB }) => [controllerKey, unitNumber, capacityKiB]);
    expect(places(machine)).toEqual(places(template));
    expect({ ...shapes.get(machine.value), disks: [] }).toEqual({ ...ofTemplate, disks: [] });
    expect(shapes.has(gone.value)).toBe(false);
  });
}
