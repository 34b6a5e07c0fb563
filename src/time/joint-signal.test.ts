import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { jointSignal } from './joint-signal';

const listenersOf = (...controllers: readonly AbortController[]) =>
  controllers.map(({ signal }) => getEventListeners(signal, 'abort').length);

test('it ends with the first of the others, and with its reason', () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const { signal } = jointSignal(one.signal, two.signal);
  expect(signal.aborted).toBe(false);
  two.abort(new Error('two'));
  one.abort(new Error('one'));
  expect(signal.reason).toEqual(new Error('two'));
});

test('it has ended at once if one of the others has', () => {
  const [one, two] = [new AbortController(), new AbortController()];
  two.abort(new Error('two'));
  expect(jointSignal(one.signal, two.signal).signal.reason).toEqual(new Error('two'));
  expect(listenersOf(one, two)).toEqual([0, 0]);
});

test('it leaves no listener behind when it ends, nor when nobody waits for it any more', () => {
  const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
  jointSignal(one.signal, two.signal);
  const { signal, done } = jointSignal(one.signal, three.signal);
  expect(listenersOf(one, two, three)).toEqual([2, 1, 1]);
  two.abort();
  expect(listenersOf(one, two, three)).toEqual([1, 0, 1]);
  done();
  expect(listenersOf(one, two, three)).toEqual([0, 0, 0]);
  one.abort();
  expect(signal.aborted).toBe(false);
});
