/** What every VCenterConnection promises, told once for the real one and for the model. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloneRequest, ManagedObjectReference, WorkOutcome } from '../../../src/vsphere';
import {
  type ContractConnection,
  type ContractWorld,
  cloneRequest,
  type Landmarks,
  landmarksOf,
  uuidOf,
  work,
} from './contract-world';

const forever = new AbortController().signal;
const call = (operationId: string, signal = forever) => ({ operationId, signal });

/** `losesCalls`: something stands between that can lose a request or an answer. */
export function describeVCenterContract(
  name: string,
  makeWorld: () => Promise<ContractWorld>,
  { losesCalls = true }: { readonly losesCalls?: boolean } = {},
): void {
  const testOfLoss = (promise: string, body: () => Promise<void>) => {
    if (losesCalls) test(promise, body);
  };
  describe(`a connection to ${name}`, () => {
    let world: ContractWorld;
    let here: ContractConnection;
    let places: Landmarks;
    let serial = 0;

    beforeAll(async () => {
      world = await makeWorld();
    });
    afterAll(() => world.stop());
    beforeEach(async () => {
      here = await world.connect();
      await here.until('ready', () => here.connection.status.kind === 'Ready');
      places = landmarksOf(here.connection);
    });
    afterEach(() => here.stop());

    const inventory = () => here.connection.inventory;
    const calls = () => here.connection.calls;
    const send = (
      key: string,
      lane: 'Clone' | 'Other',
      step: (signal: AbortSignal) => Promise<ManagedObjectReference>,
    ) => world.answered(work(here, key, lane, step));
    const clone = (machine: string, rest: Partial<CloneRequest> = {}) =>
      send(machine, 'Clone', (signal) =>
        calls().cloneVirtualMachine(cloneRequest(places, machine, rest), call(`vmop-clone-${machine}`, signal)),
      );
    const other = (step: (machine: ManagedObjectReference, signal: AbortSignal) => Promise<ManagedObjectReference>) => {
      serial += 1;
      return (machine: ManagedObjectReference) => send(`step-${serial}`, 'Other', (signal) => step(machine, signal));
    };
    const powerOn = (machine: ManagedObjectReference) =>
      other((ref, signal) => calls().powerOn(ref, call('vmop-on', signal)))(machine);
    const powerOff = (machine: ManagedObjectReference) =>
      other((ref, signal) => calls().powerOff(ref, call('vmop-off', signal)))(machine);
    const destroy = (machine: ManagedObjectReference) =>
      other((ref, signal) => calls().destroyVirtualMachine(ref, call('vmop-destroy', signal)))(machine);
    /** A clone with marks, seen with all that is told of it. */
    const seen = async (machine: string, rest: Partial<CloneRequest> = {}): Promise<ManagedObjectReference> => {
      const ref = resultOf(await clone(machine, rest));
      await here.until(`${machine} is seen`, () => inventory().virtualMachine(ref)?.details !== undefined);
      return ref;
    };
    const running = async (machine: string): Promise<ManagedObjectReference> => {
      const ref = await seen(machine);
      await powerOn(ref);
      await here.until('on', () => inventory().virtualMachine(ref)?.powerState === 'poweredOn');
      return ref;
    };

    test('is ready with all of the inventory, and names its account', () => {
      const { status, userName } = here.connection;
      expect(status).toMatchObject({ kind: 'Ready', about: { instanceUuid: expect.stringMatching(/\w/) } });
      expect(userName).toBe('operator@vsphere.local');
      expect(inventory().virtualMachine(places.template)).toMatchObject({ isTemplate: true, powerState: 'poweredOff' });
      expect(inventory().pathOf(places.template)).toBe('/vcqaDC/vm/vm-operator/vm-operator-template');
    });

    test('a clone ends with its machine, which carries its marks and is found by its UUID', async () => {
      const machine = await seen('alpha');
      expect(inventory().virtualMachine(machine)).toMatchObject({
        name: 'alpha',
        parent: places.folder,
        powerState: 'poweredOff',
        isTemplate: false,
        numCpu: 2,
        memoryMiB: 512,
        instanceUuid: uuidOf('alpha'),
        extraConfig: { 'codeconnect.uid': 'U-alpha' },
      });
      expect(inventory().virtualMachinesByExtraConfig('codeconnect.uid', 'U-alpha')).toHaveLength(1);
      const live = await world.answered(calls().readVirtualMachine(machine, call('read')));
      const { details: _, ...told } = inventory().virtualMachine(machine) ?? {};
      expect(live).toMatchObject(told);
      expect(await world.answered(calls().findByInstanceUuid(uuidOf('alpha'), call('find')))).toEqual([machine]);
      expect(await world.answered(calls().findByInstanceUuid(uuidOf('nobody'), call('find')))).toEqual([]);
      expect(here.changes.filter(({ before, after }) => before === undefined && after?.name === 'alpha')).toHaveLength(
        1,
      );
    });

    test('a name is taken once in a folder, by machines and folders alike', async () => {
      await seen('beta');
      const again = await clone('beta');
      expect(again).toMatchObject({ kind: 'Failed', failure: { code: 'DuplicateName', outcome: 'Refused' } });
      await expect(
        world.answered(calls().createFolder(places.folder, 'beta', call('vmop-folder'))),
      ).rejects.toMatchObject({ code: 'DuplicateName' });
      expect(await world.answered(calls().findByInstanceUuid(uuidOf('beta'), call('find')))).toHaveLength(1);
    });

    test('power changes show, and a state that is there already is InvalidPowerState', async () => {
      const machine = await seen('gamma');
      expect(await powerOff(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
      expect((await powerOn(machine)).kind).toBe('Succeeded');
      await here.until('on', () => inventory().virtualMachine(machine)?.powerState === 'poweredOn');
      expect(await powerOn(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
      expect(await destroy(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'InvalidPowerState' } });
      expect((await powerOff(machine)).kind).toBe('Succeeded');
      await here.until('off', () => inventory().virtualMachine(machine)?.powerState === 'poweredOff');
    });

    test('a destroyed machine leaves once, and every later word about it is ManagedObjectNotFound', async () => {
      const machine = await seen('delta');
      expect((await destroy(machine)).kind).toBe('Succeeded');
      await here.until('left', () => inventory().virtualMachine(machine) === undefined);
      expect(here.changes.filter(({ before, after }) => after === undefined && before?.name === 'delta')).toHaveLength(
        1,
      );
      expect(await powerOn(machine)).toMatchObject({ kind: 'Failed', failure: { code: 'ManagedObjectNotFound' } });
      expect(await world.answered(calls().readVirtualMachine(machine, call('read')))).toBeUndefined();
    });

    test('a reconfigure changes size and marks, and an empty value removes a mark', async () => {
      const machine = await seen('epsilon');
      const size = { numCpu: 4, memoryMiB: 1024, extraConfig: { 'codeconnect.uid': '', 'codeconnect.group': 'ns/g' } };
      const change = other((ref, signal) => calls().reconfigure(ref, size, call('vmop-size', signal)));
      expect((await change(machine)).kind).toBe('Succeeded');
      await here.until('resized', () => inventory().virtualMachine(machine)?.memoryMiB === 1024);
      await here.until(
        'unmarked',
        () => inventory().virtualMachine(machine)?.extraConfig['codeconnect.uid'] === undefined,
      );
      expect(inventory().virtualMachine(machine)).toMatchObject({
        numCpu: 4,
        extraConfig: { 'codeconnect.group': 'ns/g' },
      });
      expect(inventory().virtualMachinesByExtraConfig('codeconnect.uid', 'U-epsilon')).toEqual([]);
    });

    test('a folder is made, read, seen and removed', async () => {
      const folder = await world.answered(calls().createFolder(places.folder, 'ns.web/50%', call('vmop-folder')));
      await here.until('seen', () => inventory().entity(folder) !== undefined);
      expect(inventory().entity(folder)).toMatchObject({ name: 'ns.web/50%', parent: places.folder });
      expect(await world.answered(calls().readFolderChildren(folder, call('read')))).toEqual([]);
      const parent = await world.answered(calls().readFolderChildren(places.folder, call('read')));
      expect(parent).toContainEqual(folder);
      const remove = other((ref, signal) => calls().destroyFolder(ref, call('vmop-folder', signal)));
      expect((await remove(folder)).kind).toBe('Succeeded');
      await here.until('gone', () => inventory().entity(folder) === undefined);
      expect(await world.answered(calls().readFolderChildren(folder, call('read')))).toBeUndefined();
    });

    test('a clone under way is among the recent tasks, with its template and account', async () => {
      const under = clone('zeta');
      const clones = async () => {
        const tasks = await world.answered(calls().readRecentTasks(call('recent')));
        return tasks.filter(({ descriptionId }) => /^VirtualMachine\.clone(Vm)?$/.test(descriptionId));
      };
      let ended = false;
      const note = () => {
        ended = true;
      };
      under.then(note, note);
      const running = async () => (await clones()).find(({ state }) => state === 'running');
      let found = await running();
      while (found === undefined && !ended) found = await running();
      expect(found).toMatchObject({ entity: places.template, userName: world.taskUserName });
      resultOf(await under);
      expect(await running()).toBeUndefined();
    });

    test('what others do is told: a rename, a power-off, a clone without our marks, a destroyed machine', async () => {
      const machine = await seen('eta');
      await powerOn(machine);
      await here.until('on', () => inventory().virtualMachine(machine)?.powerState === 'poweredOn');
      await world.hand.rename(machine, 'eta-renamed');
      await here.until('renamed', () => inventory().virtualMachine(machine)?.name === 'eta-renamed');
      await world.hand.powerOff(machine);
      await here.until('off', () => inventory().virtualMachine(machine)?.powerState === 'poweredOff');
      await world.hand.clone(places.template, places.folder, 'eta-foreign');
      const foreign = () =>
        inventory()
          .virtualMachinesIn(places.folder)
          .find(({ name }) => name === 'eta-foreign');
      await here.until('cloned', () => foreign() !== undefined);
      expect(foreign()?.extraConfig).toEqual({});
      await world.hand.destroy(machine);
      await here.until('gone', () => inventory().virtualMachine(machine) === undefined);
    });

    test('networks are places, found by name or path', () => {
      expect(inventory().entity(places.network)).toMatchObject({ type: 'Network', name: 'VM Network' });
      expect(inventory().pathOf(places.portgroup)).toBe('/vcqaDC/network/DC0_DVPG0');
      const byName = inventory().findEntity(['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'], 'VM Network');
      expect(byName).toMatchObject({ kind: 'Found', path: '/vcqaDC/network/VM Network' });
    });

    test('a clone onto networks keeps its adapters, adds what it lacks and drops what is too many', async () => {
      const [asItIs] = await world.hand.adaptersOf(places.template);
      const { network, portgroup } = places;
      const both = await seen('nu', { networks: [network, portgroup], removeVAppConfig: true });
      expect(new Set(await world.hand.adaptersOf(both))).toEqual(
        new Set([
          { kind: asItIs?.kind, network: network.value },
          { kind: 'VirtualVmxnet3', network: portgroup.value },
        ]),
      );
      const one = await seen('nu-one', { networks: [portgroup] });
      expect(await world.hand.adaptersOf(one)).toEqual([{ kind: asItIs?.kind, network: portgroup.value }]);
      const none = await seen('nu-none', { networks: [] });
      expect(await world.hand.adaptersOf(none)).toEqual([]);
      const same = await seen('nu-same');
      expect(await world.hand.adaptersOf(same)).toEqual([asItIs]);
      const gone = { type: 'Network', value: 'network-of-nobody' };
      expect(await clone('nu-gone', { networks: [gone] })).toMatchObject({
        kind: 'Failed',
        failure: { code: 'ManagedObjectNotFound', outcome: 'Refused' },
      });
    });

    test('a live look tells the disks, which the stream does not', async () => {
      const live = await world.answered(calls().readVirtualMachine(await seen('xi'), call('read')));
      expect(live?.vmPathName).toMatch(/^\[.+\] xi\/.*vmx$/);
      expect(live?.disks.length).toBeGreaterThan(0);
      for (const disk of live?.disks ?? [])
        expect(disk).toEqual({ label: expect.any(String), fileName: expect.stringMatching(/^\[.+\] xi\/.+\.vmdk$/) });
      expect(inventory().virtualMachine(live?.ref ?? places.template)).not.toHaveProperty('disks');
    });

    test('what the guest of a marked machine tells is followed, and of no other', async () => {
      const machine = await running('omicron');
      const details = () => inventory().virtualMachine(machine)?.details;
      expect(details()).toMatchObject({ toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false });
      await world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
      await here.until('guest', () => details()?.toolsRunning === true && details()?.ipAddresses[0] === '192.0.2.7');
      const before = here.changes.length;
      await world.hand.setGuest(places.template, { toolsRunning: true, ipAddress: '192.0.2.8' });
      await world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.9' });
      await here.until('guest', () => details()?.ipAddresses[0] === '192.0.2.9');
      expect(here.changes.slice(before).map(({ after }) => after?.ref)).toEqual([machine]);
      expect(inventory().virtualMachine(places.template)).not.toHaveProperty('details');
    });

    test('details go with the marks and come back with them', async () => {
      const machine = await seen('pi');
      const mark = (uid: string) =>
        other((ref, signal) =>
          calls().reconfigure(ref, { extraConfig: { 'codeconnect.uid': uid } }, call('vmop-mark', signal)),
        )(machine);
      await mark('');
      await here.until(
        'unmarked',
        () => inventory().virtualMachine(machine)?.extraConfig['codeconnect.uid'] === undefined,
      );
      expect(inventory().virtualMachine(machine)).not.toHaveProperty('details');
      await mark('U-again');
      await here.until('marked', () => inventory().virtualMachine(machine)?.details !== undefined);
    });

    test('details are there again as soon as a connection is ready again', async () => {
      const machine = await running('rho');
      await world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
      await here.until('guest', () => inventory().virtualMachine(machine)?.details?.toolsRunning === true);
      const there = await world.connect();
      await there.until('ready', () => there.connection.status.kind === 'Ready');
      expect(there.connection.inventory.virtualMachine(machine)).toEqual(inventory().virtualMachine(machine));
      await there.stop();
      here.statuses.length = 0;
      await world.hand.endSessions();
      await world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.8' });
      await world.answered(calls().findByInstanceUuid(uuidOf('rho'), call('find')));
      await here.until('ready', () => here.statuses.some(({ kind }) => kind === 'Ready'));
      expect(inventory().virtualMachine(machine)?.details?.ipAddresses).toEqual(['192.0.2.8']);
    });

    test('a guest is asked to shut down, without a task', async () => {
      const machine = await running('sigma');
      await world.hand.setGuest(machine, { toolsRunning: true, ipAddress: '192.0.2.7' });
      expect(await world.answered(calls().shutdownGuest(machine, call('vmop-shutdown')))).toBeUndefined();
      await here.until('off', () => inventory().virtualMachine(machine)?.powerState === 'poweredOff');
      await expect(world.answered(calls().shutdownGuest(machine, call('vmop-shutdown')))).rejects.toMatchObject({
        code: 'InvalidPowerState',
      });
    });

    test('machines and folders are renamed by a task', async () => {
      const machine = await seen('tau');
      const folder = await world.answered(calls().createFolder(places.folder, 'tau-folder', call('vmop-folder')));
      for (const object of [machine, folder]) {
        const name = `${object.type}-50%/renamed`;
        const rename = other((ref, signal) => calls().rename(ref, name, call('vmop-rename', signal)));
        expect((await rename(object)).kind).toBe('Succeeded');
        const nameOf = () => (inventory().virtualMachine(object) ?? inventory().entity(object))?.name;
        await here.until('renamed', () => nameOf() === name);
      }
    });

    test('the account’s privileges on objects are told, object by object', async () => {
      const objects = [places.folder, places.template];
      const told = await world.answered(calls().readPrivileges(objects, call('privileges')));
      expect(told.map(({ object }) => object)).toEqual(objects);
      for (const { privileges } of told) expect(privileges).toContain('VirtualMachine.Interact.PowerOn');
    });

    test('a session that was ended is opened again, and the picture is synced by difference only', async () => {
      const machine = await seen('theta');
      const known = [...inventory().virtualMachines()].length;
      await world.hand.endSessions();
      await world.hand.rename(machine, 'theta-renamed');
      here.changes.length = 0;
      here.statuses.length = 0;
      // Any call notices, and succeeds by a new login.
      expect(await world.answered(calls().findByInstanceUuid(uuidOf('theta'), call('find')))).toEqual([machine]);
      await here.until('resynced', () => here.statuses.some(({ kind }) => kind === 'Ready'));
      await here.until('renamed', () => inventory().virtualMachine(machine)?.name === 'theta-renamed');
      expect([...inventory().virtualMachines()]).toHaveLength(known);
      expect(here.changes.filter(({ kind }) => kind === 'VirtualMachine')).toMatchObject([
        { before: { name: 'theta' }, after: { name: 'theta-renamed' } },
      ]);
    });

    testOfLoss('a lost reply to a mutation is Unknown, carried out once and not sent again', async () => {
      world.loseNext('CreateFolder', 'Reply');
      const made = calls().createFolder(places.folder, 'iota', call('vmop-folder'));
      await expect(world.answered(made)).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
      await here.until('seen', () =>
        inventory()
          .entitiesIn(places.folder)
          .some((place) => place.name === 'iota'),
      );
      world.loseNext('CloneVM_Task', 'Reply');
      expect(await clone('iota-vm')).toMatchObject({ kind: 'Unknown', failure: { code: 'ConnectionLost' } });
      await here.until(
        'cloned',
        () => inventory().virtualMachinesByExtraConfig('codeconnect.uid', 'U-iota-vm').length === 1,
      );
      expect(await world.answered(calls().findByInstanceUuid(uuidOf('iota-vm'), call('find')))).toHaveLength(1);
    });

    testOfLoss('a lost request is as Unknown as a lost reply, and a read survives both', async () => {
      world.loseNext('CreateFolder', 'Request');
      const made = calls().createFolder(places.folder, 'kappa', call('vmop-folder'));
      await expect(world.answered(made)).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
      for (const what of ['Request', 'Reply'] as const) {
        world.loseNext('FindAllByUuid', what);
        expect(await world.answered(calls().findByInstanceUuid(uuidOf('kappa'), call('find')))).toEqual([]);
      }
      const again = await world.answered(calls().createFolder(places.folder, 'kappa', call('vmop-folder')));
      await here.until('seen', () => inventory().entity(again) !== undefined);
    });

    test('two connections see the same, each by its own stream', async () => {
      const there = await world.connect();
      await there.until('ready', () => there.connection.status.kind === 'Ready');
      const machine = await seen('lambda');
      const told = () => there.connection.inventory.virtualMachine(machine)?.details !== undefined;
      await there.until('seen there', told);
      expect(there.connection.inventory.virtualMachine(machine)).toEqual(inventory().virtualMachine(machine));
      await there.stop();
    });

    test('a call that is given up says so', async () => {
      const given = new AbortController();
      const answer = calls().findByInstanceUuid(uuidOf('mu'), call('find', given.signal));
      given.abort(new Error('no longer needed'));
      await expect(world.answered(answer)).rejects.toMatchObject({ name: 'VsphereError', code: 'Aborted' });
    });

    test('no session is left after all have stopped', async () => {
      await here.stop();
      expect(await world.sessionCount()).toBe(0);
    });
  });
}

function resultOf(outcome: WorkOutcome): ManagedObjectReference {
  if (outcome.kind !== 'Succeeded' || outcome.result === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}
