import { describe, expect, test } from 'vitest';
import { aGroup, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { InFlightOperation, InFlightState } from '../model/in-flight';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import type { GroupFolder, Replica } from '../model/observation';
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
  replicas: readonly Replica[] = [],
  found: GroupFolder = { kind: 'Missing' },
) {
  const inventory = new InventoryStore();
  fill(inventory);
  const seen = { group, clusterId: CLUSTER_ID, placement: { problems: [] }, folder: found, replicas, inventory };
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

describe('a replica', () => {
  const seenWith = (before: Parameters<typeof stillKnown>[0]['machines'], failureDomain?: string) => {
    const replica = { ...aReplica(group, { ordinal: 0 }), ...(failureDomain !== undefined && { failureDomain }) };
    return knownAfter({ machines: before }, undefined, [], [replica]).machines;
  };

  test('is known from when it is shown, with its failure domain', () => {
    expect(seenWith([])).toEqual([known]);
    expect(seenWith([], 'east')).toEqual([{ ...known, failureDomain: 'east' }]);
  });

  test('stays known as one that we destroy', () => {
    expect(seenWith([{ ...known, destroy: 'Sent' }])).toEqual([{ ...known, destroy: 'Sent' }]);
    expect(seenWith([{ ...known, isShown: false, failureDomain: 'west' }], 'east')).toEqual([
      { ...known, failureDomain: 'east' },
    ]);
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

describe('R1: a folder that the inventory shows', () => {
  const ref = { type: 'Folder', value: 'group-folder' };
  const found: GroupFolder = {
    ...{ kind: 'Found', ref, path: '/dc/vm/shop.web' },
    ...{ createdByOperator: false, isOurs: true },
  };
  const shown = { ref, path: '/dc/vm/shop.web', isShown: true };
  const named = (name: string) => (inventory: InventoryStore) => inventory.apply(ref, [{ path: 'name', value: name }]);
  const inside = aReplica(group, { ordinal: 0 }, { parent: ref });
  const outside = aReplica(group, { ordinal: 1 }, { parent: { type: 'Folder', value: 'elsewhere' } });
  const knownAs = (name: string, replicas: readonly Replica[] = [], before: Partial<KnownFolder> = {}) =>
    knownAfter({ machines: [], folder: { ...folder, ...before } }, named(name), [], replicas, found).folder;
  const never = { wasOurs: false, heldMachines: false };

  test.each<[string, string, readonly Replica[], Partial<KnownFolder>, Partial<KnownFolder>]>([
    ['is ours by its name', 'shop.web', [outside], never, { wasOurs: true, heldMachines: false }],
    ['is ours by machines of ours in it', 'renamed', [outside, inside], never, { wasOurs: true, heldMachines: true }],
    ['is not ours by anything else', 'renamed', [outside], never, never],
    ['stays ours though it was renamed', 'renamed', [], { ...never, wasOurs: true }, { ...never, wasOurs: true }],
    ['held machines once and for all', 'renamed', [], { heldMachines: true }, { wasOurs: true, heldMachines: true }],
  ])('%s', (_, name, replicas, before, expected) =>
    expect(knownAs(name, replicas, before)).toEqual({ ...shown, ...expected }),
  );

  test('has nothing of another folder that was known before', () => {
    const other = { ref: { type: 'Folder', value: 'other' }, destroy: 'Sent' } as const;
    expect(knownAs('renamed', [], other)).toEqual({ ...shown, ...never });
    expect(knownAfter({ machines: [] }, named('renamed'), [], [], found).folder).toEqual({ ...shown, ...never });
  });

  test('stays known as one that we remove', () =>
    expect(knownAs('shop.web', [], { destroy: 'Sent' })).toMatchObject({ isShown: true, destroy: 'Sent' }));
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
