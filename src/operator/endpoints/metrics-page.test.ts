import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { sleep } from '../../time/clock';
import { metricsRoutes } from './metrics-page';

const never = new AbortController().signal;

/** A page that takes 10 ms to write, and says how often it was written. */
function aPage() {
  const clock = new VirtualClock();
  const state = { written: 0, fails: false };
  const write = async () => {
    state.written += 1;
    await sleep(clock, 10, never);
    if (state.fails) throw new Error('no page');
    return { contentType: 'text/plain', body: String(state.written) };
  };
  const route = metricsRoutes(write, clock)['/metrics'];
  const read = async () => (await route?.(new URLSearchParams()))?.body;
  return { clock, state, read };
}

test('all who ask while the page is written get that page', async () => {
  const { clock, read } = aPage();
  const pages = Promise.all([read(), read(), read()]);
  await clock.advance(10);
  expect(await pages).toEqual(['1', '1', '1']);
});

test('the page is written anew after nine times as long as it took to write it', async () => {
  const { clock, state, read } = aPage();
  void read();
  await clock.advance(10 + 89);
  expect(await read()).toBe('1');
  await clock.advance(1);
  void read();
  await clock.advance(10);
  expect(state.written).toBe(2);
});

test('a page that could not be written is tried again at once', async () => {
  const { clock, state, read } = aPage();
  state.fails = true;
  const failed = read().catch((error: Error) => error.message);
  await clock.advance(10);
  expect(await failed).toBe('no page');
  state.fails = false;
  const next = read();
  await clock.advance(10);
  expect(await next).toBe('2');
});
