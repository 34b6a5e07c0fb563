/** R15: the room that each step takes. */
import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { refKey } from '../../vsphere/port';
import { NOTHING, type Plan, type VCenterAction } from './action';
import { heldPlaces, machinePlace, placeOf, slotPlace, spentPlaces } from './place';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 }, { numCpu: 1 });
const { machine, slot } = replica;
const target = { vms: 1, cpu: 2, memoryMiB: 4096 };
const none = { type: 'Folder', value: 'none' };
const clone = { kind: 'Clone', slot, template: none, folder: none, resourcePool: none, again: false } as const;
const taken = (action: VCenterAction, plan: Plan = NOTHING) => placeOf(action, group, plan);
const outdated: Plan = { ...NOTHING, leaving: new Map([[refKey(machine.ref), 'Outdated']]) };
const surplus: Plan = { ...NOTHING, leaving: new Map([[refKey(machine.ref), 'Surplus']]) };
const restarting: Plan = { ...NOTHING, restarting: new Set([refKey(machine.ref)]) };

describe('a place is taken', () => {
  const own = { key: machinePlace(machine.ref), machine: machine.ref };

  test('by a clone, for its slot', () => {
    expect(taken(clone)).toEqual({ key: slotPlace(slot), target });
  });

  test('by a change of size, for what the machine will have', () => {
    const size = { numCpu: 8, memoryMiB: 1024 };
    expect(taken({ kind: 'Reconfigure', replica, size })).toEqual({
      ...own,
      target: { vms: 1, cpu: 8, memoryMiB: 1024 },
    });
    const { numCpu: _, ...untold } = machine;
    const unknown = { ...replica, machine: untold };
    expect(taken({ kind: 'Reconfigure', replica: unknown, size })?.target).toEqual({ vms: 1, cpu: 0, memoryMiB: 1024 });
  });

  test.each(['Shutdown', 'PowerOff', 'Destroy'] as const)(
    'by %s of a machine that gets a size or a successor',
    (kind) => {
      for (const plan of [outdated, restarting])
        expect(taken({ kind, replica }, plan)).toEqual({ ...own, target, isPledge: true });
      for (const plan of [surplus, NOTHING]) expect(taken({ kind, replica }, plan)).toBeUndefined();
    },
  );

  test('by an adoption, for the size that the machine has; not for a group that is being deleted', () => {
    const adopt = { kind: 'Adopt', machine, owner: undefined, slot } as const;
    expect(taken(adopt)).toEqual({ ...own, target: { vms: 1, cpu: 1, memoryMiB: 4096 }, anySize: true });
    expect(placeOf(adopt, aDeletedGroup(), NOTHING)).toBeUndefined();
  });

  test('by nothing else', () => {
    expect(taken({ kind: 'PowerOn', replica }, outdated)).toBeUndefined();
  });
});

describe('a group holds', () => {
  const unseen = { ref: { type: 'VirtualMachine', value: 'hidden' }, slot: { ordinal: 7, revision: 'r' } };
  const known = { machines: [{ ...unseen, name: 'hidden', isShown: false }] };

  test('what is in flight, and machines that cannot be seen', () => {
    const inFlight = [
      anOperation('Clone', { slot }),
      anOperation('Reconfigure', { machine: machine.ref }),
      anOperation('PowerOn', { machine: none }),
    ];
    expect([...spentPlaces({ known, inFlight })].toSorted()).toEqual(
      [machinePlace(unseen.ref), slotPlace(slot), machinePlace(machine.ref)].toSorted(),
    );
  });

  test('the place of a machine that cannot be seen, which only the clone of its slot takes', () => {
    const observed = anObservation(group, { known });
    const plan = { ...NOTHING, actions: [{ ...clone, slot: unseen.slot }] };
    const held = heldPlaces(observed, plan);
    expect([...held.spent]).toEqual([machinePlace(unseen.ref)]);
    expect(held.successors).toEqual(new Map([[slotPlace(unseen.slot), machinePlace(unseen.ref)]]));
    expect(held.asked.map(({ key }) => key)).toEqual([slotPlace(unseen.slot)]);
    expect(held.unseen).toEqual([{ key: machinePlace(unseen.ref), machine: unseen.ref, target }]);
    expect([...heldPlaces(observed, NOTHING).spent]).toEqual([machinePlace(unseen.ref)]);
  });

  test('what machines are pledged that go off for a size or a successor', () => {
    const observed = anObservation(group, { replicas: [replica] });
    expect([...heldPlaces(observed, restarting).pledged]).toEqual([machinePlace(machine.ref)]);
    expect([...heldPlaces(observed, surplus).pledged]).toEqual([]);
  });
});
