import { beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK, VCenterModel } from '../../test/fakes/vcenter';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import type { ManagedObjectReference, VCenterConnection } from '.';

const STEP_MS = 10;
const KEY = 'codeconnect.uid';

let clock: VirtualClock;
let model: VCenterModel;
let machine: ManagedObjectReference;

beforeEach(async () => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0, machines: 3 });
  const task = model.hand.clone(LANDMARK.template, LANDMARK.operatorFolder, 'web', { [KEY]: 'U' });
  await clock.advance(60_000);
  const { result } = model.tasks.get(task);
  if (result === undefined) throw new Error('no machine was made');
  machine = result;
});

/** Another operator process each time. */
async function connect(): Promise<VCenterConnection> {
  const connection = model.connect({ watchedExtraConfigKeys: [KEY] });
  void connection.run(new AbortController().signal);
  await until(() => connection.status.kind === 'Ready');
  return connection;
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn += 1) {
    if (turn > 10_000) throw new Error('not in time');
    await clock.advance(STEP_MS);
  }
}

const CALL = { operationId: 'test', signal: new AbortController().signal };

test('a filter made twice, since the answer to its making was lost, changes nothing and does not stay', async () => {
  model.loseNext('CreateFilter', 'ReplyLost');
  const { inventory } = await connect();
  await until(() => inventory.virtualMachine(machine)?.details !== undefined);
  model.hand.resize(machine, { numCpu: 3, memoryMiB: 1024 });
  await until(() => inventory.virtualMachine(machine)?.numCpu === 3);
  await clock.advance(10_000);
  expect(inventory.virtualMachine(machine)).toMatchObject({ name: 'web', extraConfig: { [KEY]: 'U' }, numCpu: 3 });
  expect(model.filterCount).toBe(4);
});

describe.each(['inaccessible', 'orphaned', 'invalid'] as const)('the configuration of an %s machine', (state) => {
  test('counts as last read, and not as empty, until vCenter can read it again', async () => {
    const { inventory } = await connect();
    await until(() => inventory.virtualMachine(machine)?.details !== undefined);
    const before = inventory.virtualMachine(machine);
    expect(before).toMatchObject({ extraConfig: { [KEY]: 'U' }, details: {} });
    expect(before).not.toHaveProperty('unreadable');
    model.hand.connect(machine, state);
    await until(() => inventory.virtualMachine(machine)?.connectionState === state);
    await clock.advance(10_000);
    expect(inventory.virtualMachine(machine)).toEqual({ ...before, connectionState: state, unreadable: true });
    expect(inventory.virtualMachinesByExtraConfig(KEY, 'U')).toHaveLength(1);
    model.hand.connect(machine, 'connected');
    await until(() => inventory.virtualMachine(machine)?.connectionState === 'connected');
    await clock.advance(10_000);
    expect(inventory.virtualMachine(machine)).toEqual(before);
  });

  test('counts as last read also after the stream was lost meanwhile', async () => {
    const connection = await connect();
    const { inventory } = connection;
    await until(() => inventory.virtualMachine(machine)?.details !== undefined);
    const before = inventory.virtualMachine(machine);
    await clock.advance(10_000);
    model.goDown();
    model.goUp();
    model.hand.connect(machine, state);
    await until(() => connection.status.kind !== 'Ready');
    await until(() => connection.status.kind === 'Ready');
    await clock.advance(10_000);
    expect(inventory.virtualMachine(machine)).toEqual({ ...before, connectionState: state, unreadable: true });
  });

  test('is unknown to an operator that starts meanwhile, and is said to be', async () => {
    model.hand.connect(machine, state);
    const { inventory, calls } = await connect();
    expect(inventory.virtualMachine(machine)).toMatchObject({ name: 'web', unreadable: true, extraConfig: {} });
    expect(inventory.virtualMachine(machine)).not.toHaveProperty('instanceUuid');
    const read = calls.readVirtualMachine(machine, CALL);
    await clock.advance(10_000);
    expect(await read).toMatchObject({ name: 'web', unreadable: true, extraConfig: {} });
    model.hand.connect(machine, 'connected');
    await until(() => inventory.virtualMachine(machine)?.unreadable === undefined);
    expect(inventory.virtualMachine(machine)?.extraConfig).toEqual({ [KEY]: 'U' });
  });
});
