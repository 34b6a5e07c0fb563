import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  aGuest,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import { hostNameOf } from '../../api/naming';
import { slotRevisionOf } from '../../api/slot-revision';
import type { VmGroup, VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import { NOTHING, type Plan } from '../model/action';
import type { KnownMachine } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { replicaStatuses } from './replicas';

const spec = aGroup().spec;
const slot = { ordinal: 0, revision: slotRevisionOf(spec, 0) };
const hostname = hostNameOf(aGroup(), slot);
const keeping = (...ordinals: readonly number[]): Plan => ({
  ...NOTHING,
  keep: ordinals.map((ordinal) => ({ ordinal, revision: slotRevisionOf(spec, ordinal) })),
});

/** A group whose last status names these replicas. */
function withStatus(...replicas: readonly Partial<VmGroupStatusReplica>[]): VmGroup {
  const told = replicas.map((replica) => ({ ...slot, name: 'web-1', hostname: 'web-0', ready: false, ...replica }));
  return aGroup({}, { status: { replicas: told } as VmGroupStatus });
}

const told = (rest: Partial<Observation> = {}, plan: Plan = NOTHING, group = aGroup()) =>
  replicaStatuses(anObservation(group, rest), plan);

/** A machine that the group had, and that the inventory does not show. */
const unseen = (moRef: string, rest: Partial<KnownMachine> = {}): KnownMachine => ({
  ...{ ref: { type: 'VirtualMachine', value: moRef }, slot, name: `name of ${moRef}`, isShown: false },
  ...rest,
});

describe('a replica that exists', () => {
  test('is told by its machine', () => {
    const replica = {
      ...aReplica(aGroup(), { ordinal: 0 }, { name: 'web-1', details: aGuest({ ipAddresses: ['10.0.0.7'] }) }),
      ...{ host: 'esx-1', failureDomain: 'east' },
    };
    const { machine } = replica;
    expect(told({ replicas: [replica] })).toEqual([
      {
        ...{ ...slot, name: 'web-1', hostname, moRef: machine.ref.value, instanceUuid: machine.instanceUuid },
        ...{ powerState: 'PoweredOn', host: 'esx-1', failureDomain: 'east', ready: true },
        ...{ readySince: '2025-01-01T00:00:00Z', ips: ['10.0.0.7'] },
      },
    ]);
  });

  test('has no field of what vCenter does not tell', () => {
    const { machine, readySince: _, ...rest } = aReplica(aGroup(), { ordinal: 0 });
    const { instanceUuid: __, ...unnamed } = machine;
    const [status] = told({ replicas: [{ ...rest, machine: unnamed }] });
    for (const field of ['instanceUuid', 'host', 'failureDomain', 'readySince', 'ips', 'task', 'fault'])
      expect(status).not.toHaveProperty(field);
  });

  test('tells addresses only that the API server takes, and at most sixteen', () => {
    const longest = '0000:0000:0000:0000:0000:ffff:1920:1681';
    expect(longest).toHaveLength(39);
    const many = Array.from({ length: 20 }, (_, index) => `10.0.0.${index}`);
    const ips = (ipAddresses: string[]) =>
      told({ replicas: [aReplica(aGroup(), { ordinal: 0 }, { details: aGuest({ ipAddresses }) })] })[0]?.ips;
    expect(ips(['odd', longest, `${longest}%eth0`])).toEqual([longest]);
    expect(ips(many)).toEqual(many.slice(0, 16));
    expect(ips(['odd'])).toBeUndefined();
  });

  test('tells a long name and a long lack up to what the CRD takes', () => {
    const replica = aReplica(aGroup(), { ordinal: 0 }, { name: 'n'.repeat(81), connectionState: 'x'.repeat(300) });
    const { readySince: _, ...notReady } = replica;
    const [status] = told({ replicas: [notReady] });
    expect(status?.name).toHaveLength(80);
    expect(status?.notReady?.length ?? 0).toBeLessThanOrEqual(256);
  });

  test('keeps the host name that its guest was given, and none that another machine had', () => {
    const replica = aReplica(aGroup(), { ordinal: 0 });
    const naming = { hostname: 'node-$(ordinal)' } as NonNullable<VmGroup['spec']['naming']>;
    const named = (pattern: boolean, moRef: string) => {
      const group = withStatus({ moRef: 'other', hostname: 'of-other' }, { moRef, hostname: 'former' });
      const of = { ...group, spec: { ...group.spec, ...(pattern && { naming }) } };
      return told({ replicas: [replica] }, NOTHING, of)[0]?.hostname;
    };
    expect(named(true, replica.machine.ref.value)).toBe('former');
    expect(named(true, 'gone')).not.toMatch(/former|of-other/);
    expect(named(false, replica.machine.ref.value)).toBe(hostname);
  });
});

describe('a replica that does not exist', () => {
  test('is told by its slot, with the clone under way', () => {
    const task = { type: 'Task', value: 'task-1' };
    const inFlight = [anOperation('Clone', { slot, machineName: 'web-clone', failureDomain: 'east', task })];
    expect(told({ inFlight }, keeping(0))).toEqual([
      {
        ...{ ...slot, name: 'web-clone', hostname, ready: false, failureDomain: 'east' },
        task: { ref: 'task-1', operation: 'Clone', startedAt: '2026-01-01T00:00:00Z' },
      },
    ]);
  });

  test('R7: also of a slot that the group wants no more, while its clone is under way', () => {
    expect(told({ inFlight: [anOperation('Clone', { slot })] })).toMatchObject([slot]);
    expect(told({ inFlight: [anOperation('PowerOn', { slot })] })).toEqual([]);
  });

  test('R2, R7: names the machine that the slot had, so that a restart looks for it', () => {
    const other = { ...slot, ordinal: 1, moRef: 'vm-other', instanceUuid: 'other' };
    const group = withStatus(other, { name: 'no reference' }, { moRef: 'vm-9', instanceUuid: 'its' });
    expect(told({}, keeping(0), group)).toMatchObject([{ ordinal: 0, moRef: 'vm-9', instanceUuid: 'its' }]);
    const [unnamed] = told({}, keeping(0), withStatus({ moRef: 'vm-9' }));
    expect(unnamed).not.toHaveProperty('instanceUuid');
    const [fresh] = told({}, keeping(0));
    expect(fresh).not.toHaveProperty('moRef');
  });

  test('R7: while clones of an earlier process may run, slots of the last status without a machine stay', () => {
    const group = withStatus({ ordinal: 3 }, { ordinal: 4, moRef: 'vm-4' });
    expect(told({ unclaimedClones: true }, NOTHING, group).map(({ ordinal }) => ordinal)).toEqual([3]);
    expect(told({}, NOTHING, group)).toEqual([]);
  });

  test('tells its fault, and the failure domain that had no room', () => {
    const fault = aFault(aGroup(), { class: 'Capacity', failureDomain: 'west' });
    expect(told({ faults: new Map([[slotKey(slot), fault]]) }, keeping(0))).toMatchObject([
      {
        failureDomain: 'west',
        fault: { class: 'Capacity', attempts: 1, since: '2026-01-01T00:00:00Z', retryAt: '2026-01-01T00:01:00Z' },
      },
    ]);
  });

  test('is told once, in the order of the ordinals, and at most a thousand are', () => {
    expect(told({}, keeping(2, 0, 2, 1)).map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    const many = Array.from({ length: 1_001 }, (_, ordinal) => ({ ordinal, revision: 'r' }));
    expect(told({}, { ...NOTHING, keep: many })).toHaveLength(1_000);
  });
});

describe('R7: a machine that the inventory does not show any more', () => {
  test('takes the place of its slot, with its reference', () => {
    const group = withStatus({ moRef: 'other', instanceUuid: 'of-other' }, { moRef: 'vm-9', instanceUuid: 'its' });
    const machines = [unseen('vm-9', { failureDomain: 'east' })];
    expect(told({ known: { machines } }, keeping(0, 1), group)).toMatchObject([
      { ordinal: 0, name: 'name of vm-9', moRef: 'vm-9', instanceUuid: 'its', failureDomain: 'east' },
      { ordinal: 1 },
    ]);
  });

  test('has no instanceUuid that the last status does not tell of it', () => {
    const group = withStatus({ moRef: 'other', instanceUuid: 'of-other' });
    const [status] = told({ known: { machines: [unseen('vm-9')] } }, keeping(0), group);
    expect(status).toMatchObject({ moRef: 'vm-9' });
    expect(status).not.toHaveProperty('instanceUuid');
    expect(status).not.toHaveProperty('failureDomain');
  });

  test('is told beside a second one of its slot', () => {
    const machines = [unseen('vm-8'), unseen('vm-9')];
    expect(told({ known: { machines } }, keeping(0, 1)).map(({ ordinal, moRef }) => [ordinal, moRef])).toEqual([
      [0, 'vm-8'],
      [0, 'vm-9'],
      [1, undefined],
    ]);
  });

  test('is told also of a slot that the group wants no more', () =>
    expect(told({ known: { machines: [unseen('vm-9')] } })).toMatchObject([{ ordinal: 0, moRef: 'vm-9' }]));

  test('is not told once it is shown', () =>
    expect(told({ known: { machines: [unseen('vm-9', { isShown: true })] } })).toEqual([]));

  test('that a clone is just making stays that of its slot; of a group that goes it is told by itself', () => {
    const seen = { known: { machines: [unseen('vm-9')] }, inFlight: [anOperation('Clone', { slot })] };
    expect(told(seen, keeping(0))[0]).not.toHaveProperty('moRef');
    expect(told(seen, NOTHING, aDeletedGroup())).toMatchObject([{ moRef: 'vm-9' }]);
  });

  test('tells the fault of the look at it, or that its slot was never customized', () => {
    const machine = unseen('vm-9');
    const look = aFault(aGroup(), { reason: 'NotVisible' });
    const ofSlot = (reason: string) => aFault(aGroup(), { reason });
    const reasonWith = (reason: string) => {
      const faults = new Map([
        [refKey(machine.ref), look],
        [slotKey(slot), ofSlot(reason)],
      ]);
      return told({ known: { machines: [machine] }, faults }, keeping(0))[0]?.fault?.reason;
    };
    expect(reasonWith('SystemError')).toBe('NotVisible');
    expect(reasonWith('CustomizationFault')).toBe('CustomizationFault');
  });

  test('tells a long name up to what the CRD takes', () =>
    expect(told({ known: { machines: [unseen('vm-9', { name: 'n'.repeat(90) })] } })[0]?.name).toHaveLength(80));
});

describe('R7: a machine that is shown without its configuration', () => {
  const dark = (name: string, moRef = 'vm-9') => ({
    ...aReplica(aGroup(), { ordinal: 0 }).machine,
    ...{ name, ref: { type: 'VirtualMachine', value: moRef }, extraConfig: {}, unreadable: true as const },
  });

  test('stays in the status by the reference that the last one has', () => {
    const group = withStatus({ moRef: 'vm-9', name: 'former', failureDomain: 'east' }, { ordinal: 1, moRef: 'vm-1' });
    expect(told({ unreadable: [dark('renamed')] }, NOTHING, group)).toMatchObject([
      { ordinal: 0, moRef: 'vm-9', name: 'renamed', failureDomain: 'east' },
    ]);
  });

  test('keeps the slot of a clone that had ended before the status told its machine, by its name', () => {
    const group = withStatus(
      { ordinal: 5, name: 'dark' },
      { ordinal: 6, name: 'other' },
      { ordinal: 7, moRef: 'vm-7', name: 'dark' },
    );
    expect(told({ unreadable: [dark('dark')] }, NOTHING, group).map(({ ordinal }) => ordinal)).toEqual([5]);
    expect(told({}, NOTHING, group)).toEqual([]);
  });

  test('is told once if its slot is wanted anyway', () =>
    expect(told({ unreadable: [dark('dark')] }, keeping(0), withStatus({ name: 'dark' }))).toHaveLength(1));
});
