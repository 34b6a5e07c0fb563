import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { WorkQueue } from './work-queue';

const never = new AbortController().signal;

test('a work queue of any history: never twice at once, nothing lost, nothing invented', async () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), key, ms: fc.constant(0) }),
    fc.record({
      kind: fc.constantFrom('addAfter' as const, 'addNews' as const),
      key,
      ms: fc.integer({ min: 0, max: 50 }),
    }),
    fc.record({ kind: fc.constant('get' as const), key, ms: fc.constant(0) }),
    fc.record({ kind: fc.constant('abortedGet' as const), key, ms: fc.constant(0) }),
    fc.record({ kind: fc.constant('done' as const), key, ms: fc.constant(0) }),
    fc.record({ kind: fc.constant('wait' as const), key, ms: fc.integer({ min: 1, max: 60 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = new VirtualClock();
      const queue = new WorkQueue({ clock, name: 'test' });
      const working = new Set<string>();
      /** The model: keys that must come out once more, and the earliest moment of each delayed one. */
      const owed = new Set<string>();
      const later = new Map<string, number>();
      const passTo = (nowMs: number) => {
        for (const [delayed, dueMs] of later)
          if (dueMs <= nowMs) {
            owed.add(delayed);
            later.delete(delayed);
          }
      };
      for (const step of steps) {
        if (step.kind === 'add') {
          queue.add(step.key);
          owed.add(step.key);
        } else if (step.kind === 'addAfter' || step.kind === 'addNews') {
          queue[step.kind](step.key, step.ms);
          const dueMs = clock.monotonicMs() + step.ms;
          if (step.ms === 0) owed.add(step.key);
          else later.set(step.key, Math.min(dueMs, later.get(step.key) ?? dueMs));
        } else if (step.kind === 'done') {
          queue.done(step.key);
          working.delete(step.key);
        } else if (step.kind === 'wait') {
          await clock.advance(step.ms);
          passTo(clock.monotonicMs());
        } else if (step.kind === 'abortedGet' && queue.length === 0) {
          const leaving = new AbortController();
          const waiting = queue.get(leaving.signal);
          leaving.abort(new Error('left'));
          await expect(waiting).rejects.toThrow('left');
        } else if (queue.length > 0) {
          const taken = await queue.get(never);
          expect(working.has(taken)).toBe(false);
          expect(owed.delete(taken)).toBe(true);
          later.delete(taken);
          working.add(taken);
        }
        expect(queue.length).toBe([...owed].filter((one) => !working.has(one)).length);
      }
      for (const one of working) queue.done(one);
      working.clear();
      await clock.advance(100);
      passTo(clock.monotonicMs());
      expect(queue.length).toBe(owed.size);
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 300 },
  );
});
