import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ManagedObjectReference, WorkOutcome } from '../../src/vsphere';
import type { Vcsim } from '../envtest/real-parts';
import { administrator, type Connected, connected, forever, landmarks, quiet, simulator } from './vsphere-world';

let vcsim: Vcsim;
let world: Connected;

beforeAll(async () => {
  vcsim = await simulator({ machines: 3 });
});
afterAll(() => vcsim.stop());

beforeEach(async () => {
  world = await connected(vcsim);
  await world.until('ready', () => world.connection.status.kind === 'Ready');
});
afterEach(() => world.stop());

const call = (operationId: string, signal = forever) => ({ operationId, signal });
let serial = 0;

function clone(name: string, extraConfig: Readonly<Record<string, string>> = {}): Promise<WorkOutcome> {
  const { template, folder, resourcePool } = landmarks(world.connection);
  serial += 1;
  const instanceUuid = `00000000-0000-5000-8000-${String(serial).padStart(12, '0')}`;
  const request = { template, folder, resourcePool, name, numCpu: 2, memoryMiB: 512, instanceUuid };
  return world.work(name, 'Clone', (signal) =>
    world.connection.calls.cloneVirtualMachine(
      { ...request, annotation: 'managed by VmGroup ns/group', extraConfig },
      call(`vmop-group-clone-${serial}`, signal),
    ),
  );
}

function resultOf(outcome: WorkOutcome): ManagedObjectReference {
  if (outcome.kind !== 'Succeeded' || outcome.result === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

describe('work through the dispatcher', () => {
  test('clone, power-on, reconfigure, power-off and destroy end through the stream, and the inventory shows them', async () => {
    const { connection } = world;
    const { inventory, calls } = connection;
    const machine = resultOf(await clone('life', { 'codeconnect.uid': 'U-life', other: 'unwatched' }));
    await world.until('seen', () => inventory.virtualMachine(machine) !== undefined);
    const seen = inventory.virtualMachine(machine);
    expect(seen).toMatchObject({
      name: 'life',
      numCpu: 2,
      memoryMiB: 512,
      powerState: 'poweredOff',
      isTemplate: false,
    });
    expect(seen?.extraConfig).toEqual({ 'codeconnect.uid': 'U-life' });
    expect(inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'U-life')).toEqual([seen]);
    expect(inventory.pathOf(machine)).toBe('/vcqaDC/vm/vm-operator/life');
    expect(await calls.readVirtualMachine(machine, call('read'))).toMatchObject(seen ?? {});
    expect(await calls.findByInstanceUuid(seen?.instanceUuid ?? '', call('find'))).toEqual([machine]);

    const on = await world.work('on', 'Other', (signal) => calls.powerOn(machine, call('vmop-on', signal)));
    expect(on.kind).toBe('Succeeded');
    await world.until('on', () => inventory.virtualMachine(machine)?.powerState === 'poweredOn');

    await world.work('off', 'Other', (signal) => calls.powerOff(machine, call('vmop-off', signal)));
    await world.until('off', () => inventory.virtualMachine(machine)?.powerState === 'poweredOff');

    // CPU and memory are among the changes that the simulator does not report.
    const resize = await world.work('size', 'Other', (signal) =>
      calls.reconfigure({ ref: machine }, { numCpu: 4, memoryMiB: 1024 }, call('vmop-size', signal)),
    );
    expect(resize.kind).toBe('Succeeded');
    await world.until('resized', () => inventory.virtualMachine(machine)?.memoryMiB === 1024);
    expect(inventory.virtualMachine(machine)?.numCpu).toBe(4);

    const gone = await world.work('destroy', 'Other', (signal) =>
      calls.destroyVirtualMachine(machine, call('d', signal)),
    );
    expect(gone.kind).toBe('Succeeded');
    await world.until('gone', () => inventory.virtualMachine(machine) === undefined);
    expect(await calls.readVirtualMachine(machine, call('read'))).toBeUndefined();
    expect(world.changes.filter(({ before, after }) => after === undefined && before?.name === 'life')).toHaveLength(1);
  });

  test('R1: a folder with a machine inside is not destroyed', async () => {
    const { calls, inventory } = world.connection;
    const machine = resultOf(await clone('inside'));
    await world.until('seen', () => inventory.virtualMachine(machine) !== undefined);
    const { folder } = landmarks(world.connection);
    await expect(calls.destroyFolder(folder, call('vmop-folder'))).rejects.toMatchObject({ code: 'ResourceInUse' });
    expect(await calls.readVirtualMachine(machine, call('read'))).toMatchObject({ name: 'inside' });
  });

  test('a failed task is an error with a message', async () => {
    resultOf(await clone('twice'));
    const outcome = await clone('twice');
    expect(outcome).toMatchObject({ kind: 'Failed', failure: { code: 'DuplicateName', outcome: 'Refused' } });
    if (outcome.kind === 'Failed')
      expect(outcome.failure.message).toMatch(/^the name twice is taken by VirtualMachine/);
  });

  test('forty clones of four owners all end, and each machine is one change', async () => {
    const { connection } = world;
    const { template, folder, resourcePool } = landmarks(connection);
    const owners = ['a', 'b', 'c', 'd'];
    const ends: WorkOutcome[] = [];
    for (const owner of owners) {
      const work = Array.from({ length: 10 }, (_, index) => ({
        key: `${owner}-${index}`,
        lane: 'Clone' as const,
        mayStart: () => true,
        onSent: () => undefined,
        onTask: () => undefined,
        onEnd: (outcome: WorkOutcome) => {
          ends.push(outcome);
          world.look();
        },
        send: (signal: AbortSignal) =>
          connection.calls.cloneVirtualMachine(
            {
              template,
              folder,
              resourcePool,
              name: `many-${owner}-${index}`,
              numCpu: 1,
              memoryMiB: 64,
              instanceUuid: '',
              annotation: '',
              extraConfig: { 'codeconnect.group': owner },
            },
            call(`vmop-${owner}-clone-${index}`, signal),
          ),
      }));
      connection.dispatcher.replaceWaiting(owner, work);
    }
    const added = () =>
      world.changes.filter(({ before, after }) => before === undefined && after?.name.startsWith('many-') === true);
    await world.until('all cloned', () => ends.length === 40 && added().length >= 40, 60_000);
    expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['Succeeded']));
    expect(connection.inventory.virtualMachinesByExtraConfig('codeconnect.group', 'c')).toHaveLength(10);
    await quiet(500);
    expect(added()).toHaveLength(40);
    expect(connection.dispatcher.counts.Clone).toMatchObject({ waiting: 0, inFlight: 0, overdue: 0 });
  });
});

describe('folders', () => {
  test('are created, found by path, read and removed', async () => {
    const { inventory, calls } = world.connection;
    const { folder } = landmarks(world.connection);
    const made = await calls.createFolder(folder, 'ns.web/50%', call('vmop-folder'));
    await world.until('seen', () => inventory.entity(made) !== undefined);
    expect(inventory.entity(made)?.name).toBe('ns.web/50%');
    expect(inventory.findEntity(['Folder'], '/vcqaDC/vm/vm-operator/ns.web%2f50%25')).toMatchObject({ kind: 'Found' });
    expect(await calls.readFolderChildren(made, call('read'))).toEqual([]);
    await expect(calls.createFolder(folder, 'ns.web/50%', call('again'))).rejects.toMatchObject({
      code: 'DuplicateName',
    });
    const outcome = await world.work('rm', 'Other', (signal) => calls.destroyFolder(made, call('vmop-rm', signal)));
    expect(outcome.kind).toBe('Succeeded');
    await world.until('gone', () => inventory.entity(made) === undefined);
    expect(await calls.readFolderChildren(made, call('read'))).toBeUndefined();
  });
});

describe('changes by others in vCenter', () => {
  test('a rename and a destroyed machine are sent to listeners', async () => {
    const admin = await administrator(vcsim);
    const { inventory } = world.connection;
    const machine = resultOf(await clone('foreign'));
    await world.until('seen', () => inventory.virtualMachine(machine) !== undefined);
    await admin.session.invoke('Rename_Task', machine, { newName: 'renamed' }, call('admin'));
    await world.until('renamed', () => inventory.virtualMachine(machine)?.name === 'renamed');
    expect(world.changes.at(-1)).toMatchObject({ before: { name: 'foreign' }, after: { name: 'renamed' } });
    await admin.session.invoke('Destroy_Task', machine, {}, call('admin'));
    await world.until('gone', () => inventory.virtualMachine(machine) === undefined);
    await admin.close();
  });

  test('after a session has ended there is a new login, and only differences are sent to listeners', async () => {
    const admin = await administrator(vcsim);
    const { inventory, calls } = world.connection;
    const known = [...inventory.virtualMachines()].length;
    const before = world.changes.length;
    const content = await admin.session.invoke(
      'RetrievePropertiesEx',
      admin.session.service.propertyCollector,
      {
        specSet: [
          {
            propSet: [{ type: 'SessionManager', pathSet: ['sessionList', 'currentSession'] }],
            objectSet: [{ obj: admin.session.service.sessionManager }],
          },
        ],
        options: {},
      },
      call('admin'),
    );
    const [list, current] = (content?.objects[0]?.propSet ?? [])
      .toSorted((a, b) => b.name.localeCompare(a.name))
      .map(({ val }) => val as unknown);
    const own = (current as { key: string }).key;
    const others = (list as { key: string }[]).map(({ key }) => key).filter((key) => key !== own);
    expect(others.length).toBeGreaterThan(0);
    await admin.session.invoke(
      'TerminateSession',
      admin.session.service.sessionManager,
      { sessionId: others },
      call('a'),
    );
    // Any call finds that the session has ended, logs in again and succeeds. The stream starts again with the new session.
    await calls.findByInstanceUuid('00000000-0000-5000-8000-000000000000', call('probe'));
    await world.until('connecting', () => world.statuses.some(({ kind }) => kind === 'Connecting'));
    await world.until('ready again', () => world.connection.status.kind === 'Ready');
    expect([...inventory.virtualMachines()]).toHaveLength(known);
    expect(world.changes.slice(before)).toEqual([]);
    await admin.close();
  });
});

describe('at rest', () => {
  test('a connection makes no requests', async () => {
    await quiet(300);
    const before = world.calls.length;
    await quiet(5_000);
    expect(world.calls.slice(before).map(({ method }) => method)).toEqual([]);
  });
});
