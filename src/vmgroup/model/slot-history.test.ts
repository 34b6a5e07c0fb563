import { expect, test } from 'vitest';
import { SlotHistory } from './slot-history';

test('R2: a slot had a machine also after the group was scaled down: a person may have kept that machine', () => {
  const history = new SlotHistory();
  history.sawMachine('0/a');
  history.keepSlots(new Set(['1/a']));
  expect(history.hadMachine).toContain('0/a');
});

test('the slots of endless rolling updates do not fill the memory: the oldest are forgotten', () => {
  const history = new SlotHistory();
  for (let revision = 0; revision < 10_000; revision += 1) history.sawMachine(`0/${revision}`);
  expect(history.hadMachine.size).toBe(4_000);
  expect(history.hadMachine).toContain('0/9999');
});
