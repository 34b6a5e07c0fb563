/** What one look tells of the replicas of a group, of what is beside them, and of the room that is left. */
import { describe, expect, test } from 'vitest';
import { aFault, aGroup, CLUSTER_ID, VCENTER_UUID } from '../../../test/support/builders/observation';
import { marksFor } from '../../api/ownership';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../vsphere/port';
import { type Limits, NOTHING_USED } from '../model/limits';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { GroupMemory } from './group-memory';
import { type ObserveInput, observe } from './observe';

const NOW = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };
const BEFORE = { wallMs: 0, monotonicMs: 5 };
const FOLDER = { type: 'Folder', value: 'shop.web' };

function aWorld(): InventoryStore {
  const store = new InventoryStore();
  let parent: ManagedObjectReference = { type: 'Folder', value: 'root' };
  for (const [type, value] of [
    ...[['Datacenter', 'dc'] as const, ['Folder', 'vm'] as const],
    ...[['Folder', 'vm-operator'] as const, ['Folder', 'shop.web'] as const],
  ]) {
    store.apply({ type, value }, [
      { path: 'name', value },
      { path: 'parent', value: parent },
    ]);
    parent = { type, value };
  }
  return store;
}

interface Drawn {
  readonly ordinal?: number;
  readonly cluster?: string;
  readonly groupUid?: string;
  readonly more?: Readonly<Record<string, string | number | ManagedObjectReference>>;
}

/** A running machine in the folder; of the group unless other marks are given. */
function addMachine(store: InventoryStore, value: string, { ordinal = 0, more = {}, ...of }: Drawn = {}): void {
  const { cluster = CLUSTER_ID, groupUid = aGroup().metadata.uid } = of;
  const marks = marksFor({ cluster, group: 'shop/web', groupUid, slot: { ordinal, revision: 'r' } }, `its ${value}`);
  const told = {
    ...{ name: value, parent: FOLDER, 'config.changeVersion': '1', 'config.instanceUuid': `its ${value}` },
    ...{ 'runtime.powerState': 'poweredOn', 'runtime.connectionState': 'connected' },
    ...Object.fromEntries(Object.entries(marks).map(([key, mark]) => [`config.extraConfig["${key}"].value`, mark])),
    ...more,
  };
  store.apply(
    { type: 'VirtualMachine', value },
    Object.entries(told).map(([path, told]) => ({ path, value: told })),
  );
}

function look(inventory: InventoryStore, rest: Partial<ObserveInput> & { readonly remembered?: GroupMemory } = {}) {
  const { remembered, group = aGroup() } = rest;
  return observe({
    ...{ group, now: NOW, clusterId: CLUSTER_ID, inventory, defaultFolder: 'vm-operator' },
    vcenter: { kind: 'Ready', name: '(env)', instanceUuid: VCENTER_UUID },
    ...{ tenants: DEFAULT_TENANT_POLICY, isLiving: () => false, unclaimedClones: () => false, uninstalling: false },
    memory: remembered ?? GroupMemory.from(group, NOW),
    ...rest,
  });
}

describe('the replicas of a group', () => {
  test('R1: are the machines with the marks of this group and this cluster', () => {
    const store = aWorld();
    addMachine(store, 'own');
    addMachine(store, 'another', { cluster: 'another' });
    addMachine(store, 'copied', { more: { 'config.instanceUuid': 'its own' } });
    expect(look(store).replicas.map(({ machine }) => machine.name)).toEqual(['own']);
  });

  test('come in the order of their ordinals, and of one ordinal in that of their references', () => {
    const store = aWorld();
    for (const [value, ordinal] of [
      ['d', 2],
      ['c', 0],
      ['b', 10],
      ['a', 2],
      ['e', 2],
    ] as const)
      addMachine(store, value, { ordinal });
    expect(look(store).replicas.map(({ machine }) => machine.name)).toEqual(['c', 'a', 'd', 'e', 'b']);
  });

  test('are told with the name of their host, and with the disks that they were seen with', () => {
    const store = aWorld();
    const host = { type: 'HostSystem', value: 'host-1' };
    store.apply(host, [{ path: 'name', value: 'esx-1' }]);
    addMachine(store, 'on-host', { more: { 'runtime.host': host } });
    addMachine(store, 'nowhere', { ordinal: 1 });
    const remembered = GroupMemory.from(aGroup(), NOW);
    remembered.history.sawDisks('on-host', 'data 9 GiB');
    const [first, second] = look(store, { remembered }).replicas;
    expect(first).toMatchObject({ host: 'esx-1', disks: 'data 9 GiB' });
    for (const field of ['host', 'disks']) expect(second).not.toHaveProperty(field);
  });

  const waiting = aGroup({
    readiness: { type: 'PoweredOn', guestInfo: [{ key: 'app', value: 'up' }] } as NonNullable<VmGroupSpec['readiness']>,
  });

  const asking = aGroup({ readiness: { type: 'ToolsRunning' } });

  test.each<[string, VmGroup, string | undefined, boolean, Drawn['more'], typeof NOW | undefined]>([
    ['are ready since now when they become so', aGroup(), undefined, false, {}, NOW],
    ['are ready since then while they stay so', aGroup(), undefined, true, {}, BEFORE],
    ['are not ready while they are off', aGroup(), undefined, true, { 'runtime.powerState': 'poweredOff' }, undefined],
    ['are ready once their guests say so', waiting, 'up', false, {}, NOW],
    ['are not ready while their guests say other things', waiting, 'down', true, {}, undefined],
    ['stay ready until the values of their guests are read', waiting, undefined, true, {}, BEFORE],
    ['do not become ready before that', waiting, undefined, false, {}, undefined],
    ['stay ready until their tools are told of', asking, undefined, true, {}, BEFORE],
    ['do not become ready before that either', asking, undefined, false, {}, undefined],
    ['are not ready by their guests alone', waiting, 'up', true, { 'runtime.powerState': 'poweredOff' }, undefined],
  ])('%s', (_, group, guest, wasReady, more, expected) => {
    const store = aWorld();
    addMachine(store, 'vm', { ...(more && { more }) });
    const ref = { type: 'VirtualMachine', value: 'vm' };
    const read = [
      { path: 'config.extraConfig["guestinfo.app"].value', value: guest },
      { path: 'config.changeVersion', value: '1' },
    ];
    if (guest !== undefined) store.applyGuestInfo(ref, ['app'], read, 'Whole');
    const remembered = GroupMemory.from(group, NOW);
    if (wasReady) remembered.history.sawReady(new Map([['vm', BEFORE]]));
    expect(look(store, { group, remembered }).replicas[0]?.readySince).toEqual(expected);
  });
});

test('R1: what is foreign in the folder of a group is named in order, also what only a live look has found', () => {
  const store = aWorld();
  addMachine(store, 'own');
  addMachine(store, 'pet', { groupUid: 'another' });
  addMachine(store, 'dark', { groupUid: 'another', more: { 'config.instanceUuid': 'x' } });
  store.apply({ type: 'VirtualMachine', value: 'dark' }, [{ path: 'config.changeVersion', value: undefined }]);
  store.apply({ type: 'Folder', value: 'inner' }, [
    { path: 'name', value: 'a-folder' },
    { path: 'parent', value: FOLDER },
  ]);
  const remembered = GroupMemory.from(aGroup(), NOW);
  expect(look(store, { remembered }).foreignNames).toEqual(['a-folder', 'pet']);
  expect(look(store, { remembered }).lookedIntoFolder).toBe(false);
  remembered.foreignInFolder = ['hidden'];
  expect(look(store, { remembered }).foreignNames).toEqual(['a-folder', 'hidden', 'pet']);
  expect(look(store, { remembered }).lookedIntoFolder).toBe(true);
});

describe('a resize', () => {
  const isResizing = (...cpus: readonly number[]) => {
    const store = aWorld();
    for (const [ordinal, cpu] of cpus.entries())
      addMachine(store, `vm-${ordinal}`, {
        ordinal,
        more: { 'config.hardware.numCPU': cpu, 'config.hardware.memoryMB': 4096 },
      });
    return look(store).resizing;
  };
  test('is over once each replica has its size', () => {
    expect([isResizing(2, 2), isResizing(2, 1)]).toEqual([false, true]);
  });

  test('that nobody asked for is none, whatever sizes there are', () => {
    const store = aWorld();
    addMachine(store, 'vm', { more: { 'config.hardware.numCPU': 1 } });
    const remembered = GroupMemory.from(aGroup(), NOW);
    remembered.isResizing = () => false;
    expect(look(store, { remembered }).resizing).toBe(false);
  });
});

test('what is known of domains without room, and of DRS rules, is told only where there is any', () => {
  const remembered = GroupMemory.from(aGroup(), NOW);
  const first = look(aWorld(), { remembered });
  for (const field of ['fullDomains', 'hostRules']) expect(first).not.toHaveProperty(field);
  remembered.history.fullDomains.set('east', aFault(aGroup()));
  const cluster = { type: 'ClusterComputeResource', value: 'c' };
  remembered.history.wroteHostRules({ cluster, apart: [], kept: [], domains: [] }, 0);
  const { fullDomains, hostRules } = look(aWorld(), { remembered });
  expect([[...(fullDomains?.keys() ?? [])], [...(hostRules?.keys() ?? [])]]).toEqual([['east'], ['c']]);
});

describe('R13: nothing is seen of a group', () => {
  const nothing = { replicas: [], unreadable: [], foreignNames: [], orphans: { kind: 'None' }, unclaimedClones: true };
  const store = aWorld();
  addMachine(store, 'own');
  const vcenter = { kind: 'Unavailable', name: '(env)', reason: 'Unreachable', message: '' } as const;

  test.each<[string, Partial<ObserveInput>]>([
    ['while its vCenter is not ready', { vcenter: { ...vcenter, needsUser: false, reconnecting: true } }],
    ['while it has no vCenter', { inventory: undefined }],
  ])('%s', (_, rest) =>
    expect(look(store, rest)).toMatchObject({ ...nothing, placement: { problems: [] }, folder: { kind: 'Missing' } }),
  );
});

test('R2: clones of an earlier process are asked for by template, folder and the folders of its machines', () => {
  const store = aWorld();
  addMachine(store, 'own');
  addMachine(store, 'nowhere', { ordinal: 1 });
  store.apply({ type: 'VirtualMachine', value: 'nowhere' }, [{ path: 'parent', value: undefined }]);
  const asked: unknown[] = [];
  look(store, { unclaimedClones: (about) => asked.push(about) > 0 });
  expect(asked).toMatchObject([{ folder: { ref: FOLDER, name: 'shop.web', machinesIn: [FOLDER] } }]);
});

describe('R15: the room for a group', () => {
  const holders = { used: () => ({ namespace: NOTHING_USED, total: NOTHING_USED }), present: () => ({}) as never };
  const withLimits = (limits: Limits, quietUntilMs: number, remembered = GroupMemory.from(aGroup(), BEFORE)) =>
    look(aWorld(), {
      ...{ tenants: { ...DEFAULT_TENANT_POLICY, limits }, remembered },
      quota: { holders, isUncertain: false, quietUntilMs },
    });

  test('is unbounded without limits', () => {
    expect(withLimits({}, 0).room).toBeUndefined();
    expect(withLimits({ perNamespace: { vms: 1 } }, 0).room).toMatchObject({ isUncertain: false });
  });

  const SOON_MS = NOW.monotonicMs + 1;
  test.each<[string, Limits, number, number | undefined]>([
    ['while one of another group may arrive', { total: { vms: 9 } }, SOON_MS, SOON_MS],
    ['not once it would have arrived', { total: { vms: 9 } }, NOW.monotonicMs, BEFORE.monotonicMs + 5_000],
    ['not for limits of single machines', { perVM: { cpu: 9 } }, SOON_MS, BEFORE.monotonicMs + 5_000],
  ])('waits for requests of an earlier process %s', (_, limits, untilMs, expected) =>
    expect(withLimits(limits, untilMs).predecessorQuietAtMs).toBe(expected),
  );

  test('waits for its own as well, if that takes longer', () => {
    const later = { wallMs: 0, monotonicMs: NOW.monotonicMs + 9_000 };
    const remembered = GroupMemory.from(aGroup(), later);
    expect(withLimits({ total: { vms: 9 } }, SOON_MS, remembered).predecessorQuietAtMs).toBe(later.monotonicMs + 5_000);
  });
});
