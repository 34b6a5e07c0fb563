import { describe, expect, test } from 'vitest';
import { answering, sent } from '../../../test/support/builders/acts';
import { aGroup, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { LiveVirtualMachine, RecentTask } from '../../vsphere/port';

const group = aGroup();
const { machine, slot } = aReplica(group, { ordinal: 0 });
const ours: LiveVirtualMachine = { ...machine, disks: [] };
const foreign: LiveVirtualMachine = { ...ours, extraConfig: {} };
const settle = { kind: 'Settle', operationKey: 'adoption' } as const;
const lost = anOperation('Adopt', { machine: machine.ref, slot, state: 'Unknown' });

const recent = (state: RecentTask['state'], entity = machine.ref.value): RecentTask => ({
  ref: { type: 'Task', value: 'task-1' },
  descriptionId: 'VirtualMachine.reconfigure',
  entity: { type: 'VirtualMachine', value: entity },
  state,
});

async function fate(live: LiveVirtualMachine | undefined, tasks: readonly RecentTask[] = []): Promise<unknown> {
  const calls = { readRecentTasks: answering(tasks), readVirtualMachine: answering(live) };
  return (await sent(settle, calls, lost)).verdicts;
}

describe('R2: an adoption without a known end', () => {
  test('has happened when the machine carries our marks, whatever the inventory shows', async () => {
    expect(await fate(ours)).toEqual(['Happened']);
    expect(await fate(ours, [recent('running')])).toEqual(['Happened']);
  });

  test('has not happened when the machine has none of them and nothing changes it, or when it is gone', async () => {
    expect(await fate(foreign)).toEqual(['DidNotHappen']);
    expect(await fate(foreign, [recent('success'), recent('running', 'another')])).toEqual(['DidNotHappen']);
    expect(await fate(undefined)).toEqual(['DidNotHappen']);
  });

  test('keeps its slot while the machine is being changed', async () => {
    expect(await fate(foreign, [recent('queued')])).toEqual(['StillRunning']);
  });

  test('keeps its slot while vCenter cannot tell whose the machine is', async () => {
    expect(await fate({ ...foreign, unreadable: true })).toEqual(['StillRunning']);
  });
});
