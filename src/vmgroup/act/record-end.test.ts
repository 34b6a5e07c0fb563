import { describe, expect, test } from 'vitest';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { classifyFailure } from '../../vsphere/fault/classify';
import type { VsphereFailure, WorkOutcome } from '../../vsphere/port';
import { actionKey, type VCenterAction } from '../model/action';
import { FOLDER_FAULT } from '../model/fault';
import { sizeKey, sizeOf } from '../model/machine-size';
import { GroupMemory } from '../observe/group-memory';
import { subjectOf } from './act';
import { recordEnd } from './record-end';

const now = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };
const group = aGroup();
const on = aReplica(group, { ordinal: 0 });
const off = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
const slot = slotKey(on.slot);
const size = sizeOf(group);

const aMemory = () => GroupMemory.from(group, now);

/** Sends an action, lets it end so, and returns what is known then. */
function endOf(action: VCenterAction, outcome: WorkOutcome, of: VmGroup = group, memory = aMemory()) {
  const key = actionKey(action);
  memory.inFlight.sent(key, action.kind, subjectOf(action), now);
  const fault = recordEnd(action, outcome, {
    group: of,
    memory,
    classify: classifyFailure,
    random: () => 0.5,
    now,
  });
  return { memory, fault, operation: memory.inFlight.get(key) };
}

const failed = (code: string, rest: Partial<VsphereFailure> = {}): WorkOutcome => ({
  kind: 'Failed',
  failure: { code, message: `it said ${code}`, outcome: 'Refused', ...rest },
});
const clone = {
  kind: 'Clone',
  slot: on.slot,
  template: { type: 'VirtualMachine', value: 't' },
  folder: { type: 'Folder', value: 'f' },
  resourcePool: { type: 'ResourcePool', value: 'p' },
  again: false,
} as const;

describe('success', () => {
  test('stays in flight until the inventory shows it, and clears the fault', () => {
    const memory = aMemory();
    endOf(clone, failed('NoDiskSpace'), group, memory);
    expect(memory.faults.get(slot)?.class).toBe('Capacity');
    const { operation } = endOf(clone, { kind: 'Succeeded' }, group, memory);
    expect(operation?.state).toBe('Done');
    expect(memory.faults.size).toBe(0);
  });

  test.each<[string, WorkOutcome]>([
    ['has ended', { kind: 'Succeeded' }],
    [
      'may have happened',
      { kind: 'Unknown', failure: { code: 'ConnectionLost', message: 'lost', outcome: 'Unknown' } },
    ],
  ])('R2: a slot whose clone %s had a machine, also if the inventory never shows it', (_, outcome) => {
    expect(endOf(clone, outcome).memory.history.hadMachine).toContain(slot);
    expect(endOf(clone, failed('NoDiskSpace')).memory.history.hadMachine).not.toContain(slot);
  });
});

describe('an unknown end', () => {
  test('leaves the operation Unknown for a live read, and its next try waits as after a failure', () => {
    const { operation, fault } = endOf(clone, {
      kind: 'Unknown',
      failure: { code: 'ConnectionLost', message: 'lost', outcome: 'Unknown' },
    });
    expect(operation?.state).toBe('Unknown');
    expect(fault).toMatchObject({ reason: 'ConnectionLost', class: 'Retryable', attempts: 1 });
  });

  test('R15: so does a clone that failed at the customization of its guest, for its machine may be there', () => {
    const { memory, operation, fault } = endOf(clone, failed('CustomizationFault'), group);
    expect(operation?.state).toBe('Unknown');
    expect(fault?.reason).toBe('CustomizationFault');
    expect(memory.history.hadMachine.has(slot)).toBe(true);
    expect(endOf(clone, failed('NoDiskSpace'), group).operation).toBeUndefined();
  });
});

describe('failure', () => {
  test('is kept for its slot, with its class and the time of the next try', () => {
    const { operation, fault } = endOf(clone, failed('NoPermission'));
    expect(operation).toBeUndefined();
    expect(fault).toMatchObject({ class: 'NeedsUser', reason: 'NoPermission', attempts: 1, since: now });
    expect(fault?.retryAt.monotonicMs).toBeGreaterThan(now.monotonicMs + 20 * 60_000);
  });

  test('of a folder is kept for the folder', () => {
    const create = { kind: 'CreateFolder', parent: { type: 'Folder', value: 'f' }, name: 'n' } as const;
    expect([...endOf(create, failed('NoPermission')).memory.faults.keys()]).toEqual([FOLDER_FAULT]);
  });

  test('a series goes on while the reason stays the same, and starts again with another', () => {
    const memory = aMemory();
    endOf(clone, failed('NoDiskSpace'), group, memory);
    expect(endOf(clone, failed('NoDiskSpace'), group, memory).fault?.attempts).toBe(2);
    expect(endOf(clone, failed('NoPermission'), group, memory).fault?.attempts).toBe(1);
  });

  test('the message fits into the status, in whatever language it is', () => {
    for (const character of ['x', 'ß', '値', '😀']) {
      const long = failed('NoPermission', { message: character.repeat(5_000) });
      const { message = '' } = endOf(clone, long).fault ?? {};
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(384);
      expect(message).toMatch(new RegExp(`^(?:${character})+…$`, 'u'));
    }
  });

  test('a folder that holds what is not ours leaves no fault: there is nothing to try again', () => {
    const remove = { kind: 'DestroyFolder', folder: { type: 'Folder', value: 'f' } } as const;
    const { fault, operation } = endOf(remove, failed('FolderHoldsForeign', { outcome: 'NotSent' }));
    expect([fault, operation]).toEqual([undefined, undefined]);
  });

  test('a Destroy of a machine that is gone is success', () => {
    const { fault, operation } = endOf({ kind: 'Destroy', replica: off }, failed('ManagedObjectNotFound'));
    expect([fault, operation]).toEqual([undefined, undefined]);
  });

  test.each([
    [{ kind: 'PowerOn', replica: off }, 'poweredOn'],
    [{ kind: 'PowerOff', replica: on }, 'poweredOff'],
    [{ kind: 'Shutdown', replica: on }, 'poweredOff'],
  ] as const)('%j of a machine that is %s already is no failure', (action, existingState) => {
    const fault = { type: 'InvalidPowerState', fields: { existingState } };
    const { operation, fault: kept } = endOf(action, failed('InvalidPowerState', { fault }));
    expect(operation?.state).toBe('Done');
    expect(kept).toBeUndefined();
  });

  test('InvalidPowerState in another power state is a failure', () => {
    const fault = { type: 'InvalidPowerState', fields: { existingState: 'suspended' } };
    expect(
      endOf({ kind: 'Shutdown', replica: on }, failed('InvalidPowerState', { fault }), soft()).fault,
    ).toBeDefined();
  });
});

const soft = () => aGroup({ powerOff: { mode: 'Soft' } });

describe('a guest that will not shut down', () => {
  const shutdown = { kind: 'Shutdown', replica: on } as const;

  test.each(['ToolsUnavailable', 'NotSupported', 'NoPermission'])(
    'TrySoft, %s: it is powered off hard next',
    (code) => {
      const { operation, fault } = endOf(shutdown, failed(code));
      expect(operation).toMatchObject({ state: 'Done', refused: true });
      expect(fault).toBeUndefined();
    },
  );

  test('TrySoft, a failure that may pass: it is asked again', () => {
    const { operation, fault } = endOf(shutdown, failed('HostCommunication'));
    expect(operation).toBeUndefined();
    expect(fault?.class).toBe('Retryable');
  });

  test('Soft: a fault', () => {
    const { operation, fault } = endOf(shutdown, failed('ToolsUnavailable'), soft());
    expect(operation).toBeUndefined();
    expect(fault?.reason).toBe('ToolsUnavailable');
  });
});

describe('a size that vCenter refuses', () => {
  test.each(['InvalidPowerState', 'CpuHotPlugNotSupported', 'MemoryHotPlugNotSupported', 'GenericVmConfigFault'])(
    '%s while it is powered on: recorded, so that resizePolicy decides',
    (code) => {
      const { memory, fault, operation } = endOf({ kind: 'Reconfigure', replica: on, size }, failed(code));
      expect(memory.history.hotAddRefused.get(slot)).toBe(sizeKey(group));
      expect([fault, operation]).toEqual([undefined, undefined]);
    },
  );

  test.each(['NoPermission', 'NumVirtualCpusExceedsLimit', 'HostCommunication', 'NoDiskSpace', 'NotEnoughLicenses'])(
    '%s while it is powered on: a fault, because powering it off would not help',
    (code) => {
      const { memory, fault } = endOf({ kind: 'Reconfigure', replica: on, size }, failed(code));
      expect(memory.history.hotAddRefused.size).toBe(0);
      expect(fault?.reason).toBe(code);
    },
  );

  test('while it is powered off: a fault', () => {
    const { memory, fault } = endOf({ kind: 'Reconfigure', replica: off, size }, failed('GenericVmConfigFault'));
    expect(memory.history.hotAddRefused.size).toBe(0);
    expect(fault?.class).toBe('NeedsUser');
  });
});

test('a Settle that failed leaves the operation Unknown', () => {
  const memory = aMemory();
  memory.inFlight.sent('clone', 'Clone', { slot: on.slot }, now);
  const { fault } = endOf({ kind: 'Settle', operationKey: 'clone' }, failed('HostCommunication'), group, memory);
  expect(memory.inFlight.operations).toMatchObject([{ key: 'clone', state: 'Unknown' }]);
  expect(fault).toBeUndefined();
});

test('R8: a look into a folder that was refused is told apart from one for a folder that is out of sight', () => {
  const [ref, path] = [{ type: 'Folder', value: 'group-folder' }, '/dc/vm/vm-operator/shop.web'];
  const known = { ref, path, isShown: false, wasOurs: true, heldMachines: true };
  const look = endOf({ kind: 'LookIntoFolder', folder: ref, path }, failed('NotVisible'));
  const proof = endOf({ kind: 'ProveFolderGone', folder: known }, failed('NotVisible'));
  expect(look.memory.faults.get(FOLDER_FAULT)).toMatchObject({ reason: 'NotVisible', only: 'LookIntoFolder' });
  expect(proof.memory.faults.get(FOLDER_FAULT)?.only).toBeUndefined();
});
