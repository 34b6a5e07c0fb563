import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK, VCenterModel } from '../../../test/fakes/vcenter';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { CloneRequest, ManagedObjectReference, VCenterConnection, VsphereFailure } from '..';

const call = { operationId: 'o', signal: new AbortController().signal };
const FIRST = LANDMARK.datastore;

let clock: VirtualClock;
let model: VCenterModel;
let connection: VCenterConnection;
let stop: () => Promise<void>;
/** A datastore cluster with datastore-1 and datastore-2, of which the second has more room. */
let pod: ManagedObjectReference;
let second: ManagedObjectReference;

beforeEach(async () => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0.5 });
  pod = model.hand.createStoragePod(FIRST, 'pod');
  second = model.truth.addEntity('Datastore', model.truth.nextId('datastore'), 'datastore-2', pod).ref;
  model.storage.datastore(FIRST).freeGiB = 25;
  model.storage.datastore(second).freeGiB = 40;
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

let clones = 0;
/** The datastore that a clone was sent to; undefined for that of the template. Rejects as the call does. */
async function sentTo(request: Partial<CloneRequest>): Promise<ManagedObjectReference | undefined> {
  clones += 1;
  const answer = connection.calls.cloneVirtualMachine(
    {
      ...{ template: LANDMARK.template, folder: LANDMARK.operatorFolder, name: `clone-${clones}` },
      ...{ resourcePool: LANDMARK.resourcePool, numCpu: 1, memoryMiB: 1_024, annotation: '', extraConfig: {} },
      instanceUuid: `50000000-0000-4000-9000-${String(clones).padStart(12, '0')}`,
      ...request,
    },
    call,
  );
  let over = false;
  const end = () => {
    over = true;
  };
  answer.then(end, end);
  while (!over) await clock.advance(10);
  await answer;
  const { parameters } = model.calls.findLast(({ method }) => method === 'CloneVM_Task') ?? {};
  return (parameters as { spec: { location: { datastore?: ManagedObjectReference } } }).spec.location.datastore;
}

const failureOf = (promise: Promise<unknown>): Promise<VsphereFailure> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error) => error,
  );
const callsOf = (method: string) => model.calls.filter((seen) => seen.method === method);

describe('a clone into a datastore cluster', () => {
  test('goes to the datastore that Storage DRS recommends', async () => {
    expect(await sentTo({ datastore: pod })).toEqual(second);
    expect(callsOf('RecommendDatastores')[0]?.parameters).toMatchObject({
      storageSpec: {
        type: 'clone',
        vm: LANDMARK.template,
        podSelectionSpec: { storagePod: pod },
        cloneName: `clone-${clones}`,
        folder: LANDMARK.operatorFolder,
        cloneSpec: { location: { pool: LANDMARK.resourcePool }, powerOn: false },
      },
    });
  });

  test('is not sent if Storage DRS says why it recommends none', async () => {
    model.storage.drsFault = 'storagePlacement';
    const failure = await failureOf(sentTo({ datastore: pod }));
    expect(failure).toMatchObject({
      code: 'InsufficientStorageSpace',
      outcome: 'NotSent',
      message:
        'Storage DRS recommends no datastore of datastore cluster pod (storagePlacement): make room on one of them, or name another place',
    });
    expect(callsOf('CloneVM_Task')).toEqual([]);
  });

  test('goes to the one with the most room where Storage DRS is off, and counts what was promised to others', async () => {
    model.storage.storageDrsEnabled = false;
    const targets = [];
    for (let count = 0; count < 5; count += 1) targets.push(await sentTo({ datastore: pod }));
    // 40, 30, 25 by now, 20 and 15 GiB.
    expect(targets.map((target) => target?.value)).toEqual(
      [second, second, FIRST, second, FIRST].map(({ value }) => value),
    );
    expect(callsOf('RecommendDatastores')).toEqual([]);
    // One read of the cluster, one of the template, and what each clone reads anyway.
    const reads = callsOf('RetrievePropertiesEx').map(({ parameters }) => JSON.stringify(parameters));
    expect(reads.filter((text) => text.includes('summary.freeSpace'))).toHaveLength(1);
    expect(reads.filter((text) => text.includes('summary.storage.committed'))).toHaveLength(1);
  });

  test('leaves out what is not accessible, in maintenance or too small, and says so of each if none is left', async () => {
    model.storage.storageDrsEnabled = false;
    model.storage.datastore(second).accessible = false;
    expect(await sentTo({ datastore: pod })).toEqual(FIRST);
    await clock.advance(60_000);
    model.storage.datastore(FIRST).freeGiB = 2.5;
    const failure = await failureOf(sentTo({ datastore: pod }));
    expect(failure.code).toBe('InsufficientStorageSpace');
    expect(failure.message).toBe(
      'no datastore of datastore cluster pod can take the machine: datastore-1 has 2.5 GiB left, and a clone takes 10.0 GiB; datastore-2 is not accessible; make room on one of them, or name another place',
    );
    model.storage.datastore(second).accessible = true;
    model.storage.datastore(second).maintenanceMode = 'enteringMaintenance';
    await clock.advance(60_000);
    expect((await failureOf(sentTo({ datastore: pod }))).message).toContain('datastore-2 is in maintenance mode, or');
  });

  describe('where a host is chosen', () => {
    test('goes to the one with the most room of those that such a host sees, also if Storage DRS recommends another', async () => {
      model.compute.drsEnabled = false;
      model.compute.host(LANDMARK.host).datastores = [FIRST];
      expect(await sentTo({ datastore: pod })).toEqual(FIRST);
      model.storage.storageDrsEnabled = false;
      expect(await sentTo({ datastore: pod })).toEqual(FIRST);
    });

    test('counts no host in maintenance mode, nor one outside its host group', async () => {
      const other = model.truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
      model.compute.host(LANDMARK.host).datastores = [FIRST];
      model.compute.host(other).datastores = [second];
      model.compute.rules.setGroups(LANDMARK.cluster, [
        { xsiType: 'ClusterHostGroup', name: 'rack', host: [LANDMARK.host] },
      ]);
      expect(await sentTo({ datastore: pod, hostGroup: 'rack' })).toEqual(FIRST);
      model.compute.drsEnabled = false;
      model.compute.host(other).inMaintenanceMode = true;
      await clock.advance(60_000);
      expect(await sentTo({ datastore: pod })).toEqual(FIRST);
    });

    test('is not sent where no such host sees one of them, and says so', async () => {
      model.compute.drsEnabled = false;
      model.compute.host(LANDMARK.host).datastores = [];
      const { code, message } = await failureOf(sentTo({ datastore: pod }));
      expect(code).toBe('InsufficientStorageSpace');
      expect(message).toContain('no datastore of datastore cluster pod that a host for the machine sees can take');
    });

    test('with a storage policy too', async () => {
      model.compute.drsEnabled = false;
      model.compute.host(LANDMARK.host).datastores = [FIRST];
      const storagePolicy = { id: 'gold', datastores: [FIRST, second], disks: [] };
      expect(await sentTo({ storagePolicy })).toEqual(FIRST);
    });
  });
});

describe('one of many clones', () => {
  test('is not sent where its datastore has no room, which two reads find out for all of them', async () => {
    model.storage.machineGiB = 30;
    for (let count = 0; count < 3; count += 1) {
      const failure = await failureOf(sentTo({ datastore: FIRST, oneOfMany: true }));
      expect(failure).toMatchObject({
        code: 'InsufficientStorageSpace',
        outcome: 'NotSent',
        message:
          'datastore datastore-1 has 25.0 GiB left, and a clone takes 30.0 GiB: make room on it, or name another place',
      });
    }
    expect(callsOf('CloneVM_Task')).toEqual([]);
    expect(callsOf('RetrievePropertiesEx')).toHaveLength(2);
  });

  test('is sent as long as there is room for all that was sent before, also to the datastore of the template', async () => {
    expect(await sentTo({ oneOfMany: true })).toBeUndefined();
    expect(await sentTo({ oneOfMany: true })).toBeUndefined();
    expect((await failureOf(sentTo({ oneOfMany: true }))).message).toContain('datastore-1 has 5.0 GiB left');
    await clock.advance(60_000);
    expect(await sentTo({ oneOfMany: true })).toBeUndefined();
  });

  test('is sent where nobody knows the room', async () => {
    const [template] = model.machines.filter(({ isTemplate }) => isTemplate);
    Object.assign(template ?? {}, { datastores: [FIRST, second] });
    model.storage.machineGiB = 1_000;
    expect(await sentTo({ oneOfMany: true })).toBeUndefined();
  });
});

test('a single clone to a datastore looks at no room', async () => {
  model.storage.machineGiB = 30;
  expect(await sentTo({ datastore: FIRST })).toEqual(FIRST);
});
