import { describe, expect, test } from 'vitest';
import { LANDMARK, PLAIN_QUIRKS, type Quirks, VCenterModel } from '../../../test/fakes/vcenter';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { MARK_KEYS, marksFor } from '../../api/ownership';
import { seededRandom } from '../../time/random';
import type { CallContext, ManagedObjectReference, RecentTask } from '../../vsphere/port';
import type { ParentFolder } from '../model/placement';
import type { CloneFolder } from '../model/port';
import { UnclaimedClones } from './unclaimed-clones';

const NEWS_MS = 5_000;
const CLONE_MS = 10_000;
const { template, operatorFolder: folder, resourcePool } = LANDMARK;

const OWNER = { cluster: 'c', group: 'shop/web', groupUid: 'u', slot: { ordinal: 0, revision: 'r' } };

/** A process has started a clone and is gone; the next one has connected. vCenter tells of changes late. */
async function aSuccessor({
  eventsAreHidden = false,
  more = [] as readonly RecentTask[],
  /** The clone goes to a folder of this name. */
  into = undefined as string | undefined,
  /** The clone was sent by an operator. */
  isMarked = true,
  differences = {} as Partial<Quirks>,
} = {}) {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const quirks = {
    ...PLAIN_QUIRKS,
    newsDelayMs: { from: NEWS_MS, to: NEWS_MS },
    cloneMs: { from: CLONE_MS, to: CLONE_MS },
    ...differences,
  };
  const vcenter = new VCenterModel({ clock, random, quirks });
  const { signal } = new AbortController();
  const connect = () => {
    const connection = vcenter.connect({ watchedExtraConfigKeys: MARK_KEYS, clock });
    void connection.run(signal);
    return connection;
  };
  const predecessor = connect();
  await clock.advance(1_000);
  const own = into && predecessor.calls.createFolder(folder, into, { operationId: 'folder', signal });
  await clock.advance(100);
  const uuid = crypto.randomUUID();
  const size = { numCpu: 1, memoryMiB: 1024, annotation: '', extraConfig: isMarked ? marksFor(OWNER, uuid) : {} };
  const request = {
    template,
    folder: (await own) || folder,
    resourcePool,
    name: 'a',
    instanceUuid: uuid,
    ...size,
  };
  await Promise.all([
    predecessor.calls.cloneVirtualMachine(request, { operationId: 'clone', signal }),
    clock.advance(100),
  ]);
  const successor = connect();
  const { calls } = successor;
  const readCloneTargets = eventsAreHidden ? async () => [] : calls.readCloneTargets.bind(calls);
  const later: RecentTask[] = [];
  const readable = {
    readCloneTargets,
    readRecentTasks: async (call: CallContext) => [...more, ...later, ...(await calls.readRecentTasks(call))],
    readVirtualMachine: calls.readVirtualMachine.bind(calls),
  };
  const unclaimed = new UnclaimedClones(
    {
      inventory: successor.inventory,
      onStatus: successor.onStatus.bind(successor),
      get status() {
        return successor.status;
      },
      get userName() {
        return successor.userName;
      },
      calls: readable,
    },
    clock,
    () => {},
  );
  void unclaimed.run(signal);
  await clock.advance(1_000);
  return { clock, vcenter, successor, unclaimed, later, into: (await own) || undefined };
}

const another = { type: 'Folder', value: 'another folder' };
const byName = ({ folderName }: CloneFolder) => (folderName.includes('.') ? folderName.split('.')[0] : undefined);
const itsGroup = { uid: 'of another', template, folder: { ref: folder, name: 'vm-operator' } };

test('R7: a clone of an earlier process blocks the group whose folder it goes to', async () => {
  const { unclaimed } = await aSuccessor();
  expect(unclaimed.blocks(itsGroup)).toBe(true);
  expect(unclaimed.blocks({ ...itsGroup, template: undefined })).toBe(true);
});

test('R9: it blocks no other group of the same template, such as one of another cluster or on another datastore', async () => {
  const { unclaimed } = await aSuccessor();
  expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: another, name: 'shop.db' } })).toBe(false);
  expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: undefined, name: 'shop.db' } })).toBe(false);
});

test('R7: it blocks the group whose marks its machine has, also where that has landed because the folder was deleted', async () => {
  const { clock, vcenter, unclaimed } = await aSuccessor({ differences: { folderLost: 'CloneLandsInVmFolder' } });
  const gone = { ...itsGroup, uid: OWNER.groupUid, folder: { ref: undefined, name: 'shop.web' } };
  vcenter.hand.destroyFolder(folder);
  await clock.advance(CLONE_MS);
  expect(vcenter.machines.map(({ name }) => name)).toContain('a');
  expect(unclaimed.blocks(gone)).toBe(true);
  expect(unclaimed.blocks({ ...gone, uid: 'of another' })).toBe(false);
  expect([undefined, 'shop', 'sho', 'other'].map((namespace) => unclaimed.mayAdd(namespace, byName))).toEqual([
    ...[true, true, false, false],
  ]);
  await clock.advance(NEWS_MS + 5_000);
  expect(unclaimed.blocks(gone)).toBe(false);
});

test('R2: it blocks the group also when its folder was moved or deleted meanwhile, and made anew', async () => {
  const { clock, vcenter, unclaimed } = await aSuccessor();
  const anew = { uid: 'of another', template, folder: { ref: another, name: 'vm-operator' } };
  expect(unclaimed.blocks(anew)).toBe(true);
  vcenter.hand.destroyFolder(folder);
  await clock.advance(NEWS_MS + 1_000);
  expect(unclaimed.blocks(anew)).toBe(true);
  expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: another, name: 'shop.db' } })).toBe(false);
});

describe('one into a folder of the name of the group', () => {
  const ELSEWHERE = { kind: 'Found', ref: LANDMARK.machineFolder, path: '/dc/vm' } as const;
  const below = (parent: ParentFolder | undefined, ref?: ManagedObjectReference) => ({
    ...{ uid: 'of another', template },
    folder: { ref, name: 'shop.web', parent },
  });

  test('R9: that is seen to be elsewhere is not of the group, such as one of another cluster', async () => {
    const { clock, unclaimed, into } = await aSuccessor({ into: 'shop.web' });
    await clock.advance(NEWS_MS);
    const missing = { kind: 'Missing', within: LANDMARK.machineFolder, name: 'teams', path: '/dc/vm/teams' } as const;
    expect([unclaimed.blocks(below(ELSEWHERE)), unclaimed.blocks(below(missing))]).toEqual([false, false]);
    const here = { kind: 'Found', ref: folder, path: '/dc/vm/vm-operator' } as const;
    const its = [below(here), below(undefined), below(ELSEWHERE, into)];
    expect(its.map((group) => unclaimed.blocks(group))).toEqual([true, true, true]);
  });

  test('R2: that is elsewhere and holds machines of the group is one that a person has moved', async () => {
    const { clock, unclaimed, into } = await aSuccessor({ into: 'shop.web' });
    await clock.advance(NEWS_MS);
    const { folder: made, ...rest } = below(ELSEWHERE);
    const machinesIn = into === undefined ? [] : [into];
    expect(unclaimed.blocks({ ...rest, folder: { ...made, machinesIn } })).toBe(true);
    expect(unclaimed.blocks({ ...rest, folder: { ...made, machinesIn: [another] } })).toBe(false);
  });

  test('R2: that is not seen may be of the group', async () => {
    const { clock, vcenter, unclaimed, into } = await aSuccessor({ into: 'shop.web' });
    if (into !== undefined) vcenter.hand.destroyFolder(into);
    await clock.advance(NEWS_MS + 1_000);
    expect(unclaimed.blocks(below(ELSEWHERE))).toBe(true);
  });
});

test('R15: it still counts in its namespace once its group has got another folder', async () => {
  const { unclaimed } = await aSuccessor({ into: 'shop.web' });
  expect(unclaimed.mayAdd('shop', byName)).toBe(true);
  expect(unclaimed.mayAdd('shop', () => undefined)).toBe(true);
  expect(unclaimed.mayAdd('other', () => undefined)).toBe(false);
});

test('where vCenter does not tell where it goes, it blocks all groups of its template', async () => {
  const { unclaimed } = await aSuccessor({ eventsAreHidden: true });
  expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: another, name: 'shop.db' } })).toBe(true);
  expect(unclaimed.blocks({ ...itsGroup, template: { type: 'VirtualMachine', value: 'another template' } })).toBe(
    false,
  );
});

test('once it has ended it blocks nobody if its machine has no marks: it is a person’s, or one that somebody has kept', async () => {
  const { clock, unclaimed } = await aSuccessor({ isMarked: false });
  expect(unclaimed.blocks(itsGroup)).toBe(true);
  await clock.advance(CLONE_MS + NEWS_MS / 2 - 1_100);
  expect(unclaimed.blocks(itsGroup)).toBe(false);
});

test('R7: it still blocks when it has ended and the inventory does not show its machine yet', async () => {
  const { clock, vcenter, successor, unclaimed } = await aSuccessor();
  const machinesBefore = [...successor.inventory.virtualMachines()].length;
  await clock.advance(CLONE_MS + NEWS_MS / 2 - 1_100);
  expect(vcenter.machines.length).toBe(machinesBefore + 1);
  expect([...successor.inventory.virtualMachines()].length).toBe(machinesBefore);
  expect(unclaimed.blocks(itsGroup)).toBe(true);
  await clock.advance(NEWS_MS + 3_000);
  expect([...successor.inventory.virtualMachines()].length).toBe(machinesBefore + 1);
  expect(unclaimed.blocks(itsGroup)).toBe(false);
});

test('a clone whose machine was destroyed since blocks no group', async () => {
  const { clock, vcenter, unclaimed } = await aSuccessor();
  const known = new Set(vcenter.machines);
  await clock.advance(CLONE_MS - 1_000);
  for (const machine of vcenter.machines) if (!known.has(machine)) vcenter.hand.destroy(machine.ref);
  expect(vcenter.machines.length).toBe(known.size);
  await clock.advance(3_000);
  expect(unclaimed.blocks(itsGroup)).toBe(false);
});

test('R14: a clone that was queued at a time that is none keeps nobody from knowing the others', async () => {
  const odd = {
    ref: { type: 'Task', value: 'odd' },
    descriptionId: 'VirtualMachine.clone',
    state: 'running',
    userName: 'x',
  } as const;
  const more = ['soon', '', '-271821-04-20T00:00:00Z'].map((queueTime) => ({
    ...odd,
    entity: template,
    queueTime,
  }));
  const { unclaimed } = await aSuccessor({ more });
  expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: another, name: 'shop.db' } })).toBe(false);
  expect(unclaimed.blocks(itsGroup)).toBe(true);
});

describe('R15: whether what is used is known', () => {
  test('a clone of an earlier process may add a machine to the namespace of its folder, until it is seen', async () => {
    const { clock, unclaimed } = await aSuccessor({ into: 'shop.web' });
    const mayAdd = () => [undefined, 'shop', 'bank', 'sho'].map((namespace) => unclaimed.mayAdd(namespace, byName));
    expect(mayAdd()).toEqual([true, true, false, false]);
    await clock.advance(CLONE_MS + NEWS_MS + 20_000);
    expect(mayAdd()).toEqual([false, false, false, false]);
  });

  test('R7: one that has ended long after, and whose machine vCenter tells of late, counts until it is seen', async () => {
    const { clock, unclaimed } = await aSuccessor({ into: 'shop.web' });
    // It was read twice after its end.
    await clock.advance(CLONE_MS + NEWS_MS - 2_500);
    expect(unclaimed.mayAdd('shop', byName)).toBe(true);
  });

  test('one into a folder of no group adds to none, and one that vCenter does not tell of may add to any', async () => {
    expect((await aSuccessor()).unclaimed.mayAdd(undefined, byName)).toBe(false);
    const { unclaimed } = await aSuccessor({ eventsAreHidden: true });
    expect([unclaimed.mayAdd(undefined, byName), unclaimed.mayAdd('shop', byName)]).toEqual([true, true]);
  });

  test('before the first read nobody knows', () => {
    const unclaimed = new UnclaimedClones({} as never, new VirtualClock(), () => {});
    expect([unclaimed.mayAdd('shop', byName), unclaimed.mayAdd(undefined, byName)]).toEqual([true, true]);
  });

  test('a clone that begins long after is not of an earlier process: another cluster holds nobody up', async () => {
    const { clock, unclaimed, later } = await aSuccessor({ into: 'shop.web', eventsAreHidden: true });
    await clock.advance(6_000);
    later.push({
      ref: { type: 'Task', value: 'later' },
      descriptionId: 'VirtualMachine.clone',
      ...{ state: 'running', entity: template, queueTime: '2026-01-01T00:00:30Z' },
    });
    await clock.advance(CLONE_MS + NEWS_MS + 20_000);
    expect(unclaimed.blocks({ uid: 'of another', template, folder: { ref: another, name: 'shop.db' } })).toBe(true);
    expect(unclaimed.mayAdd('shop', byName)).toBe(false);
  });
});
