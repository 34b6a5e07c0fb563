import { describe, expect, test } from 'vitest';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { KnownFolder } from '../model/known-objects';
import { findGroupFolder } from './group-folder';

const group = aGroup();
const ref = { type: 'Folder', value: 'group-folder' };
const parent = { type: 'Folder', value: 'parent' };
const recorded: KnownFolder = { ref, path: '/dc/vm/shop.web', isShown: true, wasOurs: false, heldMachines: false };

/** What is found where the recorded reference is a folder of this name. */
function found(name: string, known: Partial<KnownFolder> = {}, replicas = [] as ReturnType<typeof aReplica>[]) {
  const inventory = new InventoryStore();
  inventory.apply(ref, [
    { path: 'name', value: name },
    { path: 'parent', value: { type: 'Folder', value: 'elsewhere' } },
  ]);
  const placement = { parentFolder: { kind: 'Found', ref: parent, path: '/dc/vm/vm-operator' }, problems: [] } as const;
  return findGroupFolder(group, {
    placement,
    inventory,
    replicas,
    known: { ...recorded, ...known },
    createdFolder: undefined,
  });
}

describe('R1: the folder that the status names', () => {
  test("is the group's with the group's name, wherever it is", () => {
    expect(found('shop.web')).toMatchObject({ kind: 'Found', ref, isOurs: true });
  });

  test("is somebody else's with another name", () => {
    expect(found('payroll')).toEqual({ kind: 'Missing' });
  });

  test("is the group's with another name and a machine of the group in it, and goes with it", () => {
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(found('mine', {}, replicas)).toMatchObject({ kind: 'Found', ref, isOurs: true });
    expect(found('mine', { wasOurs: true, heldMachines: true })).toMatchObject({ isOurs: true });
  });

  test('stays when it was renamed before this process has seen a machine of the group in it', () => {
    expect(found('mine', { wasOurs: true })).toMatchObject({ kind: 'Found', ref, isOurs: false });
  });
});
