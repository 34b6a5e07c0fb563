import { expect, test } from 'vitest';
import { setCondition } from './set-condition';

const previous = [
  { type: 'Ready', status: 'False', reason: 'Cloning', message: '1 of 3', lastTransitionTime: '2026-01-01T00:00:00Z' },
] as const;

test('lastTransitionTime stays while the status stays, whatever else changes', () => {
  const next = {
    type: 'Ready',
    status: 'False',
    reason: 'PoweringOn',
    message: '2 of 3',
    observedGeneration: 2,
  } as const;
  expect(setCondition(previous, next, '2026-01-02T00:00:00Z')).toEqual({
    ...next,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
});

test.each([
  ['when the status flips', 'Ready', 'True'],
  ['for a new condition', 'Stalled', 'False'],
] as const)('lastTransitionTime is now %s', (_, type, status) => {
  const next = { type, status, reason: 'AllReady', message: '' };
  expect(setCondition(previous, next, '2026-01-02T00:00:00Z').lastTransitionTime).toBe('2026-01-02T00:00:00Z');
});
