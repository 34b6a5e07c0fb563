import { describe, expect, test } from 'vitest';
import {
  adoptionWorld,
  aShape,
  change,
  decided,
  inspections,
  machineIn,
  observedAdoption,
  plannedAdoption,
  refusals,
} from '../../../test/support/builders/adoption-world';
import { aGroup, anOperation, aReplica } from '../../../test/support/builders/observation';
import { adoptionRevisionOf, type Slot } from '../../api/identity';
import { slotRevisionOf } from '../../api/slot-revision';
import { adoptionDecision } from '../model/adoption-decision';
import { planRequestedAdoption } from './requested-adoption';
import { planRollout } from './rollout';

const adopt = { folder: 'by-hand' };
const fulfilled = { adoptionRevision: adoptionRevisionOf({ adopt }) ?? '' } as const;
const odd = { 'web-1': { shape: aShape({ guestId: 'rhel9_64Guest' }) } };

describe('machines of spec.adopt', () => {
  test('are looked at first, the template among them, and nothing is made in their place meanwhile', () => {
    const store = adoptionWorld('web-1', 'web-2');
    const { actions, keep, condition } = plannedAdoption(store, { adopt, looked: new Map() });
    expect(actions).toMatchObject([
      { kind: 'InspectMachines', machines: [{ name: 'template' }, { name: 'web-1' }, { name: 'web-2' }] },
    ]);
    expect(keep).toEqual([]);
    expect(condition('MachinesAdopted')).toMatchObject({ status: 'False', reason: 'Adopting' });
  });

  test('are neither looked at nor taken over by a paused group', () => {
    const observed = observedAdoption(adoptionWorld('web-1'), { adopt, spec: { paused: true }, looked: new Map() });
    expect(planRequestedAdoption(observed)).toEqual({ steps: [] });
  });

  test('wait while a person has to decide about machines of an earlier group of this name', () => {
    const orphans = { kind: 'Restored', adopt: false, machines: [], refused: [], others: [] } as const;
    const observed = observedAdoption(adoptionWorld('web-1'), { adopt, observed: { orphans } });
    expect(planRequestedAdoption(observed).steps).toEqual([]);
  });

  test('that fit get the lowest free ordinals and the current revision, so none is replaced', () => {
    const store = adoptionWorld('web-1', 'web-2');
    const { actions, status } = plannedAdoption(store, { adopt });
    const revision = slotRevisionOf(aGroup().spec, 0);
    expect(actions).toMatchObject([
      { kind: 'Adopt', machine: { name: 'web-1' }, slot: { ordinal: 0, revision } },
      { kind: 'Adopt', machine: { name: 'web-2' }, slot: { ordinal: 1, revision } },
    ]);
    expect(status?.adoptionRevision).toBeUndefined();
  });

  test('are no more than replicas are missing: the others are named, and stay as they are', () => {
    const store = adoptionWorld('web-1', 'web-2', 'web-3');
    const group = aGroup({ replicas: 2 });
    const replicas = [aReplica(group, { ordinal: 0 })];
    const { actions } = plannedAdoption(store, { adopt, observed: { replicas } });
    expect(actions).toMatchObject([{ kind: 'Adopt', machine: { name: 'web-1' }, slot: { ordinal: 1 } }]);
    expect(decided(store, { adopt, observed: { replicas } }).leftOut).toEqual([
      '/dc/vm/by-hand/web-2',
      '/dc/vm/by-hand/web-3',
    ]);
    const full = [...replicas, aReplica(group, { ordinal: 1 })];
    const done = plannedAdoption(store, { adopt, observed: { replicas: full } });
    expect([done.steps, done.leaving.size]).toEqual([[], 0]);
    expect(done.condition('MachinesAdopted')).toMatchObject({ status: 'False', reason: 'MoreThanReplicas' });
    expect(done.condition('MachinesAdopted')?.message).toContain('set it to 5 to take all over');
    expect(done.condition('Stalled')?.status).toBe('False');
  });

  test('what is beyond the machines asked for is cloned beside them', () => {
    const store = adoptionWorld('web-1');
    const { actions } = plannedAdoption(store, { adopt, spec: { replicas: 3 } });
    expect(actions.map((action) => [action.kind, 'slot' in action ? action.slot.ordinal : undefined])).toEqual([
      ['Adopt', 0],
      ['Clone', 1],
      ['Clone', 2],
    ]);
  });

  test('R2: an adoption that was sent holds its ordinal, though the spec asks for it no more', () => {
    const slot: Slot = { ordinal: 0, revision: slotRevisionOf(aGroup().spec, 0) };
    const machine = { type: 'VirtualMachine', value: 'web-1' };
    const inFlight = [anOperation('Adopt', { slot, machine })];
    const store = adoptionWorld('web-1');
    expect(adoptionDecision(observedAdoption(store, { adopt, observed: { inFlight } }))).toMatchObject({
      take: [],
      held: new Set([0]),
      isFulfilled: false,
    });
    const { adoption: _, ...without } = observedAdoption(store, { adopt, observed: { inFlight } });
    expect(planRollout(without).missing.map(({ ordinal }) => ordinal)).toEqual([1]);
  });

  test('R2, R7: wait for clones that an earlier process may have started, and for its last request', () => {
    const store = adoptionWorld('web-1');
    expect(plannedAdoption(store, { adopt, observed: { unclaimedClones: true } }).steps).toEqual([]);
    const waits = plannedAdoption(store, { adopt, observed: { predecessorQuietAtMs: 1_003_000 } });
    expect([waits.steps, waits.requeueAtMs]).toEqual([[], 1_003_000]);
  });

  test('R2: wait while the folder of the group is out of sight, where a clone may have put the machine of a slot', () => {
    const folder = { ref: { type: 'Folder', value: 'own' }, path: '/dc/vm/web', wasOurs: true, heldMachines: true };
    const kinds = (isShown: boolean) => {
      const known = { machines: [], folder: { ...folder, isShown } };
      const observed = observedAdoption(adoptionWorld('web-1'), { adopt, observed: { known } });
      return planRequestedAdoption(observed).steps.map(({ kind }) => kind);
    };
    expect(kinds(false)).toEqual([]);
    expect(kinds(true)).toEqual(['Adopt']);
  });

  test('a paused group takes none', () => {
    expect(plannedAdoption(adoptionWorld('web-1'), { adopt, spec: { paused: true } }).steps).toEqual([]);
  });
});

describe('a machine that does not fit', () => {
  test('keeps its place: none is cloned for it, and the group is stalled; what fits goes on', () => {
    const store = adoptionWorld('web-1', 'web-2');
    const { actions, condition, status, requeueAtMs } = plannedAdoption(store, {
      adopt,
      looked: inspections(store, odd),
    });
    expect(actions).toMatchObject([{ kind: 'Adopt', machine: { name: 'web-2' }, slot: { ordinal: 1 } }]);
    expect(condition('MachinesAdopted')).toMatchObject({ status: 'False', reason: 'AdoptionRefused' });
    expect(condition('MachinesAdopted')?.message).toContain('/dc/vm/by-hand/web-1 is no machine of the template');
    expect(condition('Stalled')).toMatchObject({ status: 'True', reason: 'AdoptionRefused' });
    expect([status?.phase, requeueAtMs]).toEqual(['ERROR', 1_060_000]);
  });

  test('is looked at again a minute later, and as soon as the inventory shows a change of it', () => {
    const store = adoptionWorld('web-1');
    const looked = inspections(store, odd);
    const later = { now: { wallMs: 0, monotonicMs: 1_060_000 } };
    expect(decided(store, { adopt, looked }).look).toEqual([]);
    expect(decided(store, { adopt, looked, observed: later }).look.map(({ name }) => name)).toEqual([
      'template',
      'web-1',
    ]);
    change(store, 'web-1', [['runtime.powerState', 'poweredOff']]);
    expect(decided(store, { adopt, looked }).look.map(({ name }) => name)).toEqual(['web-1']);
  });

  test('is refused while a task works on it', () => {
    const store = adoptionWorld('web-1');
    const looked = inspections(store, { 'web-1': { task: 'VirtualMachine.clone' } });
    expect(refusals(store, { adopt, looked })).toEqual([
      ['TaskRunning', expect.stringContaining('a task (VirtualMachine.clone) works on /dc/vm/by-hand/web-1')],
    ]);
  });

  test('R1: is refused if it would be destroyed at once: it is in spec.retire, or of a size that Replace replaces', () => {
    const store = adoptionWorld('web-1');
    const retire = [machineIn(store, 'web-1').ref.value];
    expect(refusals(store, { adopt, spec: { retire } })[0]?.[0]).toBe('WouldBeReplaced');
    change(store, 'web-1', [['config.hardware.memoryMB', 512]]);
    const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'Replace' } as NonNullable<
      ReturnType<typeof aGroup>['spec']['updateStrategy']
    >;
    const asked = { adopt, spec: { updateStrategy }, looked: inspections(store) };
    expect(refusals(store, { ...asked, observed: { resizing: true } })[0]?.[0]).toBe('WouldBeReplaced');
    expect(refusals(store, asked)).toEqual([]);
  });

  test('another CPU or memory is no reason to refuse', () => {
    const store = adoptionWorld('web-1');
    change(store, 'web-1', [['config.hardware.memoryMB', 512]]);
    expect(decided(store, { adopt, looked: inspections(store) }).take).toHaveLength(1);
  });
});

describe('a request that was fulfilled', () => {
  const full = (count: number) => [0, 1].slice(0, count).map((ordinal) => aReplica(aGroup(), { ordinal }));

  test('is remembered once all of its machines that have a place are in the group', () => {
    const { status, condition } = plannedAdoption(adoptionWorld(), { adopt, observed: { replicas: full(2) } });
    expect(status?.adoptionRevision).toBe(fulfilled.adoptionRevision);
    expect(condition('MachinesAdopted')).toMatchObject({ status: 'True', reason: 'Adopted' });
  });

  test('not before it could be looked up, nor for a group of no replicas', () => {
    expect(plannedAdoption(adoptionWorld('web-1'), { adopt, spec: { replicas: 0 } }).status?.adoptionRevision).toBe(
      undefined,
    );
    const { placement } = observedAdoption(adoptionWorld(), { adopt });
    const { datacenter: _, ...unresolved } = placement;
    const status = plannedAdoption(adoptionWorld(), { adopt, observed: { placement: unresolved } }).status;
    expect(status?.adoptionRevision).toBeUndefined();
  });

  test('passes over names that are not found any more, and holds no place for what is refused', () => {
    const machines = { machines: ['gone', 'web-1'] };
    const status = { adoptionRevision: adoptionRevisionOf({ adopt: machines }) ?? '' };
    const store = adoptionWorld('web-1');
    const asked = { adopt: machines, status, looked: inspections(store, odd), observed: { replicas: full(1) } };
    expect(decided(store, asked).refused.map(({ name }) => name)).toEqual(['web-1']);
    const { steps, condition } = plannedAdoption(store, asked);
    expect(steps).toEqual(['Clone']);
    expect(condition('Stalled')?.status).toBe('False');
  });

  test('another request begins anew', () => {
    const status = { adoptionRevision: 'aaaaaaaaaa' };
    const { steps, condition } = plannedAdoption(adoptionWorld(), { adopt: { machines: ['gone'] }, status });
    expect(steps).toEqual(['Clone']);
    expect(condition('Stalled')).toMatchObject({ status: 'True', reason: 'AdoptionRefused' });
  });
});
