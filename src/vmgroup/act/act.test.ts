import { describe, expect, test } from 'vitest';
import { anActContext, answering, sent } from '../../../test/support/builders/acts';
import { aGroup, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { instanceUuid } from '../../api/identity';
import { Mark } from '../../api/ownership';
import type {
  CloneRequest,
  LiveVirtualMachine,
  ManagedObjectReference,
  RecentTask,
  ReconfigureRequest,
} from '../../vsphere/port';
import { workFor } from './act';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
const live: LiveVirtualMachine = { ...replica.machine, vmPathName: '[ssd] web/web.vmx', disks: [] };
const task = { type: 'Task', value: 'task-1' };
const folder = { type: 'Folder', value: 'group-folder' };
const clone = {
  kind: 'Clone',
  slot: replica.slot,
  template: { type: 'VirtualMachine', value: 'template' },
  folder,
  resourcePool: { type: 'ResourcePool', value: 'pool' },
  again: false,
} as const;

test('R15: work is done on behalf of its namespace, so that namespaces take turns', () => {
  expect(workFor(clone, anActContext({}, { group })).tenant).toBe(group.metadata.namespace);
});

describe('R2: a slot that had a machine is filled again only when vCenter finds that machine nowhere', () => {
  const again = { ...clone, again: true };

  test('it is searched by its instanceUuid and not found: cloned', async () => {
    const asked: string[] = [];
    const requests: CloneRequest[] = [];
    const findByInstanceUuid = async (uuid: string) => {
      asked.push(uuid);
      return [];
    };
    const cloneVirtualMachine = async (request: CloneRequest) => {
      requests.push(request);
      return task;
    };
    expect((await sent(again, { findByInstanceUuid, cloneVirtualMachine })).result).toEqual(task);
    const uuid = instanceUuid(group.metadata.uid, replica.slot);
    expect([asked, requests.map((request) => request.instanceUuid)]).toEqual([[uuid], [uuid]]);
  });

  const former = { ...replica.machine, disks: [] };

  test.each<[string, Partial<LiveVirtualMachine>]>([
    ['it still exists', {}],
    ['it exists and cannot be read', { extraConfig: {}, unreadable: true, connectionState: 'inaccessible' }],
  ])('%s: nothing is cloned, and the machine is named', async (_what, rest) => {
    const calls = {
      findByInstanceUuid: answering([former.ref]),
      readVirtualMachine: answering({ ...former, ...rest }),
    };
    await expect(sent(again, calls)).rejects.toMatchObject({
      code: 'StillThere',
      outcome: 'NotSent',
      message: expect.stringContaining(former.name),
    });
  });

  test('a person has kept it without our marks: the new one asks for another instanceUuid, which vCenter honours', async () => {
    const requests: CloneRequest[] = [];
    const first = instanceUuid(group.metadata.uid, replica.slot);
    await sent(again, {
      findByInstanceUuid: async (uuid) => (uuid === first ? [former.ref] : []),
      readVirtualMachine: answering({ ...former, extraConfig: {} }),
      cloneVirtualMachine: async (request) => {
        requests.push(request);
        return task;
      },
    });
    const [request] = requests;
    expect(request?.instanceUuid).not.toBe(first);
    expect(request?.extraConfig[Mark.Instance]).toBe(request?.instanceUuid);
  });

  test('for a slot that never had a machine nothing is searched', async () => {
    expect((await sent(clone, { cloneVirtualMachine: answering(task) })).result).toEqual(task);
  });
});

describe('R1: destroying', () => {
  const destroy = { kind: 'Destroy', replica } as const;

  test('a machine that is powered off, verified and holds only its own disks', async () => {
    const calls = { readVirtualMachine: answering(live), destroyVirtualMachine: answering(task) };
    expect((await sent(destroy, calls)).result).toEqual(task);
  });

  test('a machine that is gone is success', async () => {
    expect((await sent(destroy, { readVirtualMachine: answering(undefined) })).result).toBeUndefined();
  });

  test.each<[string, Partial<LiveVirtualMachine>]>([
    ['StillPoweredOn', { powerState: 'poweredOn' }],
    ['OwnershipUnproven', { extraConfig: {} }],
    ['HostDisconnected', { connectionState: 'disconnected' }],
    ['ForeignDisk', { disks: [{ key: 2001, label: 'Hard disk 2', fileName: '[ssd] pet/pet.vmdk' }] }],
  ])('%s: nothing is destroyed', async (code, rest) => {
    const calls = { readVirtualMachine: answering({ ...live, ...rest }) };
    await expect(sent(destroy, calls)).rejects.toMatchObject({ code });
  });

  const destroyFolder = { kind: 'DestroyFolder', folder } as const;

  test('a folder only while a live read shows it empty', async () => {
    const empty = { readFolderChildren: answering([]), destroyFolder: answering(task) };
    expect((await sent(destroyFolder, empty)).result).toEqual(task);
    expect((await sent(destroyFolder, { readFolderChildren: answering(undefined) })).result).toBeUndefined();
  });

  test.each<[string, ManagedObjectReference, Partial<LiveVirtualMachine>, string, readonly string[]]>([
    [
      'a vApp, which no stream shows there',
      { type: 'VirtualApp', value: 'vapp-1' },
      {},
      'FolderHoldsForeign',
      ['VirtualApp vapp-1'],
    ],
    ['a foreign machine', replica.machine.ref, { extraConfig: {}, name: 'pet' }, 'FolderHoldsForeign', ['pet']],
    ['a machine of the group', replica.machine.ref, {}, 'FolderNotEmpty', []],
    ['a machine that cannot be read', replica.machine.ref, { extraConfig: {}, unreadable: true }, 'FolderNotEmpty', []],
  ])('a folder that holds %s is kept', async (_what, child, rest, code, foreign) => {
    const names: string[] = [];
    const calls = { readFolderChildren: answering([child]), readVirtualMachine: answering({ ...live, ...rest }) };
    const context = anActContext(calls, { foreignInFolder: (found) => names.push(...found) });
    const sending = workFor(destroyFolder, context).send(new AbortController().signal);
    await expect(sending).rejects.toMatchObject({ code, outcome: 'NotSent' });
    expect(names).toEqual(foreign);
  });
});

describe('marks', () => {
  const requests: ReconfigureRequest[] = [];
  const reconfigure = async (_machine: unknown, request: ReconfigureRequest) => {
    requests.push(request);
    return task;
  };

  test('are removed only from a machine that has them', async () => {
    const release = { kind: 'ReleaseMarks', replica } as const;
    await sent(release, { readVirtualMachine: answering(live), reconfigure });
    expect(Object.values(requests.at(-1)?.extraConfig ?? { none: 'x' }).every((value) => value === '')).toBe(true);
    const calls = { readVirtualMachine: answering({ ...live, extraConfig: {} }) };
    await expect(sent(release, calls)).rejects.toMatchObject({ code: 'OwnershipUnproven' });
  });

  test("are written by an adoption, all of them, with the machine's own instanceUuid", async () => {
    const unowned = { ...live, extraConfig: {}, instanceUuid: 'its-own' };
    const adopt = { kind: 'Adopt', machine: unowned, owner: undefined, slot: replica.slot } as const;
    await sent(adopt, { readVirtualMachine: answering(unowned), reconfigure });
    expect(requests.at(-1)?.extraConfig).toEqual({
      [Mark.Cluster]: CLUSTER_ID,
      [Mark.Group]: 'shop/web',
      [Mark.Uid]: group.metadata.uid,
      [Mark.Ordinal]: '0',
      [Mark.Revision]: replica.slot.revision,
      [Mark.Instance]: 'its-own',
    });
  });
});

describe('R2: a clone without a known end', () => {
  const settle = { kind: 'Settle', operationKey: 'clone' } as const;
  const lost = anOperation('Clone', { slot: replica.slot, state: 'Unknown' });
  const recent = (state: RecentTask['state'], descriptionId = 'VirtualMachine.clone'): RecentTask => ({
    ref: task,
    descriptionId,
    state,
  });

  test.each([
    ['Happened', [replica.machine.ref], []],
    ['DidNotHappen', [], []],
    ['DidNotHappen', [], [recent('error')]],
    ['DidNotHappen', [], [recent('running', 'VirtualMachine.powerOn')]],
    ['StillRunning', [], [recent('queued')]],
    ['StillRunning', [], [recent('running', 'VirtualMachine.cloneVm')]],
    ['Happened', [replica.machine.ref], [recent('running')]],
  ] as const)('%s if %j is found and the recent tasks are %j', async (verdict, found, tasks) => {
    const calls = {
      readRecentTasks: answering(tasks),
      findByInstanceUuid: async (uuid: string) =>
        uuid === instanceUuid(group.metadata.uid, replica.slot) ? found : [],
      readVirtualMachine: answering({ ...replica.machine, disks: [] }),
    };
    expect((await sent(settle, calls, lost)).verdicts).toEqual([verdict]);
  });

  test('any other operation counts as not happened: the next plan repeats it if needed', async () => {
    expect((await sent(settle, {}, anOperation('PowerOn', { state: 'Unknown' }))).verdicts).toEqual(['DidNotHappen']);
    expect((await sent(settle, {})).verdicts).toEqual([]);
  });

  test('R9: a clone of another template, or one that this process started, holds nothing back', async () => {
    const lost = anOperation('Clone', { slot: replica.slot, template: clone.template, state: 'Unknown' });
    const running = (entity: string): RecentTask => ({
      ref: task,
      descriptionId: 'VirtualMachine.clone',
      entity: { type: 'VirtualMachine', value: entity },
      state: 'running',
    });
    const calls = (entity: string) => ({
      readRecentTasks: answering([running(entity)]),
      findByInstanceUuid: answering([]),
    });
    expect((await sent(settle, calls('template'), lost)).verdicts).toEqual(['StillRunning']);
    expect((await sent(settle, calls('another'), lost)).verdicts).toEqual(['DidNotHappen']);
    expect((await sent(settle, calls('template'), lost, [task.value])).verdicts).toEqual(['DidNotHappen']);
  });
});
