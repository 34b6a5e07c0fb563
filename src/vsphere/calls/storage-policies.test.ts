import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK, VCenterModel } from '../../../test/fakes/vcenter';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { ClonePolicy, CloneRequest, ManagedObjectReference, VCenterConnection } from '..';

const call = { operationId: 'o', signal: new AbortController().signal };
const FIRST = LANDMARK.datastore;

let clock: VirtualClock;
let model: VCenterModel;
let connection: VCenterConnection;
let second: ManagedObjectReference;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0.5 });
  const { parent } = model.truth.entity(FIRST);
  second = model.truth.addEntity('Datastore', model.truth.nextId('datastore'), 'datastore-2', parent).ref;
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
const countOf = (method: string) => model.calls.filter((seen) => seen.method === method).length;
const pbmCalls = () => model.calls.filter(({ method }) => method.startsWith('Pbm')).map(({ method }) => method);
const idsOf = (name: string) => answered(connection.calls.findStoragePolicies(name, call));
const fits = (policy: string, ...datastores: readonly ManagedObjectReference[]) =>
  answered(connection.calls.checkStoragePolicy(policy, datastores, call));

describe('storage policies are found by their names', () => {
  test('which are exact, and whoever asks again within a minute asks nobody', async () => {
    const { id } = model.policies.make('gold');
    expect(await idsOf('gold')).toEqual([id]);
    expect(await idsOf('Gold')).toEqual([]);
    expect(await idsOf('gold')).toEqual([id]);
    await idsOf('gold');
    expect(countOf('PbmQueryProfile')).toBe(2);
    expect(countOf('PbmRetrieveServiceContent')).toBe(1);
    await clock.advance(61_000);
    await idsOf('gold');
    expect(countOf('PbmQueryProfile')).toBe(3);
  });

  test('of which several may be the same', async () => {
    expect(await idsOf('gold')).toEqual([]);
    const ids = [model.policies.make('gold').id, model.policies.make('gold').id];
    expect(await idsOf('gold')).toEqual(ids);
  });

  test('also where there is none at all: PBM refuses a question about none', async () => {
    model.policies.all.length = 0;
    expect(await idsOf('gold')).toEqual([]);
    expect(pbmCalls()).toEqual(['PbmRetrieveServiceContent', 'PbmQueryProfile']);
  });
});

test('datastores fit a policy, or do not, in the words of vCenter', async () => {
  const { id, objections } = model.policies.make('gold', [second]);
  expect(await fits(id, FIRST, second)).toEqual([
    { datastore: FIRST, objection: [...objections.values()][0] },
    { datastore: second },
  ]);
  expect(await fits(id)).toEqual([]);
  const gone = { type: 'Datastore', value: 'gone' };
  objections.clear();
  expect(await fits(id, gone, FIRST)).toEqual([{ datastore: gone }, { datastore: FIRST }]);
  await expect(fits('no-such-id', FIRST)).rejects.toMatchObject({ code: 'InvalidArgument', outcome: 'Refused' });
});

test('the datastores of a pool are those that any host of its cluster sees', async () => {
  const read = () => answered(connection.calls.readPoolDatastores(LANDMARK.resourcePool, call));
  expect(await read()).toEqual([FIRST, second]);
  model.compute.host(LANDMARK.host).datastores = [second];
  expect(await read()).toEqual([FIRST, second]);
  await clock.advance(61_000);
  expect(await read()).toEqual([second]);
});

test('a session that has ended is renewed for a call of PBM as for any other', async () => {
  const { id } = model.policies.make('gold');
  model.endSessions();
  expect(await idsOf('gold')).toEqual([id]);
  expect(countOf('Login')).toBe(2);
});

describe('a clone with a storage policy', () => {
  let clones = 0;
  async function locationOf(request: Partial<CloneRequest>) {
    clones += 1;
    await answered(
      connection.calls.cloneVirtualMachine(
        {
          ...{ template: LANDMARK.template, folder: LANDMARK.operatorFolder, name: `clone-${clones}` },
          ...{ resourcePool: LANDMARK.resourcePool, numCpu: 1, memoryMiB: 1_024, annotation: '', extraConfig: {} },
          instanceUuid: `50000000-0000-4000-9000-${String(clones).padStart(12, '0')}`,
          ...request,
        },
        call,
      ),
    );
    const { parameters } = model.calls.findLast(({ method }) => method === 'CloneVM_Task') ?? {};
    return (parameters as { spec: { location: object; config: { deviceChange?: object[] } } }).spec;
  }
  const GOLD = [{ xsiType: 'VirtualMachineDefinedProfileSpec', profileId: 'gold-id' }];
  const gold = (...datastores: readonly ManagedObjectReference[]): ClonePolicy => ({
    ...{ id: 'gold-id', datastores, disks: [2_000, 2_001] },
  });

  test('names it for its home and for each disk, with the datastore', async () => {
    const { location } = await locationOf({ datastore: FIRST, storagePolicy: gold(FIRST) });
    expect(location).toMatchObject({
      datastore: FIRST,
      profile: GOLD,
      disk: [
        { diskId: 2_000, datastore: FIRST, profile: GOLD },
        { diskId: 2_001, datastore: FIRST, profile: GOLD },
      ],
    });
  });

  test('and for disks that are added, and not for those that grow', async () => {
    const add = [{ controllerKey: 1_000, unitNumber: 1, sizeGiB: 2 }];
    const grow = [{ disk: { key: 2_000, label: '', controllerKey: 1_000, unitNumber: 0 }, sizeGiB: 9 }];
    const disks = { add, grow, positionsText: '' };
    const { config } = await locationOf({ datastore: FIRST, storagePolicy: gold(FIRST), disks });
    expect(config.deviceChange).toMatchObject([{ operation: 'edit' }, { operation: 'add', profile: GOLD }]);
    expect(config.deviceChange?.[0]).not.toHaveProperty('profile');
  });

  test('names what becomes of the disks of a linked clone for each disk', async () => {
    const snapshot = { type: 'VirtualMachineSnapshot', value: 's' };
    model.truth.machine(LANDMARK.template).snapshots = [{ ref: snapshot, name: 's' }];
    const { location } = await locationOf({ datastore: FIRST, storagePolicy: gold(FIRST), snapshot });
    expect(location).toMatchObject({
      diskMoveType: 'createNewChildDiskBacking',
      disk: [{ diskMoveType: 'createNewChildDiskBacking' }, { diskMoveType: 'createNewChildDiskBacking' }],
    });
  });

  test('goes without a place to the fitting datastore with the most room', async () => {
    model.storage.datastore(FIRST).freeGiB = 900;
    model.storage.datastore(second).freeGiB = 100;
    expect((await locationOf({ storagePolicy: gold(second, FIRST) })).location).toMatchObject({ datastore: FIRST });
    expect((await locationOf({ storagePolicy: gold(second) })).location).toMatchObject({ datastore: second });
    model.storage.datastore(second).freeGiB = 1;
    await clock.advance(31_000);
    await expect(locationOf({ storagePolicy: gold(second) })).rejects.toMatchObject({
      code: 'InsufficientStorageSpace',
      outcome: 'NotSent',
      message: expect.stringContaining(
        'no datastore that fits the storage policy can take the machine: datastore-2 has 1.0',
      ),
    });
  });

  test('goes to a datastore of a cluster that fits, whatever Storage DRS recommends first', async () => {
    const pod = model.hand.createStoragePod(FIRST, 'pod');
    const third = model.truth.addEntity('Datastore', model.truth.nextId('datastore'), 'datastore-3', pod).ref;
    model.storage.datastore(third).freeGiB = 2_000;
    const into = (...fitting: readonly ManagedObjectReference[]) =>
      locationOf({ datastore: pod, storagePolicy: gold(...fitting) });
    expect((await into(FIRST, third)).location).toMatchObject({ datastore: third });
    expect((await into(FIRST)).location).toMatchObject({ datastore: FIRST });
    model.storage.storageDrsEnabled = false;
    await clock.advance(11_000);
    expect((await into(FIRST)).location).toMatchObject({ datastore: FIRST });
    await expect(into(second)).rejects.toMatchObject({ code: 'InsufficientStorageSpace' });
  });

  test('asks anew after a clone that vCenter refuses: the policy may be gone', async () => {
    model.policies.make('gold');
    await idsOf('gold');
    const before = countOf('PbmQueryProfile');
    model.deny(['CloneVM_Task']);
    await expect(locationOf({ datastore: FIRST, storagePolicy: gold(FIRST) })).rejects.toMatchObject({
      code: 'NoPermission',
    });
    await idsOf('gold');
    expect(countOf('PbmQueryProfile')).toBe(before + 1);
  });
});

test('a vCenter whose clones use no policy is asked nothing about policies', async () => {
  await answered(connection.calls.readCloneSource(LANDMARK.template, call));
  expect(pbmCalls()).toEqual([]);
});
