import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import { slotOf } from '../model/action';
import type { Replica } from '../model/observation';
import { blockers } from '../preview/blockers';
import { explain } from '../preview/explain';
import { forecast } from '../preview/forecast';
import { statusOf } from '../status/status';
import { plan } from './plan';

const ref = (ordinal: number) => ({ type: 'VirtualMachine', value: `vm-${ordinal}` });
const resizePolicy = 'PowerCycle' as const;
type Change = (replicas: readonly Replica[]) => readonly Replica[];

/** Three replicas, of which the machine of ordinal 1 is retired. */
function look(spec: Partial<VmGroupSpec> = {}, change: Change = (all) => all) {
  const group = aGroup({ replicas: 3, retire: ['vm-1', 'vm-99'], ...spec });
  const replicas = change([0, 1, 2].map((ordinal) => aReplica(group, { ordinal }, { ref: ref(ordinal) })));
  const observed = anObservation(group, { replicas });
  const planned = plan(observed);
  return {
    ...{ observed, planned },
    steps: planned.actions.map((action) => `${action.kind} ${slotOf(action)?.ordinal}`),
    why: planned.actions.map((action) => explain(action, observed, planned)),
    forecast: forecast(observed, planned).map(({ kind, slot, why }) => `${kind} ${slot.ordinal} ${why}`),
    status: statusOf(observed, planned),
  };
}

describe('a retired machine', () => {
  test('is replaced, and no other; entries of machines that are gone do nothing', () => {
    const { steps, why, forecast, status } = look();
    expect(steps).toEqual(['PowerOff 1']);
    expect(why.join()).toContain('listed in spec.retire');
    expect(forecast).toEqual(['Replace 1 listed in spec.retire']);
    expect([status?.phase, status?.updatedReplicas]).toEqual(['PENDING', 2]);
    expect(look({ retire: ['vm-99'] }).steps).toEqual([]);
  });

  test('waits for its successor where none may be unavailable', () => {
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    expect(look({ updateStrategy: { type: 'RollingUpdate', resizePolicy, rollingUpdate } }).steps).toEqual(['Clone 3']);
  });

  test.each(['RollingUpdate', 'OnDelete'] as const)('is replaced with %s, within maxUnavailable', (type) => {
    const rollingUpdate = { maxSurge: 0, maxUnavailable: 1 };
    const both = look({ updateStrategy: { type, resizePolicy, rollingUpdate }, retire: ['vm-0', 'vm-1'] });
    expect(both.steps).toEqual(['PowerOff 0']);
    expect(blockers(both.observed, both.planned)).toEqual([]);
  });

  test('gets its successor beside it with OnDelete too, while others of an older revision stay', () => {
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    const updateStrategy = { type: 'OnDelete', resizePolicy, rollingUpdate } as const;
    const older: Change = (all) =>
      all.map((replica) => ({ ...replica, slot: { ...replica.slot, revision: 'old0000000' } }));
    expect(look({ updateStrategy }, older).steps).toEqual(['Clone 3']);
    expect(look({ updateStrategy, retire: [] }, older).steps).toEqual([]);
  });

  test('goes first when there are too many, before one that is powered off', () => {
    const off = (replica: Replica): Replica => ({
      ...replica,
      machine: { ...replica.machine, powerState: 'poweredOff' },
    });
    const { steps } = look({ replicas: 2 }, (all) => all.map((one) => (one.slot.ordinal === 2 ? off(one) : one)));
    expect(steps).toContain('PowerOff 1');
    expect(steps).not.toContain('Destroy 2');
  });

  test('stays while the group is paused', () => {
    expect(look({ paused: true }).steps).toEqual([]);
  });
});
