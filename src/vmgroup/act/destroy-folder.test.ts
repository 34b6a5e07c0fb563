import { describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { marksFor, type Ownership } from '../../api/ownership';
import type { LiveVirtualMachine, ManagedObjectReference } from '../../vsphere/port';
import { destroyFolder } from './destroy-folder';
import { lookIntoFolder } from './look-into-folder';

const group = aGroup();
const { machine, slot } = aReplica(group, { ordinal: 0 }, { name: 'web-1' });
const folder = { type: 'Folder', value: 'group-folder' };
const task = { type: 'Task', value: 'task-1' };
const call = { operationId: 'test', signal: new AbortController().signal };
const vm = (value: string): ManagedObjectReference => ({ type: 'VirtualMachine', value });

const ours: Ownership = { cluster: CLUSTER_ID, group: 'shop/web', groupUid: group.metadata.uid, slot };
const marked = (owner: Partial<Ownership>): Partial<LiveVirtualMachine> => ({
  extraConfig: marksFor({ ...ours, ...owner }, machine.instanceUuid ?? ''),
});

/** A folder with these machines and other objects; a machine that is not described is a person's. */
function aFolder(
  children: readonly ManagedObjectReference[] | undefined,
  machines: Readonly<Record<string, Partial<LiveVirtualMachine> | undefined>> = {},
) {
  const destroyed: string[] = [];
  const read: string[] = [];
  const foreign: (readonly string[])[] = [];
  const context = {
    ...{ group, clusterId: CLUSTER_ID },
    foreignInFolder: (names: readonly string[]) => void foreign.push(names),
    isShown: ({ value }: ManagedObjectReference) => value.startsWith('shown'),
    calls: callsOf({
      readFolderChildren: async () => children,
      destroyFolder: async ({ value }) => {
        destroyed.push(value);
        return task;
      },
      readVirtualMachine: async (ref) => {
        read.push(ref.value);
        if (ref.value in machines && machines[ref.value] === undefined) return undefined;
        return { ...machine, ref, name: ref.value, extraConfig: {}, disks: [], ...machines[ref.value] };
      },
    }),
  };
  return { destroyed, read, foreign, context };
}

/** The refusal to destroy the folder, and what was destroyed and told. */
async function refused(...args: Parameters<typeof aFolder>) {
  const { destroyed, read, foreign, context } = aFolder(...args);
  const error = await destroyFolder(folder, context, call).then(
    () => undefined,
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );
  expect(destroyed).toEqual([]);
  return { ...error, read, foreign };
}

describe('R1: a folder is destroyed only while a live read shows it empty', () => {
  test('empty: it is destroyed', async () => {
    const { destroyed, context } = aFolder([]);
    expect(await destroyFolder(folder, context, call)).toEqual(task);
    expect(destroyed).toEqual(['group-folder']);
  });

  test('gone: nothing is sent', async () => {
    const { destroyed, context } = aFolder(undefined);
    expect(await destroyFolder(folder, context, call)).toBeUndefined();
    expect(destroyed).toEqual([]);
  });

  test('with a machine of the group: it waits until that one is removed', async () => {
    expect(await refused([vm('web-1')], { 'web-1': marked({}) })).toMatchObject({
      code: 'FolderNotEmpty',
      message: "web-1 in the group's folder is a machine of this group: it is removed first",
      foreign: [],
    });
  });

  test('with a machine that cannot be read: it may be the group’s, and is waited for', async () => {
    const dark = { unreadable: true as const, connectionState: 'inaccessible' as const };
    expect(await refused([vm('dark')], { dark })).toMatchObject({
      code: 'FolderNotEmpty',
      message:
        "dark in the group's folder may be a machine of this group, but vCenter does not tell its configuration " +
        '(inaccessible): bring its host or datastore back, or remove it from the inventory',
      foreign: [],
    });
  });

  test('with machines that are gone by the time they are read: it waits for the next look', async () => {
    expect(await refused([vm('a')], { a: undefined })).toMatchObject({
      code: 'FolderNotEmpty',
      message: "the machines in the group's folder are being removed: the folder is kept until then",
      foreign: [],
    });
  });

  test.each<[string, Partial<LiveVirtualMachine>]>([
    ['nobody', {}],
    ['another group of this cluster', marked({ groupUid: 'of-another' })],
    ['a group of another cluster with the same uid', marked({ cluster: 'another' })],
  ])('with a machine of %s: it is kept, and the group let go', async (_, pet) => {
    expect(await refused([vm('pet')], { pet })).toMatchObject({
      code: 'FolderHoldsForeign',
      message: "the group's folder is kept because it holds pet",
      foreign: [['pet']],
    });
  });

  test('with other objects: they are named by their reference, and not read as machines', async () => {
    const children = [{ type: 'VirtualApp', value: 'resgroup-v7' }, { type: 'Folder', value: 'group-v8' }, vm('pet')];
    expect(await refused(children)).toMatchObject({
      message: "the group's folder is kept because it holds VirtualApp resgroup-v7, Folder group-v8, pet",
      read: ['pet'],
      foreign: [['VirtualApp resgroup-v7', 'Folder group-v8', 'pet']],
    });
  });

  test('with many machines: twenty are read, the others named unread', async () => {
    const children = Array.from({ length: 22 }, (_, index) => vm(`pet-${index}`));
    const { read, foreign } = await refused(children);
    expect(read).toEqual(children.slice(0, 20).map(({ value }) => value));
    expect(foreign[0]?.slice(19)).toEqual(['pet-19', 'VirtualMachine pet-20', 'VirtualMachine pet-21']);
  });
});

describe('R7: a look into a folder that stays', () => {
  const place = { ref: folder, path: '/dc/vm/shop.web' };

  test('reads the machines that the inventory does not show, and nothing else', async () => {
    const { read, foreign, context } = aFolder([vm('shown'), { type: 'Folder', value: 'group-v8' }, vm('pet')]);
    await lookIntoFolder(place, context, call);
    expect({ read, foreign }).toEqual({ read: ['pet'], foreign: [['pet']] });
  });

  test('finds a machine of the group, which is waited for', async () => {
    const { context } = aFolder([vm('web-1')], { 'web-1': marked({}) });
    await expect(lookIntoFolder(place, context, call)).rejects.toMatchObject({ code: 'FolderNotEmpty' });
  });

  test('finds nothing in a folder that is gone', async () => {
    const { foreign, context } = aFolder(undefined);
    await lookIntoFolder(place, context, call);
    expect(foreign).toEqual([[]]);
  });

  test('names the folder that the account may not look into', async () => {
    const { context } = aFolder([]);
    const calls = callsOf({
      readFolderChildren: () => Promise.reject(Object.assign(new Error('no'), { code: 'NoPermission' })),
    });
    await expect(lookIntoFolder(place, { ...context, calls }, call)).rejects.toMatchObject({
      code: 'NotVisible',
      message: expect.stringContaining("the group's folder /dc/vm/shop.web (group-folder) may still be there"),
    });
  });
});
