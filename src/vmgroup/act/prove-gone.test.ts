import { describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import type { LiveVirtualMachine, VimClient } from '../../vsphere/port';
import { findFormerMachines } from './former-machines';
import { proveFolderGone, proveMachineGone } from './prove-gone';
import { settle } from './settle';

const group = aGroup();
const { machine, slot } = aReplica(group, { ordinal: 0 });
const live: LiveVirtualMachine = { ...machine, disks: [] };
const known = { ref: machine.ref, slot, name: machine.name, isShown: false };
const folder = { ref: { type: 'Folder', value: 'group-folder' }, path: '/dc/vm/shop.web' };
const call = { operationId: 'test', signal: new AbortController().signal };

function refusal(code: string): Error {
  return Object.assign(new Error('no'), { code, outcome: 'Refused' });
}

function aContext(calls: Partial<VimClient>) {
  const told: string[] = [];
  const context = {
    ...{ group, clusterId: CLUSTER_ID, calls: callsOf({ findByInstanceUuid: async () => [], ...calls }) },
    knownMachines: () => [known],
    machineGone: () => void told.push('machine gone'),
    folderGone: () => void told.push('folder gone'),
    notOurs: () => void told.push('not ours'),
    inFlight: () => ({ key: 'clone', operation: 'Clone', slot }) as never,
    isClaimed: () => true,
    isShown: () => false,
    settled: (_: string, verdict: string) => void told.push(verdict),
  };
  return { told, context };
}

const reads = (rest: Partial<LiveVirtualMachine>) => async (): Promise<LiveVirtualMachine> => ({ ...live, ...rest });

/** What a look at the machine says, which is read so. */
async function looked(read: () => Promise<LiveVirtualMachine | undefined>): Promise<unknown> {
  const { told, context } = aContext({ readVirtualMachine: read });
  return proveMachineGone(known, context, call).then(
    () => told,
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );
}

describe('R1: a machine that the inventory does not show any more', () => {
  test('is gone when vCenter says so', async () => {
    expect(await looked(async () => undefined)).toEqual(['machine gone']);
  });

  test("is not the group's when its reference is another machine's by now", async () => {
    expect(await looked(reads({ extraConfig: {} }))).toEqual(['not ours']);
  });

  test.each<[string, Record<string, string>]>([
    ['another group of this cluster', { 'codeconnect.uid': 'of-another' }],
    ['a group of another cluster with the same uid', { 'codeconnect.cluster': 'another' }],
  ])("is not the group's when it carries the marks of %s", async (_, change) => {
    expect(await looked(reads({ extraConfig: { ...machine.extraConfig, ...change } }))).toEqual(['not ours']);
  });

  test('is still the group’s when somebody has taken its name and left its marks', async () => {
    expect(await looked(reads({ name: '' }))).toMatchObject({ code: 'NotInInventory' });
  });

  test('is named while the inventory does not show it yet', async () => {
    expect(await looked(reads({}))).toMatchObject({
      message: `${machine.name} (${machine.ref.value}) is in vCenter, and the inventory does not show it yet`,
    });
  });

  test.each<[string, string, () => Promise<LiveVirtualMachine | undefined>]>([
    ['NoPermission', 'NotVisible', () => Promise.reject(refusal('NoPermission'))],
    ['nothing told', 'NotVisible', reads({ name: '', extraConfig: {}, unreadable: true })],
    ['its marks', 'NotInInventory', reads({})],
    ['no configuration', 'NotInInventory', reads({ extraConfig: {}, unreadable: true })],
    ['a failure', 'SystemError', () => Promise.reject(refusal('SystemError'))],
  ])('is not gone when the answer is %s', async (_, code, read) => {
    expect(await looked(read)).toMatchObject({ code });
  });

  test('is named with the remedy when it is out of sight', async () => {
    const { message } = (await looked(() => Promise.reject(refusal('NoPermission')))) as { message: string };
    expect(message).toContain(`${machine.name} (${machine.ref.value}) may still be there`);
    expect(message).toContain('grant System.View and System.Read');
  });
});

test.each<[string, VimClient['readFolderChildren'], string]>([
  ['that does not exist', async () => undefined, 'folder gone'],
  ['out of sight', () => Promise.reject(refusal('NoPermission')), 'NotVisible'],
  ['that can be read', async () => [], 'NotInInventory'],
])('R1: a folder %s', async (_, readFolderChildren, expected) => {
  const { told, context } = aContext({ readFolderChildren });
  const full = { ...folder, isShown: false, wasOurs: true, heldMachines: true };
  const end = await proveFolderGone(full, context, call).then(
    () => told[0],
    ({ code }: { code: string }) => code,
  );
  expect(end).toBe(expected);
});

describe('R2: the former machine of a slot', () => {
  test('holds a clone back while it is out of sight, although the search by instanceUuid finds nothing', async () => {
    const { context } = aContext({ readVirtualMachine: () => Promise.reject(refusal('NoPermission')) });
    await expect(findFormerMachines(slot, context, call)).rejects.toMatchObject({ code: 'NotVisible' });
  });

  test('is read once when both find it', async () => {
    const looks: string[] = [];
    const { context } = aContext({
      findByInstanceUuid: async (uuid) => (uuid === machine.instanceUuid ? [machine.ref] : []),
      readVirtualMachine: async ({ value }): Promise<LiveVirtualMachine> => {
        looks.push(value);
        return live;
      },
    });
    expect((await findFormerMachines(slot, context, call)).there).toEqual([live]);
    expect(looks).toEqual([machine.ref.value]);
  });

  test('that is out of sight is never taken for a clone that did not happen', async () => {
    const { told, context } = aContext({
      readRecentTasks: async () => [],
      readVirtualMachine: () => Promise.reject(refusal('NoPermission')),
    });
    await settle('clone', context, call);
    expect(told).toEqual(['NotVisible']);
  });

  test.each([
    [true, 'Happened'],
    [false, 'NotShown'],
  ])('that is there is told by whether the inventory shows it: %s', async (isShown, verdict) => {
    const { told, context } = aContext({ readRecentTasks: async () => [], readVirtualMachine: async () => live });
    await settle('clone', { ...context, isShown: () => isShown }, call);
    expect(told).toEqual([verdict]);
  });
});
