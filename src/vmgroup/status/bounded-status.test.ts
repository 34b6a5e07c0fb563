import { describe, expect, test } from 'vitest';
import type { VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';
import { boundedStatus } from './bounded-status';

const MIB = 1024 * 1024;

/** A replica with as much in each field as the CRD takes, in characters of three bytes where any is taken. */
function largest(ordinal: number): VmGroupStatusReplica {
  return {
    ordinal,
    revision: 'r'.repeat(16),
    name: `${ordinal}`.padStart(80, 'n'),
    hostname: 'h'.repeat(63),
    moRef: 'm'.repeat(64),
    instanceUuid: 'u'.repeat(36),
    powerState: 'PoweredOn',
    host: 'e'.repeat(60),
    failureDomain: 'f'.repeat(63),
    ready: false,
    notReady: '缺'.repeat(256),
    ips: Array.from({ length: 16 }, (_, index) => `2001:0db8:0000:0000:0000:0000:0000:${1000 + index}`),
    fault: {
      ...{
        operation: 'PowerOn',
        reason: 'x'.repeat(64),
        message: '错'.repeat(512),
        class: 'NeedsUser',
        attempts: 3,
        since: '2026-01-01T00:00:00Z',
      },
    },
  };
}

const replicasOf = (count: number) => Array.from({ length: count }, (_, ordinal) => largest(ordinal));
const bytesOf = (status: VmGroupStatus) => Buffer.byteLength(JSON.stringify(status));

describe('a status that would not be stored', () => {
  test.each([500, 750, 1000])('of %i replicas with all that vCenter and guests can tell is below 1 MiB', (count) => {
    const status = { replicas: replicasOf(count) };
    expect(bytesOf(status)).toBeGreaterThan(1.5 * MIB);
    const bounded = boundedStatus(status);
    expect(bytesOf(bounded)).toBeLessThan(MIB);
    expect(bounded.replicas?.map(({ name, moRef, instanceUuid }) => [name, moRef, instanceUuid])).toEqual(
      status.replicas.map(({ name, moRef, instanceUuid }) => [name, moRef, instanceUuid]),
    );
    for (const { fault, notReady, ips } of bounded.replicas ?? []) {
      expect(fault?.message).toMatch(/^错{48,}$/);
      expect(fault?.reason).toHaveLength(64);
      expect(notReady).toMatch(/^缺{24,}$/);
      expect(ips?.length).toBeGreaterThan(0);
    }
  });

  test('keeps the beginning of long conditions', () => {
    const condition = {
      type: 'Ready',
      status: 'False' as const,
      reason: 'R',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const conditions = Array.from({ length: 12 }, () => ({ ...condition, message: '长'.repeat(32_768) }));
    const bounded = boundedStatus({ conditions, replicas: replicasOf(750) });
    expect(bytesOf(bounded)).toBeLessThan(MIB);
    for (const { message } of bounded.conditions ?? []) expect(message).toMatch(/^长{4096}$/);
  });
});

test('a status that fits stays as it is', () => {
  const status: VmGroupStatus = { phase: 'RUNNING', replicas: replicasOf(99), conditions: [] };
  expect(boundedStatus(status)).toEqual(status);
  const ordinary = replicasOf(1000).map(({ fault: _, notReady: __, ips, ...rest }) => ({
    ...rest,
    ips: ips?.slice(0, 2) ?? [],
  }));
  expect(boundedStatus({ replicas: ordinary }).replicas).toEqual(ordinary);
});
