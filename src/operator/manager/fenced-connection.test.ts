import { expect, test } from 'vitest';
import type { CallContext, ManagedObjectReference, VCenterConnection, VimClient } from '../../vsphere';
import { FencedConnection, NotAllowedNow } from './fenced-connection';

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

/** Every call: a new one does not compile until it is listed here as a change or a read. */
const CALLS: Readonly<Record<keyof VimClient, readonly ['Change' | 'Read', (calls: VimClient) => Promise<unknown>]>> = {
  createFolder: ['Change', (calls) => calls.createFolder(ref, 'n', call)],
  cloneVirtualMachine: ['Change', (calls) => calls.cloneVirtualMachine(CLONE, call)],
  reconfigure: ['Change', (calls) => calls.reconfigure({ ref }, {}, call)],
  powerOn: ['Change', (calls) => calls.powerOn(ref, call)],
  powerOff: ['Change', (calls) => calls.powerOff(ref, call)],
  shutdownGuest: ['Change', (calls) => calls.shutdownGuest(ref, call)],
  rename: ['Change', (calls) => calls.rename(ref, 'n', call)],
  destroyVirtualMachine: ['Change', (calls) => calls.destroyVirtualMachine(ref, call)],
  destroyFolder: ['Change', (calls) => calls.destroyFolder(ref, call)],
  changeClusterRules: ['Change', (calls) => calls.changeClusterRules(ref, [], call)],
  readVirtualMachine: ['Read', (calls) => calls.readVirtualMachine(ref, call)],
  readMachineShapes: ['Read', (calls) => calls.readMachineShapes([ref], call)],
  readExtraConfig: ['Read', (calls) => calls.readExtraConfig([ref], ['k'], call)],
  setCustomValue: ['Change', (calls) => calls.setCustomValue(ref, 101, 'v', call)],
  readCustomFields: ['Read', (calls) => calls.readCustomFields(call)],
  readCustomValues: ['Read', (calls) => calls.readCustomValues(ref, call)],
  attachTag: ['Change', (calls) => calls.attachTag(ref, 't', call)],
  detachTag: ['Change', (calls) => calls.detachTag(ref, 't', call)],
  readTags: ['Read', (calls) => calls.readTags([], call)],
  readAttachedTags: ['Read', (calls) => calls.readAttachedTags(ref, call)],
  readFolderChildren: ['Read', (calls) => calls.readFolderChildren(ref, call)],
  findByInstanceUuid: ['Read', (calls) => calls.findByInstanceUuid('u', call)],
  readRecentTasks: ['Read', (calls) => calls.readRecentTasks(call)],
  readCloneTargets: ['Read', (calls) => calls.readCloneTargets(ref, '2026-01-01T00:00:00Z', call)],
  readCloneSource: ['Read', (calls) => calls.readCloneSource(ref, call)],
  readCustomizationSpec: ['Read', (calls) => calls.readCustomizationSpec('linux', call)],
  readSnapshots: ['Read', (calls) => calls.readSnapshots(ref, call)],
  findStoragePolicies: ['Read', (calls) => calls.findStoragePolicies('p', call)],
  checkStoragePolicy: ['Read', (calls) => calls.checkStoragePolicy('p', [ref], call)],
  readPoolDatastores: ['Read', (calls) => calls.readPoolDatastores(ref, call)],
  readClusterRules: ['Read', (calls) => calls.readClusterRules(ref, call)],
  readPrivileges: ['Read', (calls) => calls.readPrivileges([ref], call)],
};

function callsThat(kind: 'Change' | 'Read') {
  return Object.entries(CALLS).flatMap(([name, [is, make]]) => (is === kind ? [[name, make] as const] : []));
}

/** A connection that records the context of each call that was passed on. */
function aFence() {
  const through: CallContext[] = [];
  const calls = new Proxy({} as VimClient, {
    get:
      () =>
      async (...args: unknown[]) => {
        through.push(args.at(-1) as CallContext);
      },
  });
  const state = { leads: true, kind: 'Ready' };
  const inner = Object.defineProperty({ calls }, 'status', { get: () => ({ kind: state.kind }) });
  const connection = new FencedConnection(inner as VCenterConnection, () => state.leads);
  return { state, through, calls: connection.calls };
}

test.each(callsThat('Change'))('R6: %s asks who leads when it is called, and may be asked again', async (_, change) => {
  const { state, through, calls } = aFence();
  await change(calls);
  const [context] = through;
  expect(context).toMatchObject(call);
  expect(context?.maySend?.()).toBe(true);
  state.leads = false;
  expect(context?.maySend?.()).toBe(false);
  await expect(change(calls)).rejects.toThrow(NotAllowedNow);
  expect(through).toHaveLength(1);
});

test.each(callsThat('Change'))('R13: %s is not sent while the inventory is not known', async (_, change) => {
  const { state, through, calls } = aFence();
  await change(calls);
  state.kind = 'Connecting';
  expect(through[0]?.maySend?.()).toBe(false);
  await expect(change(calls)).rejects.toThrow(NotAllowedNow);
});

test.each(callsThat('Read'))('%s is passed on without a lease', async (_, read) => {
  const { state, through, calls } = aFence();
  state.leads = false;
  await read(calls);
  expect(through).toEqual([call]);
});
