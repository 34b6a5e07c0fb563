import { expect, test } from 'vitest';
import { settle } from '../../test/support/time/virtual-clock';
import { RequestGate } from './request-gate';

const never = new AbortController().signal;

test('lets in as many as its limit at once, and the others in order as requests leave', async () => {
  const gate = new RequestGate(2);
  const inside: string[] = [];
  const leaves = new Map<string, () => void>();
  for (const name of ['a', 'b', 'c', 'd'])
    void gate.enter(never).then((leave) => {
      inside.push(name);
      leaves.set(name, leave);
    });
  await settle();
  expect([inside, gate.waiting]).toEqual([['a', 'b'], 2]);
  leaves.get('b')?.();
  leaves.get('b')?.();
  await settle();
  expect([inside, gate.waiting]).toEqual([['a', 'b', 'c'], 1]);
});

test('a request that gives up while waiting does not count as inside', async () => {
  const gate = new RequestGate(1);
  const leave = await gate.enter(never);
  const leaving = new AbortController();
  const given = gate.enter(leaving.signal);
  leaving.abort(new Error('too long'));
  await expect(given).rejects.toThrow('too long');
  leave();
  await gate.enter(never);
  await expect(gate.enter(AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
});
