/** What breaks while the groups change. Each ends by itself, so that all is whole when the next one comes. */
import { sleep, systemClock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import { LEASE_MS, type Seat, type SoakWorld } from './soak-world';

interface Trouble {
  readonly name: string;
  readonly endsProcess?: true;
  readonly happen: (world: SoakWorld, seat: Seat) => Promise<void>;
}

/** Which processes may be ended: the first one is left to itself after a while, for only a long life has a slope that means something. */
export type Endable = 'all' | 'all but the first' | 'none';

export async function breakSomething(world: SoakWorld, random: Random, endable: Endable): Promise<string> {
  const possible = TROUBLES.filter(({ endsProcess }) => endable !== 'none' || endsProcess === undefined);
  const all = world.clockJumps ? possible : possible.filter(({ name }) => name !== 'clock jump');
  const trouble = all[Math.floor(random() * all.length)];
  const mayEnd = endable !== 'all' && trouble?.endsProcess === true ? world.seats.slice(1) : world.seats;
  const seat = mayEnd[Math.floor(random() * mayEnd.length)];
  if (trouble === undefined || seat === undefined) return '';
  await trouble.happen(world, seat);
  return trouble.name;
}

/** A process may have ended by itself, as one does that could not renew its Lease. */
export async function refill(world: SoakWorld): Promise<void> {
  for (const seat of world.seats) {
    const ended = seat.process === undefined || (await Promise.race([seat.process.ended, false])) !== false;
    if (ended) await world.fill(seat);
  }
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'kill -9',
    endsProcess: true,
    happen: async (_, seat) => {
      await seat.process?.kill();
      seat.process = undefined;
    },
  },
  {
    name: 'SIGTERM',
    endsProcess: true,
    happen: async (_, seat) => {
      await seat.process?.stop();
      seat.process = undefined;
    },
  },
  {
    name: 'a process that stands still',
    endsProcess: true,
    happen: async (world, seat) => {
      const processId = seat.process?.processId;
      if (processId === undefined) return;
      process.kill(processId, 'SIGSTOP');
      try {
        await sleep(systemClock, 2 * LEASE_MS, world.signal);
      } finally {
        process.kill(processId, 'SIGCONT');
      }
    },
  },
  { name: 'clock jump', happen: clockJump },
  {
    name: 'restart of the API server',
    happen: ({ apiServer, alone, signal }) =>
      alone(async () => {
        await apiServer.kill();
        await sleep(systemClock, 2_000, signal);
        await apiServer.start();
      }),
  },
  { name: 'broken connections', happen: async ({ proxy }) => proxy.breakConnections() },
  { name: 'ended sessions', happen: (world) => during(world, { every: 20, failure: { kind: 'ExpireSession' } }) },
  { name: 'lost answers', happen: (world) => during(world, { chance: 0.1, failure: { kind: 'ResetAfter' } }) },
  { name: 'lost requests', happen: (world) => during(world, { chance: 0.1, failure: { kind: 'ResetBefore' } }) },
  { name: 'cut answers', happen: (world) => during(world, { chance: 0.1, failure: { kind: 'Truncate' } }) },
  { name: 'a slow vCenter', happen: (world) => during(world, { failure: { kind: 'Latency', ms: 400 } }) },
  {
    name: 'a vCenter that starts',
    happen: (world) => during(world, { failure: { kind: 'Status', status: 503, html: '<html>starting</html>' } }),
  },
];

const LASTS_MS = 10_000;

async function during({ proxy, signal }: SoakWorld, rule: Parameters<SoakWorld['proxy']['add']>[0]): Promise<void> {
  const end = proxy.add(rule);
  try {
    await sleep(systemClock, LASTS_MS, signal);
  } finally {
    end();
  }
}

/** By some minutes, as NTP or the resume of a virtual machine does it; and back. */
async function clockJump(world: SoakWorld, seat: Seat): Promise<void> {
  await world.jump(seat, seat.name === 'left' ? 300 : -300);
  await sleep(systemClock, LASTS_MS, world.signal);
  await world.jump(seat, 0);
}
