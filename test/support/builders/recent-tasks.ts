/** The recent tasks of a vCenter, and the clones among them that nobody claims. */

import { marksFor } from '../../../src/api/ownership';
import { UnclaimedClones } from '../../../src/vmgroup/act/unclaimed-clones';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import type {
  CallContext,
  CloneTarget,
  ConnectionStatus,
  LiveVirtualMachine,
  ManagedObjectReference,
  RecentTask,
} from '../../../src/vsphere/port';
import { VirtualClock } from '../time/virtual-clock';

export const template = { type: 'VirtualMachine', value: 'template' };
export const shop = { type: 'Folder', value: 'group-shop' };
export const bank = { type: 'Folder', value: 'group-bank' };
export const READY = { kind: 'Ready', about: {} } as ConnectionStatus;
export const LOST = { kind: 'Connecting', sinceMonotonicMs: 0 } as ConnectionStatus;
export const MACHINE: LiveVirtualMachine = {
  ref: { type: 'VirtualMachine', value: 'vm-9' },
  ...{ name: 'web-1', isTemplate: false, powerState: 'poweredOff', connectionState: 'connected' },
  ...{ instanceUuid: 'u', disks: [], parent: shop },
  extraConfig: marksFor({ cluster: 'c', group: 'shop/web', groupUid: 'g', slot: { ordinal: 0, revision: 'r' } }, 'u'),
};

export function aTask(rest: Partial<RecentTask> = {}): RecentTask {
  return {
    ref: { type: 'Task', value: 'task-1' },
    ...{ descriptionId: 'VirtualMachine.clone', entity: template, state: 'running' },
    ...{ queueTime: '2026-01-01T00:00:00Z', userName: 'operator' },
    ...rest,
  };
}
export const into = (folder: ManagedObjectReference, chainId?: number): CloneTarget =>
  ({ folder, folderName: folder.value, ...(chainId !== undefined && { chainId }) }) as CloneTarget;

/** A vCenter whose recent tasks, and what it tells of them, a test sets. */
export function aVCenter(initially: ConnectionStatus = READY) {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const asked: { tasks: CallContext[]; targets: string[]; machines: string[] } = {
    tasks: [],
    targets: [],
    machines: [],
  };
  const told: {
    tasks: readonly RecentTask[] | Error;
    targets: readonly CloneTarget[];
    machine: LiveVirtualMachine | undefined | Error;
    userName: string | undefined;
  } = { tasks: [], targets: [into(shop)], machine: undefined, userName: 'operator' };
  let status = initially;
  let changes = 0;
  const listeners = new Set<(status: ConnectionStatus) => void>();
  const answer = async <T>(value: T | Error): Promise<T> => {
    if (value instanceof Error) throw value;
    return value;
  };
  const unclaimed = new UnclaimedClones(
    {
      inventory: new InventoryStore(),
      get status() {
        return status;
      },
      get userName() {
        return told.userName as string;
      },
      onStatus: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      calls: {
        readRecentTasks: async (call) => {
          asked.tasks.push(call);
          // The first read begins before a test has said what there is.
          await Promise.resolve();
          return answer(told.tasks);
        },
        readCloneTargets: (_source, since) => {
          asked.targets.push(since);
          return answer(told.targets);
        },
        readVirtualMachine: (machine) => {
          asked.machines.push(machine.value);
          return answer(told.machine);
        },
      },
    },
    clock,
    () => {
      changes += 1;
    },
  );
  const ended = unclaimed.run(stop.signal);
  const becomes = async (next: ConnectionStatus) => {
    status = next;
    for (const listener of listeners) listener(next);
    await clock.advance(0);
  };
  const blocks = (folder: ManagedObjectReference) =>
    unclaimed.blocks({ uid: 'a group', template, folder: { ref: folder, name: folder.value } });
  return { clock, stop, asked, told, unclaimed, ended, becomes, blocks, listeners, changes: () => changes };
}
