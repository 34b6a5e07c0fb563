import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK, VCenterModel } from '../../../test/fakes/vcenter';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { CloneRequest, ManagedObjectReference, VCenterConnection, VsphereFailure } from '..';

const call = { operationId: 'o', signal: new AbortController().signal };

let clock: VirtualClock;
let model: VCenterModel;
let connection: VCenterConnection;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0.5 });
  connection = model.connect({ watchedExtraConfigKeys: [] });
  const stopping = new AbortController();
  let over = false;
  void connection.run(stopping.signal).then(() => {
    over = true;
  });
  stop = async () => {
    stopping.abort();
    while (!over) await clock.advance(10);
  };
  await clock.advance(1_000);
  expect(connection.status.kind).toBe('Ready');
});
afterEach(() => stop());

async function answered<T>(answer: Promise<T>): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  answer.then(end, end);
  while (!over) await clock.advance(10);
  return answer;
}

let clones = 0;
function aClone(request: Partial<CloneRequest> = {}): CloneRequest {
  clones += 1;
  return {
    template: LANDMARK.template,
    folder: LANDMARK.operatorFolder,
    name: `clone-${clones}`,
    resourcePool: LANDMARK.resourcePool,
    numCpu: 2,
    memoryMiB: 4_096,
    instanceUuid: `50000000-0000-4000-9000-${String(clones).padStart(12, '0')}`,
    annotation: '',
    extraConfig: {},
    ...request,
  };
}

/** The machine, once its task has ended. */
async function cloned(request: Partial<CloneRequest> = {}) {
  const { name } = aClone();
  const task = await answered(connection.calls.cloneVirtualMachine(aClone({ name, ...request }), call));
  await clock.advance(5_000);
  const { state, fault } = model.tasks.get(task);
  const machine = model.machines.find((one) => one.name === name);
  if (machine === undefined) throw new Error(`no machine: ${state} ${JSON.stringify(fault)}`);
  return machine;
}

const failureOf = (promise: Promise<unknown>): Promise<VsphereFailure> =>
  answered(
    promise.then(
      () => Promise.reject(new Error('it succeeded')),
      (error) => error,
    ),
  );

const sent = (method: string) => model.calls.filter((seen) => seen.method === method);
const specsSent = (method: string) =>
  sent(method).map(({ parameters }) =>
    JSON.stringify((parameters as { spec: unknown }).spec, (_, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
  );

describe('a number of CPUs', () => {
  test.each([
    [6, 2],
    [2, 2],
    [3, 1],
  ])(
    'of %d, no multiple of the four cores per socket of the template, is cloned with sockets of %d',
    async (numCpu, cores) => {
      model.truth.machine(LANDMARK.template).coresPerSocket = 4;
      expect(await cloned({ numCpu })).toMatchObject({ numCpu, coresPerSocket: cores });
    },
  );

  test('that is a multiple goes out as it is, without a word of sockets', async () => {
    model.truth.machine(LANDMARK.template).coresPerSocket = 4;
    expect(await cloned({ numCpu: 8 })).toMatchObject({ numCpu: 8, coresPerSocket: 4 });
    expect(specsSent('CloneVM_Task').join()).not.toContain('numCoresPerSocket');
  });

  test('of a machine that is off is changed with sockets that fit', async () => {
    const machine = await cloned({ numCpu: 4 });
    machine.coresPerSocket = 4;
    const { coresPerSocket } = (await answered(connection.calls.readVirtualMachine(machine.ref, call))) ?? {};
    expect(coresPerSocket).toBe(4);
    await answered(connection.calls.reconfigure({ ref: machine.ref }, { numCpu: 6, presentCoresPerSocket: 4 }, call));
    await clock.advance(1_000);
    expect(machine).toMatchObject({ numCpu: 6, coresPerSocket: 2 });
    await answered(connection.calls.reconfigure({ ref: machine.ref }, { numCpu: 8, presentCoresPerSocket: 2 }, call));
    await answered(connection.calls.reconfigure({ ref: machine.ref }, { memoryMiB: 8_192 }, call));
    expect(specsSent('ReconfigVM_Task').slice(1).join()).not.toContain('numCoresPerSocket');
  });

  test('goes out with the cores per socket and hot-add settings that are asked for, with a clone and later', async () => {
    model.truth.machine(LANDMARK.template).coresPerSocket = 4;
    const asked = { numCpu: 4, coresPerSocket: 2, cpuHotAdd: true, memoryHotAdd: true };
    const machine = await cloned(asked);
    expect(machine).toMatchObject(asked);
    const other = { numCpu: 4, coresPerSocket: 1, cpuHotAdd: false, memoryHotAdd: false };
    await answered(connection.calls.reconfigure({ ref: machine.ref }, { ...other, presentCoresPerSocket: 2 }, call));
    await clock.advance(1_000);
    expect(machine).toMatchObject(other);
    await cloned({ numCpu: 4 });
    expect(specsSent('CloneVM_Task').at(-1)).not.toContain('HotAdd');
  });

  test('costs a wave of clones one read, with the number of disks that each clone remembers', async () => {
    const remembering = await cloned({ diskCountKey: 'test.disks' });
    expect(remembering.extraConfig.get('test.disks')).toBe('1');
    await cloned();
    const before = sent('RetrievePropertiesEx').length;
    for (let count = 0; count < 3; count += 1) await cloned();
    expect(sent('RetrievePropertiesEx')).toHaveLength(before);
  });
});

test('a clone whose reads before it fail was not sent, so nobody looks for it', async () => {
  model.loseNext('RetrievePropertiesEx', 'ReplyLost');
  model.loseNext('RetrievePropertiesEx', 'ReplyLost');
  model.loseNext('RetrievePropertiesEx', 'ReplyLost');
  model.loseNext('RetrievePropertiesEx', 'ReplyLost');
  const failure = await failureOf(connection.calls.cloneVirtualMachine(aClone(), call));
  expect(failure).toMatchObject({ code: 'ConnectionLost', outcome: 'NotSent' });
  expect(sent('CloneVM_Task')).toEqual([]);
});

describe('a clone into a cluster without DRS', () => {
  const GIB = 1024;
  let second: ManagedObjectReference;
  beforeEach(() => {
    model.compute.drsEnabled = false;
    second = model.truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
    model.compute.host(second).usedMiB = 0;
  });

  test('goes to the host with the most free memory', async () => {
    expect((await cloned()).host).toEqual(second);
    model.compute.host(LANDMARK.host).usedMiB = 0;
    model.compute.host(second).usedMiB = 100 * GIB;
    await clock.advance(10_000);
    expect((await cloned()).host).toEqual(LANDMARK.host);
  });

  test('counts what was promised to clones of the last minute', async () => {
    model.compute.host(LANDMARK.host).usedMiB = 10 * GIB;
    const wave = Array.from({ length: 4 }, () =>
      connection.calls.cloneVirtualMachine(aClone({ memoryMiB: 8 * GIB }), call),
    );
    await answered(Promise.all(wave));
    await clock.advance(5_000);
    const hosts = model.machines.filter(({ name }) => name.startsWith('clone')).map(({ host }) => host.value);
    expect(hosts.toSorted()).toEqual(['host-9', 'host-90', 'host-90', 'host-90'].toSorted());
    await clock.advance(61_000);
    expect((await cloned()).host).toEqual(second);
  });

  test.each<[string, Partial<CloneRequest>, () => void, string]>([
    [
      'disconnected',
      {},
      () => Object.assign(model.compute.host(second), { connectionState: 'disconnected' }),
      'is disconnected',
    ],
    [
      'in maintenance mode',
      {},
      () => Object.assign(model.compute.host(second), { inMaintenanceMode: true }),
      'is in maintenance mode',
    ],
    [
      'without the datastore',
      { datastore: LANDMARK.datastore },
      () => Object.assign(model.compute.host(second), { datastores: [] }),
      'does not see the datastore datastore-1',
    ],
    [
      'without a network',
      { networks: [LANDMARK.portgroup] },
      () => Object.assign(model.compute.host(second), { networks: [LANDMARK.network] }),
      'does not see the network DC0_DVPG0',
    ],
  ])(
    'never to a host %s; where none fits, nothing is sent and the message says why',
    async (_, request, change, why) => {
      change();
      expect((await cloned(request)).host).toEqual(LANDMARK.host);
      Object.assign(model.compute.host(LANDMARK.host), { inMaintenanceMode: true });
      await clock.advance(10_000);
      const clonesBefore = sent('CloneVM_Task').length;
      const failure = await failureOf(connection.calls.cloneVirtualMachine(aClone(request), call));
      expect(failure).toMatchObject({
        code: 'NoCompatibleHost',
        outcome: 'NotSent',
        message: `DRS is off in the cluster C0, and none of its hosts fits: host-1 is in maintenance mode; host-2 ${why}; make one fit, or turn DRS on`,
      });
      expect(sent('CloneVM_Task')).toHaveLength(clonesBefore);
    },
  );

  test('names the first five of many hosts that do not fit', async () => {
    for (let index = 3; index <= 9; index += 1)
      model.truth.addEntity('HostSystem', `host-9${index}`, `host-${index}`, LANDMARK.cluster);
    for (const { ref } of model.truth.entities.values())
      if (ref.type === 'HostSystem') model.compute.host(ref).connectionState = 'notResponding';
    const { message } = await failureOf(connection.calls.cloneVirtualMachine(aClone(), call));
    expect(message).toContain('host-1 is notResponding; host-2 is notResponding; host-3');
    expect(message).toContain('host-5 is notResponding; and 4 more');
    expect(message).not.toContain('host-6');
  });

  test('looks again whether DRS is off after a minute', async () => {
    await cloned();
    model.compute.drsEnabled = true;
    await clock.advance(60_000);
    await cloned();
    expect(specsSent('CloneVM_Task').map((spec) => spec.includes('"host"'))).toEqual([true, false]);
  });
});

describe('a clone for a DRS host group', () => {
  let second: ManagedObjectReference;
  const giveGroup = (name: string, host: readonly ManagedObjectReference[]) =>
    model.compute.rules.setGroups(LANDMARK.cluster, [{ xsiType: 'ClusterHostGroup', name, host }]);
  beforeEach(() => {
    second = model.truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
    Object.assign(model.compute.host(second), { usedMiB: 200 * 1024 });
  });

  test('goes to the best of its hosts, with DRS and without', async () => {
    giveGroup('rack', [second]);
    expect((await cloned({ hostGroup: 'rack' })).host).toEqual(second);
    model.compute.drsEnabled = false;
    await clock.advance(60_000);
    expect((await cloned({ hostGroup: 'rack' })).host).toEqual(second);
    expect((await cloned()).host).toEqual(LANDMARK.host);
  });

  test('is not sent without the group, and finds it as soon as somebody has made it', async () => {
    giveGroup('other', [second]);
    const failure = await failureOf(connection.calls.cloneVirtualMachine(aClone({ hostGroup: 'rack' }), call));
    expect(failure).toMatchObject({
      code: 'HostGroupNotFound',
      outcome: 'NotSent',
      message: 'cluster C0 has no DRS host group "rack": make it, or correct hostGroup of the failure domain',
    });
    giveGroup('rack', [second]);
    expect((await cloned({ hostGroup: 'rack' })).host).toEqual(second);
  });

  test('is not sent while none of its hosts fits', async () => {
    giveGroup('rack', [second]);
    model.compute.host(second).inMaintenanceMode = true;
    expect(await failureOf(connection.calls.cloneVirtualMachine(aClone({ hostGroup: 'rack' }), call))).toMatchObject({
      code: 'NoCompatibleHost',
      message:
        'none of the hosts of the DRS host group "rack" of cluster C0 fits: host-2 is in maintenance mode; make one fit',
    });
  });
});

test('with DRS the choice of the host is left to vCenter', async () => {
  await cloned();
  expect(specsSent('CloneVM_Task').join()).not.toContain('"host"');
});
