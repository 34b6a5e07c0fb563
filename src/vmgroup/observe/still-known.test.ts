import { describe, expect, test } from 'vitest';
import { aGroup, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { InFlightOperation, InFlightState } from '../model/in-flight';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import { machinePlace, unseenPlaces } from '../model/place';
import { stillKnown } from './still-known';

const group = aGroup();
const { machine, slot } = aReplica(group, { ordinal: 0 });
const known: KnownMachine = { ref: machine.ref, slot, name: machine.name, isShown: true };
const folder: KnownFolder = {
  ...{ ref: { type: 'Folder', value: 'group-folder' }, path: '/dc/vm/shop.web' },
  ...{ isShown: true, wasOurs: true, heldMachines: true },
};

function knownAfter(
  before: Parameters<typeof stillKnown>[0],
  fill: (inventory: InventoryStore) => void = () => {},
  operations: readonly InFlightOperation[] = [],
) {
  const inventory = new InventoryStore();
  fill(inventory);
  const missing = { kind: 'Missing' } as const;
  const seen = { group, clusterId: CLUSTER_ID, placement: { problems: [] }, folder: missing, replicas: [], inventory };
  return stillKnown(before, seen, operations);
}

describe('a machine that the inventory does not show any more', () => {
  test('R1, R7: stays known', () => {
    expect(knownAfter({ machines: [known] }).machines).toEqual([{ ...known, isShown: false }]);
  });

  test('is forgotten once our own destroy has ended well', () => {
    expect(knownAfter({ machines: [{ ...known, destroy: 'Sent' }] }).machines).toHaveLength(1);
    expect(knownAfter({ machines: [{ ...known, destroy: 'Done' }] }).machines).toEqual([]);
  });
});

describe('R7: a machine that went out of sight while it was adopted', () => {
  const adopting = (state: InFlightState) =>
    anOperation('Adopt', { machine: machine.ref, slot, machineName: machine.name, state });
  const knownOf = (state: InFlightState, fill?: (inventory: InventoryStore) => void) =>
    knownAfter({ machines: [] }, fill, [adopting(state)]).machines;

  test.each(['Done', 'Unknown'] as const)('may have our marks: it is known when the adoption is %s', (state) => {
    expect(knownOf(state)).toEqual([{ ...known, isShown: false }]);
  });

  test('is waited for as long as its task is followed', () => {
    expect(knownOf('Sent')).toEqual([]);
  });

  test('is nothing to look for while it is shown', () => {
    const shown = (inventory: InventoryStore) => inventory.apply(machine.ref, [{ path: 'name', value: machine.name }]);
    expect(knownOf('Unknown', shown)).toEqual([]);
  });
});

describe('a machine that the inventory shows without our marks', () => {
  const shown = (changeVersion: string | undefined) =>
    knownAfter({ machines: [known] }, (inventory) =>
      inventory.apply(machine.ref, [
        { path: 'name', value: 'mine' },
        ...(changeVersion === undefined ? [] : [{ path: 'config.changeVersion', value: changeVersion }]),
      ]),
    ).machines;

  test('is not the group’s any more', () => {
    expect(shown('1')).toEqual([]);
  });

  test('R1: stays known while its configuration cannot be read', () => {
    expect(shown(undefined)).toEqual([{ ...known, isUnreadable: true }]);
  });

  test('R15: counts for its group meanwhile, as nothing else tells whose it is', () => {
    const machines = shown(undefined);
    const places = unseenPlaces({ known: { machines }, inFlight: [] }, group);
    expect(places.map(({ key }) => key)).toEqual([machinePlace(known.ref)]);
  });
});

describe('a folder that the inventory does not show any more', () => {
  test('R7: stays known until our own removal has ended well', () => {
    expect(knownAfter({ machines: [], folder }).folder).toEqual({ ...folder, isShown: false });
    expect(knownAfter({ machines: [], folder: { ...folder, destroy: 'Done' } }).folder).toBeUndefined();
  });

  test('R1: is the same as one whose name is not told', () => {
    const nameless = knownAfter({ machines: [], folder }, (inventory) =>
      inventory.apply(folder.ref, [{ path: 'parent', value: { type: 'Folder', value: 'vm' } }]),
    );
    expect(nameless.folder).toEqual({ ...folder, isShown: false });
  });
});
