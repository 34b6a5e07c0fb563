/** When the inventory shows that an operation is over. */
import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { marksFor } from '../../api/ownership';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { Operation, Subject } from '../model/in-flight';
import { type Seen, stillInFlight } from './still-in-flight';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 });
const second = aReplica(group, { ordinal: 1 });
const { slot, machine } = replica;
const MISSING = { kind: 'Missing' } as const;
const { folder: FOUND } = anObservation(group);

const shown = (...changes: readonly (readonly [path: string, value: string])[]) => {
  const inventory = new InventoryStore();
  inventory.apply(
    machine.ref,
    [['name', machine.name] as const, ...changes].map(([path, value]) => ({ path, value })),
  );
  return inventory;
};
const marked = (cluster: string, groupUid: string) =>
  shown(
    ['config.instanceUuid', 'its'],
    ...Object.entries(marksFor({ cluster, group: 'shop/web', groupUid, slot }, 'its')).map(
      ([key, value]) => [`config.extraConfig["${key}"].value`, value] as const,
    ),
  );

/** Whether an operation that vCenter answered with success is in flight after a look. */
const isInFlight = (operation: Operation, rest: Partial<Seen>, subject: Subject = {}) =>
  stillInFlight([anOperation(operation, { state: 'Done', ...subject })], seen(rest)).length > 0;

const seen = (rest: Partial<Seen> = {}): Seen => ({
  ...{ group, clusterId: CLUSTER_ID, placement: { problems: [] }, folder: FOUND, replicas: [] },
  inventory: shown(['runtime.powerState', 'poweredOn']),
  ...rest,
});

describe('an operation is over once the inventory shows', () => {
  const of = { machine: machine.ref };
  test.each<[Operation, string, Subject, Partial<Seen>, Partial<Seen>]>([
    ['DestroyFolder', 'no folder', {}, { folder: MISSING }, { folder: FOUND }],
    ['RenameFolder', 'the folder', {}, { folder: FOUND }, { folder: MISSING }],
    ['Clone', 'a machine of its slot', { slot }, { replicas: [second, replica] }, { replicas: [second] }],
    [
      'Clone',
      'a machine of its revision',
      { slot },
      { replicas: [replica] },
      { replicas: [aReplica(group, { ordinal: 0, revision: 'old0000000' })] },
    ],
    ['PowerOn', 'a machine that is on', of, {}, { inventory: shown(['runtime.powerState', 'poweredOff']) }],
    ['PowerOff', 'a machine that is off', of, { inventory: shown(['runtime.powerState', 'poweredOff']) }, {}],
    ['ReleaseMarks', 'a machine that is no replica', of, { replicas: [second] }, { replicas: [second, replica] }],
    [
      'Adopt',
      'the marks of this group',
      of,
      { inventory: marked(CLUSTER_ID, group.metadata.uid) },
      { inventory: marked(CLUSTER_ID, 'another') },
    ],
    [
      'Adopt',
      'the marks of this cluster',
      of,
      { inventory: marked(CLUSTER_ID, group.metadata.uid) },
      { inventory: marked('another', group.metadata.uid) },
    ],
    [
      'SizeDisks',
      'its disks',
      { ...of, disks: 'data 9 GiB' },
      { replicas: [second, { ...replica, disks: 'data 9 GiB' }] },
      { replicas: [{ ...second, disks: 'data 9 GiB' }, replica] },
    ],
  ])('%s: %s', (operation, _, subject, over, under) => {
    expect(isInFlight(operation, over, subject)).toBe(false);
    expect(isInFlight(operation, under, subject)).toBe(true);
  });

  test.each(['WriteSettings', 'WriteHostRules', 'WriteAttributes'] as const)(
    '%s: nothing, for it is over with its task',
    (operation) => {
      expect(isInFlight(operation, {})).toBe(false);
      expect(stillInFlight([anOperation(operation)], seen())).toHaveLength(1);
    },
  );

  test.each([
    'Settle',
    'LookIntoFolder',
    'ProveMachineGone',
    'ProveFolderGone',
    'FindStoragePolicy',
    'InspectMachines',
  ] as const)('%s: nothing ends a live read but its answer', (operation) =>
    expect(isInFlight(operation, {})).toBe(true),
  );
});

test('an effect that shows while the task runs is remembered, and one that does not is not', () => {
  const powerOn = anOperation('PowerOn', { machine: machine.ref });
  expect(stillInFlight([powerOn], seen())).toEqual([{ ...powerOn, effectSeen: true }]);
  const off = seen({ inventory: shown(['runtime.powerState', 'poweredOff']) });
  expect(stillInFlight([powerOn], off)).toEqual([powerOn]);
});

test('R7: a machine that went out of sight ends what was sent to it, but for its adoption', () => {
  const gone = seen({ inventory: new InventoryStore() });
  const left = (operation: Operation) => stillInFlight([anOperation(operation, { machine: machine.ref })], gone).length;
  expect([left('Destroy'), left('PowerOn'), left('Adopt')]).toEqual([0, 0, 1]);
});

describe('a level of the default folder', () => {
  const parent = { type: 'Folder', value: 'vm' };
  const sent = { folderName: 'vm-operator', folderParent: parent };
  const missing = (name: string) => ({
    placement: {
      problems: [],
      parentFolder: { kind: 'Missing', within: parent, name, path: `/dc/vm/${name}` } as const,
    },
  });

  test.each<[string, boolean, Partial<Seen>]>([
    ['while it is missing', true, missing('vm-operator')],
    ['not once the next level is', false, missing('deeper')],
    ['while nothing can be looked up', true, {}],
  ])('is under way %s', (_, expected, rest) => expect(isInFlight('CreateFolder', rest, sent)).toBe(expected));
});
