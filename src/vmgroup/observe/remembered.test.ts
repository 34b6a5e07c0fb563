/** What a process remembers of a group between two looks. */
import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroupSpec } from '../../api/vm-group';
import type { GuestInfoSource, VirtualMachine } from '../../vsphere/port';
import type { AdoptionRequest } from '../model/adoption-request';
import type { Observation } from '../model/observation';
import type { Quota } from '../model/quota';
import { GroupMemory } from './group-memory';

const NOW = { wallMs: Date.parse('2026-01-01T12:00:00Z'), monotonicMs: 1_000_000 };
const group = aGroup();
const aMemory = () => GroupMemory.from(group, NOW);
const replica = aReplica(group, { ordinal: 0 });
const { machine, slot } = replica;

describe('a look', () => {
  test('is all that is remembered of replicas: a machine that was not ready then is forgotten', () => {
    const memory = aMemory();
    const { readySince: _, ...notReady } = replica;
    memory.remember(anObservation(group, { replicas: [replica] }));
    expect(memory.history.readySince(machine.ref.value)).toBe(replica.readySince);
    memory.remember(anObservation(group, { replicas: [notReady] }));
    expect(memory.history.readySince(machine.ref.value)).toBeUndefined();
    expect(memory.history.hadMachine).toEqual(new Set([slotKey(slot)]));
  });

  test.each<[string, Partial<VirtualMachine>, readonly ReturnType<typeof anOperation>[], number]>([
    ['that is on, it is on', {}, [], 1],
    ['that is off, it is not', { powerState: 'poweredOff' }, [], 0],
    ['that we power on, nobody knows', {}, [anOperation('PowerOn', { machine: machine.ref })], 0],
    ['that we write settings of, it is on', {}, [anOperation('WriteSettings', { machine: machine.ref })], 1],
    [
      'beside one that we power on, it is on',
      {},
      [anOperation('PowerOn', { machine: { ...machine.ref, value: 'x' } })],
      1,
    ],
  ])('R8: of a machine %s: powering it on later is so many repairs: %#', (_, rest, inFlight, expected) => {
    const memory = aMemory();
    memory.inFlight.replace(inFlight);
    memory.remember(anObservation(group, { replicas: [aReplica(group, slot, rest)] }));
    memory.history.poweredOn(slotKey(slot), 0);
    expect(memory.history.repairs.size).toBe(expected);
  });

  test('while vCenter is not ready changes nothing but the wish', () => {
    const memory = aMemory();
    const vcenter = { kind: 'Unavailable', name: '(env)', reason: 'Unreachable', message: '' } as const;
    const away = { ...vcenter, needsUser: false, reconnecting: true };
    memory.remember(anObservation(group, { replicas: [replica], vcenter: away }));
    expect([memory.history.hadMachine.size, memory.vcenterInstanceUuid]).toEqual([0, undefined]);
  });
});

describe('the time of the last progress', () => {
  const at = (lastProgressTime?: string) => aGroup({}, { status: { ...(lastProgressTime && { lastProgressTime }) } });
  const first = at('2026-01-01T11:59:00Z');
  const second = at('2026-01-01T12:30:00Z');
  const later = { wallMs: NOW.wallMs + 5_000_000, monotonicMs: NOW.monotonicMs + 9_000 };

  test('is that of the status at first, on the clock of this process', () => {
    expect(aMemory().progressedAtMs(first, NOW)).toBe(NOW.monotonicMs - 60_000);
    expect(aMemory().progressedAtMs(at(), NOW)).toBeUndefined();
  });

  test('is when this process first saw it, whatever the wall clock says later', () => {
    const memory = aMemory();
    memory.remember(anObservation(first, { progressedAtMs: NOW.monotonicMs - 60_000 }));
    expect(memory.progressedAtMs(first, later)).toBe(NOW.monotonicMs - 60_000);
    expect(memory.progressedAtMs(second, later)).toBe(later.monotonicMs);
  });
});

describe('a live look at machines to adopt', () => {
  const ref = (value: string) => ({ type: 'VirtualMachine', value });
  const seen = (value: string): VirtualMachine => ({ ...machine, ref: ref(value) });
  const asks = (rest: Partial<AdoptionRequest>): AdoptionRequest => ({
    ...{ revision: 'r', isFulfilled: false, candidates: [] },
    ...rest,
  });
  const keptOf = (adoption?: AdoptionRequest) => {
    const memory = aMemory();
    const found = ['one', 'two', 'template'].map(
      (value) => [`VirtualMachine:${value}`, { machine: seen(value), atMs: 0 }] as const,
    );
    memory.inspected(new Map(found));
    memory.remember(anObservation(group, { ...(adoption && { adoption }) }));
    return [...memory.inspections.values()].map(({ machine: its }) => its.ref.value);
  };

  test('is kept for those that are asked for, and for the template', () => {
    const candidates = [{ name: 'two', machine: seen('two') }, { name: 'gone' }];
    expect(keptOf(asks({ candidates, template: { machine: seen('template') } }))).toEqual(['two', 'template']);
    expect(keptOf(asks({ candidates }))).toEqual(['two']);
    expect(keptOf()).toEqual([]);
  });
});

test('storage policies that were found are few: beyond sixteen they are looked for anew', () => {
  const memory = aMemory();
  for (let index = 0; index < 16; index += 1) memory.policyFound(`policy ${index}`);
  expect(memory.foundPolicies.size).toBe(16);
  memory.policyFound('one more');
  expect([...memory.foundPolicies]).toEqual(['one more']);
});

describe('R15: the quota that a group holds places in', () => {
  const aQuota = (name: string, left: string[]) =>
    ({ forget: ({ key }: { readonly key: string }) => left.push(`${name} ${key}`) }) as unknown as Quota;

  test('is one: another, or none, gives the places of the one before back', () => {
    const left: string[] = [];
    const [east, west] = [aQuota('east', left), aQuota('west', left)];
    const memory = aMemory();
    memory.usesQuota(east, group);
    memory.usesQuota(east, group);
    expect(left).toEqual([]);
    memory.usesQuota(west, group);
    expect(left).toEqual(['east shop/web']);
    memory.usesQuota(undefined, group);
    memory.leaveQuota();
    expect(left).toEqual(['east shop/web', 'west shop/web']);
  });
});

describe('R4: the values of guests that a group waits for', () => {
  const readiness = { type: 'ToolsRunning', guestInfo: [{ key: 'app', value: 'up' }] } as VmGroupSpec['readiness'];
  const waiting = aGroup({ ...(readiness && { readiness }) });
  const observed = (of: Observation['group']) => anObservation(of, { replicas: [replica] });
  const aSource = (name: string, wants: string[]): GuestInfoSource => ({
    want: (_, machines, keys) => wants.push(`${name}: ${machines.map(({ value }) => value)} ${keys}`.trim()),
  });

  test('are watched at one vCenter, and nowhere once it asks for none', () => {
    const wants: string[] = [];
    const [east, west] = [aSource('east', wants), aSource('west', wants)];
    const memory = aMemory();
    const next = (source: GuestInfoSource | undefined, of = waiting) => {
      memory.watchesGuestInfo(source, observed(of));
      return wants.splice(0);
    };
    expect(next(east)).toEqual([`east: ${machine.ref.value} app`]);
    expect(next(east)).toEqual([`east: ${machine.ref.value} app`]);
    expect(next(west)).toEqual(['east:', `west: ${machine.ref.value} app`]);
    expect(next(west, group)).toEqual(['west:']);
    expect(next(west, group)).toEqual([]);
    expect(next(east)).toEqual([`east: ${machine.ref.value} app`]);
    expect(next(undefined)).toEqual(['east:']);
  });
});
