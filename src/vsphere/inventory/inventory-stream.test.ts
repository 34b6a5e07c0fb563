import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { InventoryChange, ManagedObjectReference, WorkOutcome } from '../port';
import { UnreadValues } from '../property/unread-values';
import { silentLog } from '../session/log';
import type { Session } from '../session/session';
import { TaskTracker } from '../task/tracker';
import type { AnyValue, DataObject } from '../vim25/describe';
import type { ObjectUpdate, UpdateSet } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { InventoryStore } from './inventory';
import { InventoryStream } from './inventory-stream';

const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
const VM1 = ref('VirtualMachine', 'vm-1');
const VM2 = ref('VirtualMachine', 'vm-2');
const VM3 = ref('VirtualMachine', 'vm-3');
const TASK = ref('Task', 'task-1');
const NOT_FOUND = (obj: ManagedObjectReference) =>
  errorOfLocalizedFault({ fault: { xsiType: 'ManagedObjectNotFound', obj } });

let clock: VirtualClock;
let calls: { readonly method: string; readonly parameters: Record<string, unknown> }[];
let waiting: { answer(update: UpdateSet | undefined): void; fail(error: Error): void } | undefined;
let objects: Map<string, DataObject>;
let store: InventoryStore;
let tasks: TaskTracker;
let stream: InventoryStream;
let changes: InventoryChange[];
let replace: () => void;
let synced: number;
let unknownPath: string | undefined;

beforeEach(() => {
  clock = new VirtualClock();
  calls = [];
  changes = [];
  waiting = undefined;
  objects = new Map();
  synced = 0;
  unknownPath = undefined;
  store = new InventoryStore();
  const session = aSession();
  tasks = new TaskTracker(session, clock, silentLog);
  const emit = (news: readonly InventoryChange[]) => changes.push(...news);
  const unread = new UnreadValues('vc', silentLog);
  stream = new InventoryStream({ session, store, tasks, watchedKeys: ['k'], clock, log: silentLog, unread, emit });
});

function aSession(): Session {
  let made = 0;
  const invoke = async (method: string, _self: ManagedObjectReference, parameters: Record<string, unknown>) => {
    if (method === 'WaitForUpdatesEx') return wait();
    calls.push({ method, parameters });
    await Promise.resolve();
    if (method === 'CreateFilter' && unknownPath !== undefined && JSON.stringify(parameters).includes(unknownPath))
      throw errorOfLocalizedFault({ fault: { xsiType: 'InvalidProperty', name: unknownPath } });
    if (method.startsWith('Create')) {
      made += 1;
      return ref(method.slice('Create'.length), String(made));
    }
    return method === 'RetrievePropertiesEx' ? retrieve(parameters) : undefined;
  };
  const session = {
    invoke,
    service: {
      rootFolder: ref('Folder', 'r'),
      viewManager: ref('ViewManager', 'v'),
      propertyCollector: ref('PC', 'p'),
    },
    onReplaced: (listener: () => void) => {
      replace = listener;
      return () => undefined;
    },
  };
  return session as unknown as Session;
}

function wait(): Promise<UpdateSet | undefined> {
  calls.push({ method: 'WaitForUpdatesEx', parameters: {} });
  return new Promise((resolve, reject) => {
    waiting = { answer: resolve, fail: reject };
  });
}

function retrieve(parameters: Record<string, unknown>): unknown {
  const [spec] = parameters.specSet as [{ objectSet: { obj: ManagedObjectReference }[] }];
  // Through a view: the details of machines, of which the test has none to tell here.
  if (spec.objectSet.some(({ obj }) => obj.type === 'ListView')) return { objects: [] };
  const found = spec.objectSet.map(({ obj }) => {
    const properties = objects.get(obj.value);
    if (properties === undefined) throw NOT_FOUND(obj);
    return { obj, propSet: Object.entries(properties).map(([name, val]) => ({ name, val })) };
  });
  return { objects: found };
}

function update(kind: string, obj: ManagedObjectReference, properties: Record<string, AnyValue> = {}): ObjectUpdate {
  return { kind, obj, changeSet: Object.entries(properties).map(([name, val]) => ({ name, op: 'assign', val })) };
}

/** What the session has made is named by how much was made. The four filters come last, that of the details as the last. */
const madeCount = () => calls.filter(({ method }) => method.startsWith('Create')).length;

async function answer(updates: readonly ObjectUpdate[], truncated = false, from?: string): Promise<void> {
  await settle();
  const filter = from ?? String(madeCount() - 3);
  waiting?.answer({
    version: 'v',
    truncated,
    filterSet: [{ filter: ref('PropertyFilter', filter), objectSet: updates }],
  });
  await settle();
}

function start(signal = new AbortController().signal): Promise<VsphereError> {
  return stream
    .run(signal, () => {
      synced += 1;
    })
    .catch((error) => error);
}

const methods = (name: string) => calls.filter(({ method }) => method === name);
const names = () => [...store.virtualMachines()].map(({ name }) => name);

describe('a sync', () => {
  test('makes its four filters before the first wait, and is complete with the last page', async () => {
    void start();
    await settle();
    const made = calls.map(({ method }) => method);
    expect(made.filter((method) => method === 'CreateFilter')).toHaveLength(4);
    expect(made.at(-1)).toBe('WaitForUpdatesEx');
    await answer([update('enter', VM1, { name: 'one' })], true);
    expect([names(), synced]).toEqual([['one'], 0]);
    await answer([update('enter', VM2, { name: 'two' })]);
    expect([names(), synced]).toEqual([['one', 'two'], 1]);
  });

  test('after a lost wait removes only what is really gone, and tells nothing twice', async () => {
    const first = start();
    await answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    waiting?.fail(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    expect(await first).toMatchObject({ code: 'ConnectionLost' });
    await stream.cleanup;
    expect(methods('DestroyPropertyCollector')).toHaveLength(1);
    changes.length = 0;
    void start();
    await answer([update('enter', VM1, { name: 'one' })]);
    expect(changes).toMatchObject([{ before: { name: 'two' } }]);
    expect(synced).toBe(2);
  });

  test('ends when the session was replaced, and leaves what died with it alone', async () => {
    const run = start();
    await answer([update('enter', VM1, { name: 'one' })]);
    replace();
    waiting?.fail(new VsphereError('Aborted', '', 'Unknown'));
    expect(await run).toMatchObject({ code: 'ConnectionLost' });
    expect(methods('DestroyPropertyCollector')).toHaveLength(0);
  });
});

describe('following', () => {
  beforeEach(async () => {
    void start();
    await answer([update('enter', VM1, { name: 'one', 'config.changeVersion': '1', 'config.hardware.numCPU': 1 })]);
    changes.length = 0;
  });

  test('tells a repeated enter only where it differs, and a leave once', async () => {
    await answer([update('enter', VM1, { name: 'one', 'config.changeVersion': '1', 'config.hardware.numCPU': 1 })]);
    expect(changes).toEqual([]);
    await answer([update('leave', VM1)]);
    await answer([update('leave', VM1)]);
    expect(changes).toHaveLength(1);
  });

  test('reads a machine again whose change version has changed, once for all of an update', async () => {
    objects.set('vm-1', { xsiType: '', name: 'one', 'config.changeVersion': '2', 'config.hardware.numCPU': 4 });
    await answer([
      update('modify', VM1, { 'config.changeVersion': '2' }),
      update('modify', VM1, { 'config.changeVersion': '3' }),
    ]);
    await clock.advance(50);
    expect(methods('RetrievePropertiesEx')).toHaveLength(1);
    expect(changes).toMatchObject([{ before: { numCpu: 1 }, after: { numCpu: 4 } }]);
  });

  test('does not let a machine come back that left while it was read', async () => {
    await answer([update('modify', VM1, { 'config.changeVersion': '2' })]);
    await answer([update('leave', VM1)]);
    await clock.advance(50);
    expect(names()).toEqual([]);
  });

  test('reads what a re-entering answer does not show: vcsim forgets to tell who left in it', async () => {
    await answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    objects.set('vm-1', { xsiType: '', name: 'one' });
    await answer([update('enter', VM1, { name: 'one' }), update('enter', VM3, { name: 'three' })]);
    await clock.advance(100);
    expect(names()).toEqual(['one', 'three']);
    expect(changes.at(-1)).toMatchObject({ kind: 'VirtualMachine', before: { name: 'two' } });
  });

  test('lets a member stay that a re-entering answer left out, when vCenter still knows it', async () => {
    await answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    objects.set('vm-2', { xsiType: '', name: 'two' });
    await answer([update('enter', VM1, { name: 'one' })], true);
    expect(methods('RetrievePropertiesEx')).toEqual([]);
    await answer([update('enter', VM3, { name: 'three' })]);
    await clock.advance(100);
    expect(methods('RetrievePropertiesEx')).toHaveLength(1);
    expect(names()).toEqual(['one', 'two', 'three']);
  });

  test('reads nothing where only the new member enters, as vCenter does it', async () => {
    await answer([update('enter', VM1, { name: 'one' })]);
    await answer([update('enter', VM2, { name: 'two' })]);
    await clock.advance(100);
    expect(methods('RetrievePropertiesEx')).toEqual([]);
  });

  test('does not spin when the server answers at once with nothing', async () => {
    const before = methods('WaitForUpdatesEx').length;
    for (let turn = 0; turn < 5; turn += 1) {
      waiting?.answer(undefined);
      await settle();
    }
    expect(methods('WaitForUpdatesEx')).toHaveLength(before);
    await clock.advance(1_000);
    expect(methods('WaitForUpdatesEx')).toHaveLength(before + 1);
  });
});

describe('details', () => {
  const MARK = 'config.extraConfig["k"].value';
  const guest = (ipAddress: string) => ({
    'guest.toolsRunningStatus': 'guestToolsRunning',
    'guest.ipAddress': ipAddress,
  });
  const tell = (...updates: readonly ObjectUpdate[]) => answer(updates, false, String(madeCount()));
  const edits = () => methods('ModifyListView').map(({ parameters }) => parameters);
  const detailsOf = (machine: ManagedObjectReference) => store.virtualMachine(machine)?.details;

  beforeEach(async () => {
    void start();
    await answer([update('enter', VM1, { name: 'ours', [MARK]: 'v' }), update('enter', VM2, { name: 'foreign' })]);
  });

  test('are asked of machines with marks only, and are read before the picture counts as complete', () => {
    expect(edits()).toEqual([{ add: [VM1], remove: [] }]);
    expect(methods('RetrievePropertiesEx')).toHaveLength(1);
    expect(synced).toBe(1);
  });

  test('belong to the machine, and a leave from their filter leaves the machine alone', async () => {
    changes.length = 0;
    await tell(update('enter', VM1, guest('192.0.2.1')));
    expect(changes).toMatchObject([{ before: { name: 'ours' }, after: { details: { ipAddresses: ['192.0.2.1'] } } }]);
    await tell(update('enter', VM1, guest('192.0.2.1')));
    await tell(update('leave', VM1));
    expect(changes).toHaveLength(1);
    expect(detailsOf(VM1)).toMatchObject({ toolsRunning: true, cpuHotAdd: false });
  });

  test('that vCenter leaves out of a repeated enter are unset', async () => {
    await tell(update('enter', VM1, { ...guest('192.0.2.1'), 'config.cpuHotAddEnabled': true }));
    await tell(
      update('enter', VM1, { 'guest.toolsRunningStatus': 'guestToolsNotRunning', 'config.changeVersion': '1' }),
    );
    expect(detailsOf(VM1)).toEqual({ toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false });
  });

  test('prefer the addresses of all adapters over the primary one', async () => {
    const net = (...ipAddress: string[]) => [{ xsiType: 'GuestNicInfo', ipAddress }] as unknown as AnyValue;
    await tell(update('enter', VM1, { ...guest('192.0.2.1'), 'guest.net': net('fe80::1', '192.0.2.1') }));
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['fe80::1', '192.0.2.1']);
    await tell(update('modify', VM1, { 'guest.net': net() }));
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['192.0.2.1']);
  });

  test('of many machines that get their marks together cost one edit', async () => {
    await answer([update('modify', VM2, { [MARK]: 'v' }), update('enter', VM3, { name: 'new', [MARK]: 'v' })]);
    await clock.advance(1_000);
    expect(edits().slice(1)).toEqual([{ add: [VM2, VM3], remove: [] }]);
  });

  test('go with the marks, and the machine leaves the list a while later', async () => {
    await tell(update('enter', VM1, guest('192.0.2.1')));
    await answer([update('modify', VM1, { [MARK]: '' })]);
    expect(store.virtualMachine(VM1)).not.toHaveProperty('details');
    await clock.advance(10_000);
    expect(edits().slice(1)).toEqual([{ add: [], remove: [VM1] }]);
    await answer([update('modify', VM1, { [MARK]: 'v' })]);
    expect(store.virtualMachine(VM1)).not.toHaveProperty('details');
    await clock.advance(1_000);
    expect(edits().slice(2)).toEqual([{ add: [VM1], remove: [] }]);
  });

  test('are shown again at once when the marks come back before the machine has left the list', async () => {
    await tell(update('enter', VM1, guest('192.0.2.1')));
    await answer([update('modify', VM1, { [MARK]: '' })]);
    await answer([update('modify', VM1, { [MARK]: 'v' })]);
    expect(detailsOf(VM1)?.ipAddresses).toEqual(['192.0.2.1']);
    await clock.advance(10_000);
    expect(edits()).toHaveLength(1);
  });

  test('of a machine that is gone cost no edit', async () => {
    await answer([update('leave', VM1)]);
    await clock.advance(10_000);
    expect(edits()).toHaveLength(1);
  });

  test('are asked for without the creation date where vCenter does not know it', async () => {
    waiting?.fail(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    await settle();
    unknownPath = 'config.createDate';
    void start();
    await settle();
    const paths = methods('CreateFilter').map(({ parameters }) => JSON.stringify(parameters.spec));
    expect(paths.at(-1)).toContain('guest.toolsRunningStatus');
    expect(paths.at(-1)).not.toContain('config.createDate');
    expect(calls.at(-1)?.method).toBe('WaitForUpdatesEx');
  });

  test('of an enter without configuration, as of a machine whose host is away, keep the marks', async () => {
    await answer([update('enter', VM1, { name: 'ours', 'runtime.connectionState': 'inaccessible' })]);
    expect(store.virtualMachine(VM1)).toMatchObject({ connectionState: 'inaccessible', extraConfig: { k: 'v' } });
    await answer([update('enter', VM1, { name: 'ours', 'config.changeVersion': '2' })]);
    expect(store.virtualMachine(VM1)?.extraConfig).toEqual({});
  });
});

describe('a filter that is not ours, since the answer to its making was lost', () => {
  const KEY = 'config.extraConfig["k"].value';

  test('is not heard, and is destroyed once', async () => {
    void start();
    await answer([update('enter', VM1, { name: 'ours', 'config.changeVersion': '1', [KEY]: 'v' })]);
    const known = store.virtualMachine(VM1);
    calls.length = 0;
    for (const version of ['2', '3'])
      await answer([update('enter', VM1, { 'config.changeVersion': version })], false, 'stray');
    await answer([update('leave', VM1)], false, 'stray');
    await clock.advance(1_000);
    expect(store.virtualMachine(VM1)).toBe(known);
    expect(methods('DestroyPropertyFilter')).toHaveLength(1);
    expect(methods('RetrievePropertiesEx')).toEqual([]);
  });
});

describe('tasks', () => {
  let ends: WorkOutcome[];
  const info = (state: string, more: Record<string, AnyValue> = {}): DataObject => ({
    xsiType: 'TaskInfo',
    key: 'k',
    task: TASK,
    descriptionId: 'd',
    state,
    ...more,
  });

  beforeEach(async () => {
    ends = [];
    void start();
    await answer([]);
    tasks.follow(TASK, (outcome) => ends.push(outcome));
  });

  test('are put into the list view together, and end through the stream', async () => {
    tasks.follow(ref('Task', 'task-2'), () => undefined);
    await clock.advance(100);
    expect(methods('ModifyListView').map(({ parameters }) => parameters.add)).toEqual([[TASK, ref('Task', 'task-2')]]);
    await answer([update('enter', TASK, { info: info('running', { progress: 40 }) })]);
    expect([ends, tasks.progressPercent(TASK)]).toEqual([[], 40]);
    await answer([update('modify', TASK, { info: info('success', { result: VM2 }) })]);
    await answer([update('enter', TASK, { info: info('success', { result: VM2 }) })]);
    expect(ends).toEqual([{ kind: 'Succeeded', result: VM2 }]);
  });

  test('that fail tell the fault, and one that timed out ends Unknown', async () => {
    const error = { xsiType: '', fault: { xsiType: 'NoDiskSpace', datastore: 'ds' } };
    await answer([update('enter', TASK, { info: info('error', { error }) })]);
    expect(ends).toMatchObject([
      { kind: 'Failed', failure: { code: 'NoDiskSpace', message: 'The datastore ds is full.' } },
    ]);
    tasks.follow(TASK, (outcome) => ends.push(outcome));
    await answer([
      update('enter', TASK, { info: info('error', { error: { xsiType: '', fault: { xsiType: 'Timedout' } } }) }),
    ]);
    expect(ends[1]).toMatchObject({ kind: 'Unknown', failure: { code: 'Timedout' } });
  });

  test('without news for a minute are read live, and end Unknown when vCenter has lost them', async () => {
    objects.set('task-1', { xsiType: '', info: info('running') });
    await clock.advance(80_000);
    expect(ends).toEqual([]);
    objects.delete('task-1');
    await clock.advance(80_000);
    expect(ends).toMatchObject([{ kind: 'Unknown', failure: { code: 'TaskLost' } }]);
  });

  test('are put into the next list view after the stream was lost', async () => {
    await clock.advance(100);
    waiting?.fail(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    await settle();
    void start();
    await answer([]);
    await clock.advance(1);
    expect(methods('ModifyListView')).toHaveLength(2);
  });

  test('at rest leave no timer', async () => {
    await clock.advance(100);
    await answer([update('enter', TASK, { info: info('success') })]);
    expect(ends).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
