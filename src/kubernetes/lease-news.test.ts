/** What elections gain from news of the Lease. That news never lets two act at once is in leader-election.test.ts. */
import { expect, test } from 'vitest';
import { ModelLeases, ModelProcess } from '../../test/support/lease-world';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { historyOf } from './server-history';

const LOOK_MS = 50;

/** Three processes, one of which leads. */
async function aLedWorld(seed: number, hearsWithinMs: number) {
  const clock = new VirtualClock();
  const leases = new ModelLeases();
  const spawn = (identity: string, born: number) => {
    const process = new ModelProcess({ identity, leases, clock, seed: seed * 100 + born, hearsWithinMs });
    void process.run();
    return process;
  };
  const processes = ['a', 'b', 'c'].map(spawn);
  const leader = () => processes.find(({ mutates }) => mutates);
  /** Milliseconds until somebody may act. */
  const untilLed = async () => {
    let waitedMs = 0;
    for (; leader() === undefined && waitedMs < 60_000; waitedMs += LOOK_MS) await clock.advance(LOOK_MS);
    return waitedMs;
  };
  await untilLed();
  return { clock, processes, spawn, leader, untilLed };
}

test('R7: who hears of the Lease leads at the latest its duration and a tenth of a retry after a crash', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { clock, leader, untilLed } = await aLedWorld(seed, 20);
    await clock.advance(seed * 777);
    leader()?.kill();
    const tookMs = await untilLed();
    expect(tookMs).toBeGreaterThan(15_000 - 2_000 - 100);
    expect(tookMs).toBeLessThanOrEqual(15_000 + 200 + 4 * 50);
  }
});

test('who hears of a release leads at once, although it was reading the Lease in that moment', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { clock, leader, untilLed } = await aLedWorld(seed, 20);
    await clock.advance(5_000 + seed * 100);
    const left = leader()?.leave();
    // The two requests of the release, the news, and a try that meets it with another one after it.
    expect(await untilLed()).toBeLessThanOrEqual(600);
    await left;
  }
});

test.each([0, 20, 300])(
  'R13: news that is %i ms late, and overtakes answers or is overtaken, is no sign that the server went back in time',
  async (hearsWithinMs) => {
    const { clock, processes, spawn } = await aLedWorld(1, hearsWithinMs);
    let wentBack = 0;
    for (const process of [...processes, spawn('late', 4)]) {
      process.longestDelayMs = 1_000;
      historyOf(process).onWentBack(() => {
        wentBack += 1;
      });
    }
    await clock.advance(120_000);
    expect(wentBack).toBe(0);
  },
);
