import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import { findUnreadable } from '../observe/unreadable-machines';
import { statusOf } from '../status/status';
import { plan } from './plan';

const group = aGroup({ replicas: 2 });
const kept = aReplica(group, { ordinal: 0 });
const { machine } = aReplica(
  group,
  { ordinal: 1 },
  { extraConfig: {}, unreadable: true, connectionState: 'inaccessible' },
);

describe("R2: while vCenter does not tell the configuration of a machine that may be the group's", () => {
  const observed = anObservation(group, { replicas: [kept], unreadable: [machine] });

  test('no other is created for it', () => {
    expect(plan(observed).actions).toEqual([]);
    expect(plan({ ...observed, unreadable: [] }).actions).toMatchObject([{ kind: 'Clone' }]);
  });

  test('the status names it and the remedy', () => {
    const status = statusOf(observed, plan(observed));
    expect(status).toMatchObject({ phase: 'ERROR' });
    expect(status?.lastMessage).toContain(`vCenter does not tell the configuration of ${machine.name} (inaccessible)`);
  });
});

describe('after a restart, when no marks were read before', () => {
  const parent = { type: 'Folder', value: 'group-folder' };
  const store = new InventoryStore();
  const put = (value: string, name: string, folder: string) =>
    store.apply(
      { type: 'VirtualMachine', value },
      [
        { path: 'name', value: name },
        { path: 'parent', value: { type: 'Folder', value: folder } },
        { path: 'runtime.connectionState', value: 'inaccessible' },
      ],
      'Whole',
    );
  put('vm-1', 'in the folder', parent.value);
  put('vm-2', 'moved by a person', 'elsewhere');
  put('vm-3', 'nobody knows', 'elsewhere');
  put('vm-4', aReplica(group, { ordinal: 1 }).machine.name, parent.value);

  const naming = (moRef: string): VmGroup => ({
    ...group,
    status: { replicas: [{ name: 'x', ready: true, ...kept.slot, moRef }] },
  });
  const found = (of: VmGroup, making = false) => {
    const seen = {
      ...{ group: of, clusterId: 'c', inventory: store, replicas: [] },
      placement: { problems: [] },
      folder: { kind: 'Found' as const, createdByOperator: true, isOurs: true, ref: parent, path: '/dc/vm/f' },
    };
    const slot = aReplica(group, { ordinal: 1 }).slot;
    const at = { wallMs: 0, monotonicMs: 0 };
    const clone = {
      key: 'clone',
      operation: 'Clone' as const,
      slot,
      sentAt: at,
      state: 'Sent' as const,
      stateSinceMs: 0,
    };
    return findUnreadable(seen, making ? [clone] : []).map(({ ref }) => ref.value);
  };

  test('a machine counts that lies in the folder, and one that the last status names by its reference', () => {
    expect(found(naming('vm-2')).sort()).toEqual(['vm-1', 'vm-2', 'vm-4']);
    expect(found(naming('vm-9')).sort()).toEqual(['vm-1', 'vm-4']);
  });

  test.each([
    ['deleted', { metadata: { ...group.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }],
    ['of another revision', { spec: { ...group.spec, template: 'another' } }],
  ])('R7: the status goes on naming its machine when the group is %s', (_, change) => {
    const former = { name: machine.name, ready: true, ...kept.slot, moRef: machine.ref.value };
    const observed = anObservation({ ...group, ...change, status: { replicas: [former] } }, { unreadable: [machine] });
    expect(statusOf(observed, plan(observed))?.replicas).toContainEqual(
      expect.objectContaining({ ...kept.slot, moRef: machine.ref.value, ready: false }),
    );
  });

  test('R7: the status goes on naming it beside another machine of its slot that is not shown any more', () => {
    const former = (moRef: string) => ({ name: machine.name, ready: false, ...kept.slot, moRef });
    const stored = { ...group, status: { replicas: [former(machine.ref.value), former('vm-gone')] } };
    const unseen = {
      ref: { type: 'VirtualMachine', value: 'vm-gone' },
      slot: kept.slot,
      name: machine.name,
      isShown: false,
    };
    const observed = anObservation(stored, { unreadable: [machine], known: { machines: [unseen] } });
    const told = statusOf(observed, plan(observed))?.replicas?.map(({ moRef }) => moRef);
    expect(told).toContain(machine.ref.value);
    expect(told).toContain('vm-gone');
  });

  test('R7: the status of a deleted group names a machine out of sight, also while a clone of its slot is under way', () => {
    const deleted = { ...group, metadata: { ...group.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const ref = { type: 'VirtualMachine', value: 'vm-unseen' };
    const unseen = { ref, slot: kept.slot, name: machine.name, isShown: false };
    const inFlight = [anOperation('Clone', { slot: kept.slot })];
    const observed = anObservation(deleted, { inFlight, known: { machines: [unseen] } });
    const told = statusOf(observed, plan(observed))?.replicas?.map(({ moRef }) => moRef);
    expect(told).toEqual(['vm-unseen']);
  });

  test('R7: a machine that the last status names without a reference counts in any folder, and stays in the status', () => {
    put('vm-5', machine.name, 'elsewhere');
    const former = { name: machine.name, ready: false, ordinal: 1, revision: kept.slot.revision };
    const without = { ...group, status: { replicas: [former] } };
    expect(found(without)).toContain('vm-5');
    const ending = { ...without, metadata: { ...group.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const observed = anObservation(ending, { unreadable: [machine] });
    expect(statusOf(observed, plan(observed))?.replicas).toContainEqual(expect.objectContaining({ ordinal: 1 }));
    store.remove({ type: 'VirtualMachine', value: 'vm-5' });
  });

  test('the machine that a clone of ours is just making does not count', () => {
    expect(found(naming('vm-9'), true)).toEqual(['vm-1']);
  });
});

describe('R2: a slot that had a machine is looked up live before it is filled again', () => {
  const slot = { ordinal: 0, revision: kept.slot.revision };

  test('at each try, not at the first only', () => {
    const alone = aGroup({ replicas: 1 });
    const first = anObservation(alone, { hadMachine: new Set([slotKey(slot)]) });
    expect(plan(first).actions).toMatchObject([{ kind: 'Clone', again: true }]);
  });

  test('also when an earlier process may have made it, and no status names it', () => {
    const first = anObservation(aGroup({ replicas: 1 }), { predecessorQuietAtMs: 1 });
    expect(plan(first).actions).toMatchObject([{ kind: 'Clone', again: true }]);
  });

  test('also after a restart: the status goes on naming the machine that the slot had', () => {
    const former = { name: 'x', ready: true, ...slot, moRef: 'vm-1', instanceUuid: 'its-uuid' };
    const alone = { ...aGroup({ replicas: 1 }), status: { replicas: [former] } };
    const observed = anObservation(alone);
    expect(statusOf(observed, plan(observed))?.replicas).toMatchObject([
      { ordinal: 0, ready: false, moRef: 'vm-1', instanceUuid: 'its-uuid' },
    ]);
  });
});
