import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { LONGEST_RETRY_MS } from '../model/backoff';
import { GroupMemory } from './group-memory';

const NOW = { wallMs: Date.parse('2026-01-01T12:00:00Z'), monotonicMs: 1_000 };

/** The retry time in memory, for a group whose status holds one fault with this time of the next try. */
function retryAtMs(retryAt: string): number | undefined {
  const fault = { class: 'Capacity', reason: 'Full', message: 'full', attempts: 3, since: retryAt, retryAt } as const;
  const replica = { name: 'web-replica-a', ordinal: 0, revision: 'r', ready: false, fault };
  const memory = GroupMemory.from(aGroup({}, { status: { replicas: [replica] } }), NOW);
  return memory.faults.get('0/r')?.retryAt.monotonicMs;
}

test('a retry that was due in five minutes before the restart is due in five minutes after it', () => {
  expect(retryAtMs('2026-01-01T12:05:00Z')).toBe(NOW.monotonicMs + 300_000);
});

test('a retry that became due during the restart is due at once', () => {
  expect(retryAtMs('2026-01-01T11:00:00Z')).toBe(NOW.monotonicMs);
});

test('R8: a wall clock that was set back by a day does not delay the next try by a day', () => {
  expect(retryAtMs('2026-01-02T12:00:00Z')).toBe(NOW.monotonicMs + LONGEST_RETRY_MS);
});

describe('R15: a template whose networks are not allowed', () => {
  const refusedBefore = (reason: string) => {
    const fault = { class: 'NeedsUser', reason, message: 'no', attempts: 3 } as const;
    const at = { since: '2026-01-01T12:00:00Z', retryAt: '2026-01-01T12:15:00Z' };
    const replica = { name: 'web-replica-a', ordinal: 0, revision: 'r', ready: false, fault: { ...fault, ...at } };
    return GroupMemory.from(aGroup({}, { status: { replicas: [replica] } }), NOW);
  };

  test('is tried again at once when other networks are allowed, and not before', () => {
    const memory = refusedBefore('NoPermission');
    memory.judgedBy(['/dc/network/front']);
    const fault = memory.faults.get('0/r');
    expect(fault).toBeDefined();
    if (fault !== undefined) memory.faults.set('0/r', { ...fault, reason: 'NetworkNotAllowed' });
    memory.judgedBy(['/dc/network/front']);
    expect(memory.faults.size).toBe(1);
    memory.judgedBy(['/dc/network/*']);
    expect(memory.faults.size).toBe(0);
  });

  test('is tried once by a new process, which does not know by what it was judged', () => {
    const memory = refusedBefore('NetworkNotAllowed');
    memory.judgedBy(undefined);
    expect(memory.faults.size).toBe(0);
  });
});

describe('a fault of attributes', () => {
  const restored = (reason: string, moRef?: string) => {
    const at = { since: '2026-01-01T12:00:00Z', retryAt: '2026-01-01T12:15:00Z' };
    const fault = { class: 'NeedsUser', reason, message: 'no', attempts: 3, ...at } as const;
    const replica = { name: 'web-replica-a', ordinal: 0, revision: 'r', ready: false, fault, ...(moRef && { moRef }) };
    return GroupMemory.from(aGroup({}, { status: { replicas: [replica] } }), NOW).faults.get('0/r');
  };

  test.each([
    'CustomAttributeNotFound',
    'CustomAttributeAmbiguous',
    'TagNotFound',
    'TagAmbiguous',
    'TagNotAttachable',
    'TagCategorySingle',
    'RecordNotKept',
  ])('delays no other step on the machine, after a restart too: %s', (reason) => {
    expect(restored(reason, 'vm-1')?.only).toBe('WriteAttributes');
  });

  test('delays the clone of a machine that is not there yet', () => {
    expect(restored('TagNotFound')).toMatchObject({ reason: 'TagNotFound' });
    expect(restored('TagNotFound')?.only).toBeUndefined();
  });

  test('is told from other faults', () => {
    expect(restored('NoPermission', 'vm-1')?.only).toBeUndefined();
  });
});
