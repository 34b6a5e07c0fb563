/** What the inventory of a connection shows. */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { type ContractStage, call } from './contract-stage';
import { uuidOf } from './contract-world';

export function promiseInventory(stage: ContractStage): void {
  test('is ready with the whole inventory, and names its account', () => {
    const { status, userName } = stage.here.connection;
    expect(status).toMatchObject({ kind: 'Ready', about: { instanceUuid: expect.stringMatching(/\w/) } });
    expect(userName).toBe('operator@vsphere.local');
    expect(stage.inventory.virtualMachine(stage.landmarks.template)).toMatchObject({
      isTemplate: true,
      powerState: 'poweredOff',
      datastores: [{ type: 'Datastore', value: expect.stringMatching(/\w/) }],
    });
    expect(stage.inventory.pathOf(stage.landmarks.template)).toBe('/vcqaDC/vm/vm-operator/vm-operator-template');
  });

  test('changes by others are seen: a rename, a power-off, a clone without our marks, a destroyed machine', async () => {
    const machine = await stage.seen('eta');
    await stage.powerOn(machine);
    await stage.here.until('on', () => stage.inventory.virtualMachine(machine)?.powerState === 'poweredOn');
    await stage.world.hand.rename(machine, 'eta-renamed');
    await stage.here.until('renamed', () => stage.inventory.virtualMachine(machine)?.name === 'eta-renamed');
    await stage.world.hand.powerOff(machine);
    await stage.here.until('off', () => stage.inventory.virtualMachine(machine)?.powerState === 'poweredOff');
    await stage.world.hand.clone(stage.landmarks.template, stage.landmarks.folder, 'eta-foreign');
    const foreign = () =>
      stage.inventory.virtualMachinesIn(stage.landmarks.folder).find(({ name }) => name === 'eta-foreign');
    await stage.here.until('cloned', () => foreign() !== undefined);
    expect(foreign()?.extraConfig).toEqual({});
    const { datastores } = stage.inventory.virtualMachine(stage.landmarks.template) ?? {};
    await stage.here.until('on the datastore of the template', () =>
      isDeepStrictEqual(foreign()?.datastores, datastores),
    );
    await stage.world.hand.destroy(machine);
    await stage.here.until('gone', () => stage.inventory.virtualMachine(machine) === undefined);
  });

  test('networks are managed entities, found by name or path', () => {
    expect(stage.inventory.entity(stage.landmarks.network)).toMatchObject({ type: 'Network', name: 'VM Network' });
    expect(stage.inventory.pathOf(stage.landmarks.portgroup)).toBe('/vcqaDC/network/DC0_DVPG0');
    const byName = stage.inventory.findEntity(
      ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'],
      'VM Network',
    );
    expect(byName).toMatchObject({ kind: 'Found', path: '/vcqaDC/network/VM Network' });
  });

  test('a live read has the disks, which the stream does not have', async () => {
    const live = await stage.world.answered(stage.calls.readVirtualMachine(await stage.seen('xi'), call('read')));
    expect(live?.vmPathName).toMatch(/^\[.+\] xi\/.*vmx$/);
    expect(live?.disks.length).toBeGreaterThan(0);
    for (const disk of live?.disks ?? [])
      expect(disk).toMatchObject({
        ...{ key: expect.any(Number), label: expect.any(String), isGrowable: true },
        ...{ controllerKey: expect.any(Number), unitNumber: expect.any(Number), capacityKiB: expect.any(Number) },
        fileName: expect.stringMatching(/^\[.+\] xi\/.+\.vmdk$/),
      });
    expect(stage.inventory.virtualMachine(live?.ref ?? stage.landmarks.template)).not.toHaveProperty('disks');
  });

  test('the privileges of the account are read per object', async () => {
    const objects = [stage.landmarks.folder, stage.landmarks.template];
    const answers = await stage.world.answered(stage.calls.readPrivileges(objects, call('privileges')));
    expect(answers.map(({ object }) => object)).toEqual(objects);
    for (const { privileges } of answers) expect(privileges).toContain('VirtualMachine.Interact.PowerOn');
  });

  test('two connections see the same, each through its own stream', async () => {
    const there = await stage.world.connect();
    await there.until('ready', () => there.connection.status.kind === 'Ready');
    const machine = await stage.seen('lambda');
    const hasDetails = () => there.connection.inventory.virtualMachine(machine)?.details !== undefined;
    await there.until('seen there', hasDetails);
    expect(there.connection.inventory.virtualMachine(machine)).toEqual(stage.inventory.virtualMachine(machine));
    await there.stop();
  });

  test('the guest of a marked machine is followed, and of no other machine', async () => {
    const machine = await stage.running('omicron');
    const details = () => stage.inventory.virtualMachine(machine)?.details;
    expect(details()).toMatchObject({ toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false });
    await stage.world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
    await stage.here.until(
      'guest',
      () => details()?.toolsRunning === true && details()?.ipAddresses[0] === '192.0.2.7',
    );
    const before = stage.here.changes.length;
    await stage.world.hand.setGuest(stage.landmarks.template, { toolsRunning: true, ipAddress: '192.0.2.8' });
    await stage.world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.9' });
    await stage.here.until('guest', () => details()?.ipAddresses[0] === '192.0.2.9');
    expect(stage.here.changes.slice(before).map(({ after }) => after?.ref)).toEqual([machine]);
    expect(stage.inventory.virtualMachine(stage.landmarks.template)).not.toHaveProperty('details');
  });

  test('details disappear with the marks and come back with them', async () => {
    const machine = await stage.seen('pi');
    const mark = (uid: string) =>
      stage.other((ref, signal) =>
        stage.calls.reconfigure({ ref }, { extraConfig: { 'codeconnect.uid': uid } }, call('vmop-mark', signal)),
      )(machine);
    await mark('');
    await stage.here.until(
      'unmarked',
      () => stage.inventory.virtualMachine(machine)?.extraConfig['codeconnect.uid'] === undefined,
    );
    expect(stage.inventory.virtualMachine(machine)).not.toHaveProperty('details');
    await mark('U-again');
    await stage.here.until('marked', () => stage.inventory.virtualMachine(machine)?.details !== undefined);
  });

  test('details are complete when a connection is ready again', async () => {
    const machine = await stage.running('rho');
    await stage.world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
    await stage.here.until('guest', () => stage.inventory.virtualMachine(machine)?.details?.toolsRunning === true);
    const there = await stage.world.connect();
    await there.until('ready', () => there.connection.status.kind === 'Ready');
    expect(there.connection.inventory.virtualMachine(machine)).toEqual(stage.inventory.virtualMachine(machine));
    await there.stop();
    // On a busy machine the connection can be there again before the change. Such a round shows nothing.
    for (let round = 8; ; round += 1) {
      const ipAddress = `192.0.2.${round}`;
      stage.here.statuses.length = 0;
      await stage.world.hand.endSessions();
      await stage.world.hand.setGuest(machine, { toolsRunning: true, ipAddress });
      await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('rho'), call('find')));
      await stage.here.until('ready', () => stage.here.statuses.some(({ kind }) => kind === 'Ready'));
      const seen = stage.inventory.virtualMachine(machine)?.details?.ipAddresses;
      if (round < 12 && seen?.[0] !== ipAddress) continue;
      expect(seen).toEqual([ipAddress]);
      return;
    }
  });
}
