import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/time/random';
import type { ConnectionStatus, InventoryChange } from '../../src/vsphere';
import { type ContractConnection, type ContractWorld, WATCHED } from '../contract/vcenter/contract-world';
import { describeVCenterContract } from '../contract/vcenter/describe-contract';
import { VirtualClock } from '../support/time/virtual-clock';
import { drawQuirks, LANDMARK, MODEL_ACCOUNT, VCenterModel } from './vcenter';

const STEP_MS = 20;
const LONGEST_MS = 15 * 60_000;

function modelWorld(
  seed: number | 'Plain',
): ContractWorld & { readonly model: VCenterModel; readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  const random = seededRandom(seed === 'Plain' ? 1 : seed);
  // Slow clones: the contract must see a clone while it runs, even if the drawn network is slow.
  const quirks = seed === 'Plain' ? {} : { quirks: { ...drawQuirks(random), cloneMs: { from: 5_000, to: 30_000 } } };
  const model = new VCenterModel({ clock, random, machines: 3, ...quirks });
  const until = async (what: string, condition: () => boolean) => {
    for (let passedMs = 0; !condition(); passedMs += STEP_MS) {
      if (passedMs > LONGEST_MS) throw new Error(`not within ${LONGEST_MS} ms of virtual time: ${what}`);
      await clock.advance(STEP_MS);
    }
  };
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    let over = false;
    const end = () => {
      over = true;
    };
    answer.then(end, end);
    await until('an answer', () => over);
    return answer;
  };
  const connect = async (): Promise<ContractConnection> => {
    const connection = model.connect({ watchedExtraConfigKeys: WATCHED });
    const changes: InventoryChange[] = [];
    const statuses: ConnectionStatus[] = [];
    connection.onInventoryChange((change) => changes.push(change));
    connection.onStatus((status) => statuses.push(status));
    const stopping = new AbortController();
    const run = connection.run(stopping.signal);
    const stop = () => {
      stopping.abort();
      return answered(run);
    };
    return { connection, changes, statuses, until, stop };
  };
  const { hand } = model;
  return {
    model,
    clock,
    connect,
    answered,
    taskUserName: MODEL_ACCOUNT.userName,
    hand: {
      rename: async (machine, name) => hand.rename(machine, name),
      powerOff: async (machine) => hand.power(machine, 'poweredOff'),
      destroy: async (machine) => hand.destroy(machine),
      defineAttribute: async (name) => model.customFields.define(name),
      clone: async (source, folder, name) => {
        hand.clone(source, folder, name);
      },
      setGuest: async (machine, { toolsRunning, ipAddress }) =>
        hand.setGuest(machine, { toolsRunning, ipAddresses: [ipAddress] }),
      adaptersOf: async (machine) =>
        model.truth.machine(machine).adapters.map(({ kind, network }) => ({ kind, network: network.value })),
      endSessions: async () => model.endSessions(),
    },
    loseNext: (method, what) => model.loseNext(method, what === 'Request' ? 'RequestLost' : 'ReplyLost'),
    sessionCount: async () => model.sessionCount,
    stop: async () => undefined,
  };
}

describeVCenterContract('the model of a vCenter', async () => modelWorld('Plain'));
for (const seed of [1, 2, 3, 4, 5])
  describeVCenterContract(`the model of a vCenter with the quirks of seed ${seed}`, async () => modelWorld(seed));

describe('the model', () => {
  test('tells a datastore inside a datastore cluster, and a vApp in the folder that shows it', async () => {
    const { model, connect } = modelWorld('Plain');
    const here = await connect();
    await here.until('ready', () => here.connection.status.kind === 'Ready');
    const { inventory } = here.connection;
    const { name } = model.truth.entity(LANDMARK.datastore);
    model.hand.createStoragePod(LANDMARK.datastore, 'pod');
    await here.until('moved', () => inventory.pathOf(LANDMARK.datastore) === `/vcqaDC/datastore/pod/${name}`);
    expect(inventory.findEntity(['Datastore'], name, LANDMARK.datacenter)).toMatchObject({ kind: 'Found' });
    const app = model.hand.vApp(LANDMARK.operatorFolder, LANDMARK.resourcePool, 'app');
    await here.until('vApp', () => inventory.entity(app)?.folder !== undefined);
    expect(inventory.entitiesIn(LANDMARK.operatorFolder).map((entity) => entity.ref)).toEqual([app]);
    await here.stop();
  });

  test('a clone by a person has the marks of its source, as in vCenter', async () => {
    const { model, clock, connect } = modelWorld('Plain');
    const here = await connect();
    await here.until('ready', () => here.connection.status.kind === 'Ready');
    const source = model.hand.clone(LANDMARK.template, LANDMARK.operatorFolder, 'source', { 'codeconnect.uid': 'U' });
    await clock.advance(2_000);
    const machine = model.tasks.get(source).result;
    if (machine === undefined) throw new Error('no machine was made');
    model.hand.clone(machine, LANDMARK.operatorFolder, 'copy');
    await here.until(
      'both',
      () => here.connection.inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'U').length === 2,
    );
    await here.stop();
  });

  test('a guest without VMware Tools cannot be shut down, and a clone can leave out the vApp configuration', async () => {
    const { model, connect, answered } = modelWorld('Plain');
    const here = await connect();
    await here.until('ready', () => here.connection.status.kind === 'Ready');
    const { calls } = here.connection;
    const call = { operationId: 'o', signal: new AbortController().signal };
    const { template, operatorFolder: folder, resourcePool, opaqueNetwork } = LANDMARK;
    const size = { numCpu: 1, memoryMiB: 64, annotation: '', extraConfig: {} };
    const placement = { template, folder, resourcePool, networks: [opaqueNetwork] };
    const request = { ...size, ...placement, name: 'tools', instanceUuid: '', removeVAppConfig: true };
    await answered(calls.cloneVirtualMachine(request, call));
    const made = () => model.machines.find(({ name }) => name === 'tools');
    await here.until('made', () => made() !== undefined);
    expect(made()).toMatchObject({
      hasVAppConfig: false,
      adapters: [{ kind: 'VirtualE1000', network: opaqueNetwork }],
    });
    const { ref = template } = made() ?? {};
    model.hand.power(ref, 'poweredOn');
    await expect(answered(calls.shutdownGuest(ref, call))).rejects.toMatchObject({ code: 'ToolsUnavailable' });
    await here.stop();
  });

  test('a task goes on when the process that started it has ended', async () => {
    const { model, clock, connect, answered } = modelWorld('Plain');
    const here = await connect();
    await here.until('ready', () => here.connection.status.kind === 'Ready');
    const { template, operatorFolder: folder, resourcePool } = LANDMARK;
    const request = { template, folder, resourcePool, name: 'left', numCpu: 1, memoryMiB: 64, instanceUuid: '' };
    const signal = new AbortController().signal;
    await answered(
      here.connection.calls.cloneVirtualMachine(
        { ...request, annotation: '', extraConfig: {} },
        { operationId: 'o', signal },
      ),
    );
    await here.stop();
    await clock.advance(5_000);
    expect(model.machines.map(({ name }) => name)).toContain('left');
  });

  test('a session ends after half an hour without a call, and keep-alive prevents that', async () => {
    const { model, clock, connect } = modelWorld('Plain');
    const here = await connect();
    await here.until('ready', () => here.connection.status.kind === 'Ready');
    await clock.advance(3 * 3_600_000);
    expect(here.statuses.map(({ kind }) => kind)).toEqual(['Ready']);
    expect(model.sessionCount).toBe(1);
    await here.stop();
  });

  test('does exactly the same for the same seed', async () => {
    const story = async () => {
      const { model, clock, connect } = modelWorld(7);
      const here = await connect();
      await here.until('ready', () => here.connection.status.kind === 'Ready');
      model.hand.clone(LANDMARK.template, LANDMARK.operatorFolder, 'one');
      await clock.advance(300_000);
      const calls = model.calls.map(({ method }) => method);
      await here.stop();
      return { calls, changes: here.changes };
    };
    expect(await story()).toEqual(await story());
  });
});
