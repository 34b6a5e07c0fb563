import { describe, expect, test } from 'vitest';
import { aGroup, aReplica } from '../../test/support/builders/observation';
import { ReconciledWorld } from '../../test/support/builders/reconciled-world';
import type { Slot } from '../api/identity';
import { marksFor } from '../api/ownership';
import { Annotation, type VmGroup } from '../api/vm-group';
import type { ManagedObjectReference, VimClient, VirtualMachine } from '../vsphere/port';

const group = aGroup({ replicas: 0 });
const replica = aReplica(group, { ordinal: 0 });
const { machine } = replica;
const task = (value: string): ManagedObjectReference => ({ type: 'Task', value });

/** One machine of the group (one that is too many, unless told), with its power state, and the calls that it is answered by. */
function aWorld(
  powerState: 'poweredOn' | 'poweredOff',
  calls: Partial<VimClient>,
  ofGroup = group,
  { machine, slot } = replica,
): ReconciledWorld {
  const world = new ReconciledWorld(calls);
  const put = (type: string, value: string, name: string, parent: ManagedObjectReference) =>
    world.inventory.apply({ type, value }, [
      { path: 'name', value: name },
      { path: 'parent', value: parent },
    ]);
  put('Datacenter', 'dc', 'dc', { type: 'Folder', value: 'root' });
  put('Folder', 'vm', 'vm', { type: 'Datacenter', value: 'dc' });
  put('Folder', 'parent', 'vm-operator', { type: 'Folder', value: 'vm' });
  put('Folder', 'group-folder', 'shop.web', { type: 'Folder', value: 'parent' });
  world.inventory.apply(machine.ref, [
    { path: 'name', value: machine.name },
    { path: 'parent', value: { type: 'Folder', value: 'group-folder' } },
    { path: 'runtime.powerState', value: powerState },
    { path: 'runtime.connectionState', value: 'connected' },
    { path: 'config.instanceUuid', value: machine.instanceUuid },
    ...Object.entries(marksOf(ofGroup, machine, slot)).map(([key, value]) => ({
      path: `config.extraConfig["${key}"].value`,
      value,
    })),
  ]);
  world.put({ ...ofGroup, spec: { ...ofGroup.spec, powerOff: { mode: 'Hard' } } });
  return world;
}

function marksOf({ metadata }: VmGroup, machine: VirtualMachine, slot: Slot) {
  const { namespace, name, uid } = metadata;
  const owner = { cluster: machine.extraConfig['codeconnect.cluster'] ?? '', group: `${namespace}/${name}` };
  return marksFor({ ...owner, groupUid: uid, slot }, machine.instanceUuid ?? '');
}

test('R3: a reconcile ends while its task in vCenter still runs, and the next one sends nothing twice', async () => {
  let sent = 0;
  const powerOff = async () => {
    sent += 1;
    return task('task-1');
  };
  const world = aWorld('poweredOn', { powerOff });
  await world.reconcile('shop/web');
  await world.reconcile('shop/web');
  expect(sent).toBe(1);
});

test('R6: work of a process that leads no more is not begun, and begins when it leads again', async () => {
  let sent = 0;
  const powerOff = async () => {
    sent += 1;
    return task('task-1');
  };
  const world = aWorld('poweredOn', { powerOff });
  world.leads = false;
  await world.reconcile('shop/web');
  expect(sent).toBe(0);
  world.leads = true;
  await world.reconcile('shop/web');
  expect(sent).toBe(1);
});

test.each<[string, Partial<typeof group.spec> | undefined]>([
  ['paused', { paused: true }],
  ['gone', undefined],
])('work of a group that is %s by then is not begun', async (_what, spec) => {
  const world = aWorld('poweredOn', { powerOff: async () => task('task-1') });
  const reconciled = world.reconciler.reconcile('shop/web', new AbortController().signal);
  if (spec === undefined) world.forget('shop/web');
  else world.put({ ...group, spec: { ...group.spec, ...spec } });
  await reconciled;
  await world.clock.advance(0);
  expect(world.linesOf('PowerOff')).toEqual([]);
});
test.each([undefined, '2026-01-02T00:00:00Z'])(
  'R8: the removal of an unreadable machine outside the folder wakes the group that waits for it (deleted at %s)',
  async (deletionTimestamp) => {
    const world = aWorld('poweredOff', {});
    const status = { replicas: [{ ...replica.slot, moRef: machine.ref.value, name: machine.name, ready: false }] };
    const metadata = { ...group.metadata, ...(deletionTimestamp !== undefined && { deletionTimestamp }) };
    world.put({ ...group, metadata, status } as unknown as typeof group);
    world.inventory.remove(machine.ref);
    world.inventory.apply(machine.ref, [
      { path: 'name', value: machine.name },
      { path: 'parent', value: { type: 'Folder', value: 'elsewhere' } },
      { path: 'runtime.connectionState', value: 'inaccessible' },
    ]);
    await world.reconcile('shop/web');
    const gone = world.inventory.remove(machine.ref);
    expect(gone && [...world.affectedGroups.groupsAffectedBy(gone)]).toEqual(['shop/web']);
  },
);

test('the end of a group wakes one that asks for a machine with its marks, which is told then that they are all that is left', async () => {
  const old = aGroup({ replicas: 1 }, { metadata: { ...group.metadata, name: 'old', uid: 'uid-of-old' } });
  const world = aWorld('poweredOn', {}, old);
  world.tenants = { ...world.tenants, adoptableMachines: ['/dc/vm/**'] };
  world.put({ ...group, spec: { ...group.spec, replicas: 1, adopt: { machines: [machine.name] } } });
  const told = () =>
    world.group('shop/web')?.status?.conditions?.find(({ type }) => type === 'MachinesAdopted')?.message;
  await world.reconcile('shop/web');
  expect(told()).toContain('VmGroup shop/old: delete that group with deletionPolicy Orphan');
  world.requeued.length = 0;
  world.forget('shop/old');
  await world.reconciler.reconcile('shop/old', new AbortController().signal);
  expect(world.requeued).toContain('shop/web');
  // A status is not written twice in a moment.
  await world.clock.advance(60_000);
  await world.reconcile('shop/web');
  expect(told()).toContain('VmGroup shop/old (uid uid-of-old), which is gone');
});

describe('the log', () => {
  test('tells the start and the end of a change, so that a destroyed machine is found by name and reference', async () => {
    const live = { ...machine, powerState: 'poweredOff' as const, disks: [] };
    const world = aWorld('poweredOff', {
      readVirtualMachine: async () => live,
      destroyVirtualMachine: async () => task('task-7'),
    });
    await world.reconcile('shop/web');
    world.clock.jumpWall(1_000);
    await world.clock.advance(250);
    await world.endTask('task-7', { kind: 'Succeeded' });
    const about = {
      vmgroup: 'shop/web',
      reconcileID: expect.stringMatching(/^[0-9a-f]{8}$/),
      operation: 'Destroy',
      object: machine.name,
      moRef: machine.ref.value,
      opID: `vmop-web-Destroy-${machine.ref.value}`,
    };
    expect(world.linesOf('Destroy')).toEqual([
      { level: 'info', message: 'vCenter change started', fields: about },
      {
        level: 'info',
        message: 'vCenter change ended',
        fields: { ...about, task: 'task-7', durationMs: 250 },
      },
    ]);
  });

  test('tells a failure once as a warning, and counts it from then on', async () => {
    const failure = { code: 'TaskInProgress', message: 'another task runs', outcome: 'Refused' as const };
    let tasks = 0;
    const world = aWorld('poweredOn', { powerOff: async () => task(`task-${++tasks}`) });
    for (let round = 1; round <= 3; round += 1) {
      await world.reconcile('shop/web');
      await world.endTask(`task-${round}`, { kind: 'Failed', failure });
      await world.clock.advance(60_000);
    }
    const ends = world.linesOf('PowerOff').filter(({ message }) => message === 'vCenter change failed');
    expect(ends.map(({ level, fields }) => [level, fields.fault, fields.attempts])).toEqual([
      ['warn', 'TaskInProgress', undefined],
      ['info', 'TaskInProgress', 2],
      ['info', 'TaskInProgress', 3],
    ]);
  });
});

test('R4: guests are watched for a group that asks for values, on the keys that it asks for, and for no other', async () => {
  const world = aWorld('poweredOn', {});
  const paused = { ...group.spec, paused: true };
  world.put({ ...group, spec: paused });
  await world.reconcile('shop/web');
  expect(world.watched.size).toBe(0);
  const put = (spec: typeof paused) => world.put({ ...group, spec });
  put({ ...paused, readiness: { type: 'PoweredOn', guestInfo: [{ key: 'ready', value: 'true' }] } });
  await world.reconcile('shop/web');
  expect(world.watched.get(group.metadata.uid)).toEqual({ machines: [machine.ref.value], keys: ['ready'] });
  put(paused);
  await world.reconcile('shop/web');
  expect(world.watched.get(group.metadata.uid)).toEqual({ machines: [], keys: [] });
});

describe('events', () => {
  const one = aGroup({ replicas: 1 });
  const only = aReplica(one, { ordinal: 0 });
  const powerState = (value: string) => [{ path: 'runtime.powerState', value }];

  /** The one replica that the group asks for shows as powered on, and the task that did it has not ended. */
  async function poweredOnBeforeItsTaskEnds(): Promise<ReconciledWorld> {
    const world = aWorld('poweredOff', { powerOn: async () => task('task-1') }, one, only);
    await world.reconcile('shop/web');
    world.inventory.apply(only.machine.ref, powerState('poweredOn'));
    await world.clock.advance(60_000);
    await world.reconcile('shop/web');
    return world;
  }

  const reasonsOf = (world: ReconciledWorld) => world.events.map(({ reason }) => reason);

  test('what happened to a machine is told before what follows from it, though vCenter shows it before its task ends', async () => {
    const world = await poweredOnBeforeItsTaskEnds();
    expect(world.group('shop/web')?.status?.phase).toBe('RUNNING');
    expect(reasonsOf(world)).toEqual([]);
    await world.endTask('task-1', { kind: 'Succeeded' });
    await world.reconcile('shop/web');
    expect(reasonsOf(world)).toEqual(['ReplicaPoweredOn', 'Running']);
  });

  test('what follows is told too where the end of the work is never known, and once', async () => {
    const world = await poweredOnBeforeItsTaskEnds();
    const failure = { code: 'TaskLost', message: 'the task is gone', outcome: 'Unknown' as const };
    await world.endTask('task-1', { kind: 'Unknown', failure });
    await world.reconcile('shop/web');
    await world.reconcile('shop/web');
    expect(reasonsOf(world)).toEqual(['Running']);
  });

  test('an annotation whose value means nothing is told once, and again when it gets another such value', async () => {
    const world = aWorld('poweredOn', {}, one, only);
    const annotate = async (value: string) => {
      const stored = world.group('shop/web') ?? one;
      world.put({ ...stored, metadata: { ...stored.metadata, annotations: { [Annotation.Adopt]: value } } });
      await world.reconcile('shop/web');
      await world.reconcile('shop/web');
    };
    for (const value of ['adopt', 'ADOPT', 'Adopt']) await annotate(value);
    expect(world.events.filter(({ type }) => type === 'Warning').map(({ reason, note }) => [reason, note])).toEqual(
      ['adopt', 'ADOPT'].map((value) => [
        'AnnotationIgnored',
        `annotation ${Annotation.Adopt} is "${value}", which has no effect: give Adopt or Ignore`,
      ]),
    );
  });

  test('a group that is let go tells what stays in vCenter, by event and log line', async () => {
    const world = aWorld('poweredOn', {}, one, only);
    await world.reconcile('shop/web');
    const stored = world.group('shop/web') ?? one;
    const annotations = { [Annotation.ForceOrphan]: 'true' };
    world.put({ ...stored, metadata: { ...stored.metadata, annotations, deletionTimestamp: '2026-01-02T00:00:00Z' } });
    await world.reconcile('shop/web');
    const why = `annotation ${Annotation.ForceOrphan} asks for it: every machine (${only.machine.name}), the folder and the marks stay in vCenter as they are`;
    expect(world.events.at(-1)).toMatchObject({ type: 'Normal', reason: 'GroupLetGo', note: why });
    expect(world.lines).toContainEqual({
      level: 'info',
      message: 'a VmGroup is let go, and its machines stay',
      fields: { vmgroup: 'shop/web', why, folder: '/dc/vm/vm-operator/shop.web' },
    });
  });
});

describe('the measures', () => {
  test('tell how a task ended, how long it took, and the class of the fault that ended it', async () => {
    const failure = { code: 'NoDiskSpace', message: 'full', outcome: 'Refused' as const };
    const world = aWorld('poweredOn', { powerOff: async () => task('task-1') });
    await world.reconcile('shop/web');
    await world.clock.advance(4_000);
    expect(world.operations).toEqual([]);
    await world.endTask('task-1', { kind: 'Failed', failure });
    expect(world.operations).toEqual([
      { operation: 'PowerOff', outcome: 'Failed', tookMs: 4_000, faultClass: 'Capacity' },
    ]);
  });
});
