import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { sizeRevisionOf, slotKey } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { diskKey, diskSizesOf } from '../model/disk-sizes';
import type { Replica } from '../model/observation';
import { GroupMemory } from '../observe/group-memory';
import { statusOf } from '../status/status';
import { plan } from './plan';

const disks = { rootSizeGiB: 40, extra: [{ name: 'data', sizeGiB: 100 }] };
const KEY = 'root disk 40 GiB, data 100 GiB';

function look(change: Partial<Replica> = {}, spec: Partial<VmGroupSpec> = {}, faults = new Map()) {
  const group = aGroup({ disks, ...spec });
  const replica = { ...aReplica(group, { ordinal: 0 }), ...change };
  const observed = anObservation(group, { replicas: [replica], faults });
  const planned = plan(observed);
  const status = statusOf(observed, planned);
  const synced = status?.conditions?.find(({ type }) => type === 'ConfigSynced');
  return { kinds: planned.actions.map(({ kind }) => kind), actions: planned.actions, status, synced };
}

describe('disks', () => {
  test('of a machine that nobody has looked at, or with other sizes, are compared live, while it runs', () => {
    for (const seen of [{}, { disks: 'root disk 20 GiB, data 100 GiB' }]) {
      const { actions, status, synced } = look(seen);
      expect(actions).toMatchObject([{ kind: 'SizeDisks', disks }]);
      expect([status?.phase, synced?.reason]).toEqual(['PENDING', 'Reconfiguring']);
      expect(synced?.message).toContain(`get ${KEY}`);
    }
  });

  test('R4: that are known to be right, or that the spec leaves out, cost nothing', () => {
    expect(look({ disks: KEY })).toMatchObject({ kinds: [], status: { phase: 'RUNNING' } });
    expect(look({}, { disks: {} })).toMatchObject({ kinds: [], status: { phase: 'RUNNING' } });
  });

  test('wait for the power-on, which is more urgent', () => {
    const { machine } = aReplica(aGroup({ disks }), { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(look({ machine }).kinds).toEqual(['PowerOn']);
    expect(look({ machine }, { powerState: 'PoweredOff' }).kinds).toEqual(['SizeDisks']);
  });

  test('R8: that cannot grow wait for their retry, and hold up no power-on', () => {
    const group = aGroup({ disks });
    const { slot, machine } = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    const fault = { ...aFault(group, { class: 'NeedsUser', reason: 'DiskHasParent' }), only: 'SizeDisks' as const };
    const faults = new Map([[slotKey(slot), fault]]);
    expect(look({}, {}, faults).kinds).toEqual([]);
    expect(look({ machine }, {}, faults).kinds).toEqual(['PowerOn']);
  });

  test('are part of the clone', () => {
    const planned = plan(anObservation(aGroup({ disks })));
    expect(planned.actions).toMatchObject([{ kind: 'Clone', disks }]);
    const [plain] = plan(anObservation(aGroup())).actions;
    expect(plain).not.toHaveProperty('disks');
  });
});

describe('after a restart', () => {
  const now = { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 50 };
  const stored = (group: VmGroup, reason: string): VmGroup => ({
    ...group,
    status: {
      sizeRevision: sizeRevisionOf(aGroup({ disks }).spec),
      conditions: [
        { type: 'ConfigSynced', status: 'True', reason, message: '', lastTransitionTime: '2026-01-01T00:00:00Z' },
      ],
      replicas: [{ name: 'web', ordinal: 0, revision: 'a', moRef: 'vm-1' }],
    },
  });

  test('R4: nobody looks at disks that the status calls in sync with this spec', () => {
    const group = aGroup({ disks });
    const wanted = diskSizesOf(group);
    expect(GroupMemory.from(stored(group, 'InSync'), now).history.disksOf('vm-1')).toBe(wanted && diskKey(wanted));
  });

  test('all others are looked at', () => {
    expect(GroupMemory.from(stored(aGroup({ disks }), 'Reconfiguring'), now).history.disksOf('vm-1')).toBeUndefined();
    const other = aGroup({ disks: { rootSizeGiB: 50 } });
    expect(GroupMemory.from(stored(other, 'InSync'), now).history.disksOf('vm-1')).toBeUndefined();
  });
});
