import { expect, test } from 'vitest';
import type { CallContext, ManagedObjectReference, VCenterConnection, VimCalls } from '../vsphere';
import { FencedConnection, NotLeading } from './fenced-connection';

const ref: ManagedObjectReference = { type: 'VirtualMachine', value: 'vm-1' };
const call: CallContext = { operationId: 'vmop-1', signal: new AbortController().signal };
const CLONE = {
  template: ref,
  folder: ref,
  name: 'n',
  resourcePool: ref,
  numCpu: 1,
  memoryMiB: 1024,
  instanceUuid: 'u',
  annotation: '',
  extraConfig: {},
};

const CHANGES: Readonly<Record<string, (calls: VimCalls) => Promise<unknown>>> = {
  createFolder: (calls) => calls.createFolder(ref, 'n', call),
  cloneVirtualMachine: (calls) => calls.cloneVirtualMachine(CLONE, call),
  reconfigure: (calls) => calls.reconfigure(ref, {}, call),
  powerOn: (calls) => calls.powerOn(ref, call),
  powerOff: (calls) => calls.powerOff(ref, call),
  destroyVirtualMachine: (calls) => calls.destroyVirtualMachine(ref, call),
  destroyFolder: (calls) => calls.destroyFolder(ref, call),
};
const READS: Readonly<Record<string, (calls: VimCalls) => Promise<unknown>>> = {
  readVirtualMachine: (calls) => calls.readVirtualMachine(ref, call),
  readFolderChildren: (calls) => calls.readFolderChildren(ref, call),
  findByInstanceUuid: (calls) => calls.findByInstanceUuid('u', call),
  readRecentTasks: (calls) => calls.readRecentTasks(call),
};

/** A connection that notes the context of each call that came through. */
function aFence() {
  const through: CallContext[] = [];
  const calls = new Proxy({} as VimCalls, {
    get:
      () =>
      async (...args: unknown[]) => {
        through.push(args.at(-1) as CallContext);
      },
  });
  const state = { leads: true };
  const connection = new FencedConnection({ calls } as VCenterConnection, () => state.leads);
  return { state, through, calls: connection.calls };
}

test.each(Object.entries(CHANGES))(
  'R6: %s asks who leads when it is called, and may be asked again',
  async (_, change) => {
    const { state, through, calls } = aFence();
    await change(calls);
    const [context] = through;
    expect(context).toMatchObject(call);
    expect(context?.maySend?.()).toBe(true);
    state.leads = false;
    expect(context?.maySend?.()).toBe(false);
    await expect(change(calls)).rejects.toThrow(NotLeading);
    expect(through).toHaveLength(1);
  },
);

test.each(Object.entries(READS))('%s is free for all', async (_, read) => {
  const { state, through, calls } = aFence();
  state.leads = false;
  await read(calls);
  expect(through).toEqual([call]);
});
