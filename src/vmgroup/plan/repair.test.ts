import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

describe('repair', () => {
  test('a machine that is powered off is powered on', () => {
    const group = aGroup();
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })] })).toEqual([
      'PowerOn',
    ]);
  });

  test('a machine that is powered off again and again is repaired with backoff, 10 s doubling', () => {
    const group = aGroup();
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })];
    const repairs = new Map([[`0/${revisionOf(group.spec)}`, { lastMs: 1_000_000, count: 2 }]]);
    expect(plan(anObservation(group, { replicas, repairs }))).toMatchObject({ actions: [], requeueAtMs: 1_020_000 });
    const due = { wallMs: 0, monotonicMs: 1_020_000 };
    expect(planned(group, { replicas, repairs, now: due })).toEqual(['PowerOn']);
  });

  test('a machine that is powered off gets a new size before it is powered on', () => {
    const group = aGroup({ cpu: 8 });
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff', numCpu: 2 })];
    expect(planned(group, { replicas })).toEqual(['Reconfigure']);
  });

  test('a machine on a disconnected host is left alone and not replaced', () => {
    const group = aGroup();
    const away = { powerState: 'poweredOff', connectionState: 'disconnected' } as const;
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 }, away)] })).toEqual([]);
  });

  test('a machine with an operation in flight is not touched', () => {
    const group = aGroup();
    const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [replica], inFlight: [anOperation('Clone', { slot: replica.slot })] })).toEqual(
      [],
    );
  });

  test('powerState PoweredOff powers the whole group off and keeps it off', () => {
    const group = aGroup({ powerState: 'PoweredOff', replicas: 2 });
    const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' })];
    expect(planned(group, { replicas })).toEqual(['PowerOff']);
  });
});
