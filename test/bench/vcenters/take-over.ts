/** How long a vCenter has no leader after one of three replicas of the operator was killed, or was asked to end. */

import { LEASE_TIMINGS } from '../../../src/kubernetes/lease-timings';
import { deadline, sleep, systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';
import { LeaseWatch } from './lease-watch';
import { identityOf } from './process-identity';
import { median, tell } from './promise';
import type { World } from './world';

const REPLICAS = 3;
const ROUNDS = 6;
const WITHIN_MS = 60_000;
/** A moment of the lives of the Leases that differs in each round: renewals are 2 s apart. */
const APART_MS = 5_370;
const FLAGS = ['--leader-elect'];
const forever = new AbortController().signal;

interface Replica {
  readonly operator: OperatorProcess;
  /** In its Leases. */
  readonly identity: string;
}

/** Returns whether all promises are kept. No operator may run. */
export async function measureTakeOver(world: World): Promise<boolean> {
  const leases = new LeaseWatch(world.server, world.namespace);
  const replicas: Replica[] = [];
  const addReplica = async () => {
    const operator = await world.operator({ flags: FLAGS });
    replicas.push({ operator, identity: await identityOf(operator) });
  };
  for (let index = 0; index < REPLICAS; index += 1) await addReplica();
  const ofSites = world.sites.map(({ name }) => `codeconnect-vm-operator.${name}`);
  const all = [...ofSites, 'codeconnect-vm-operator'];
  const allLed = () =>
    world.until('each Lease has a holder', async () => {
      const living = replicas.map(({ identity }) => identity);
      return all.every((lease) => living.includes(leases.holderOf(lease)));
    });
  const rounds = async (signal: NodeJS.Signals): Promise<number[]> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await allLed();
      await sleep(systemClock, APART_MS, forever);
      const held = ({ identity }: Replica) => leases.heldBy(identity).length;
      // The one that holds most.
      const [victim] = replicas.toSorted((a, b) => held(b) - held(a));
      if (victim === undefined) throw new Error('no replicas');
      replicas.splice(replicas.indexOf(victim), 1);
      const { operator, identity } = victim;
      const taken = await timesUntilLed(leases, identity, () => process.kill(operator.processId, signal));
      times.push(...taken);
      process.stderr.write(`led again after ${taken.map(Math.round).join(', ')} ms\n`);
      await operator.ended;
      await addReplica();
    }
    return times;
  };
  const killed = await rounds('SIGKILL');
  const asked = await rounds('SIGTERM');
  leases.stop();
  for (const { operator } of replicas) await operator.stop();
  const { leaseDurationMs } = LEASE_TIMINGS;
  const s = (ms: number) => ms / 1000;
  const lease = `the lease lasts ${s(leaseDurationMs)} s`;
  tell({
    what: `led again after kill -9 (${killed.length} Leases, ${lease}), median`,
    value: s(median(killed)),
    unit: 's',
  });
  const [slowestKilled, slowestAsked] = [Math.max(...killed), Math.max(...asked)];
  tell({ what: `led again after SIGTERM (${asked.length} Leases), median`, value: s(median(asked)), unit: 's' });
  const kept = [
    tell({
      what: 'led again after kill -9, slowest',
      value: s(slowestKilled),
      unit: 's',
      atMost: s(leaseDurationMs) + 2,
    }),
    tell({ what: 'led again after SIGTERM, slowest', value: s(slowestAsked), unit: 's', atMost: 1 }),
  ];
  return kept.every((one) => one);
}

/** Milliseconds from the end of a process until each of its Leases has another holder. */
async function timesUntilLed(leases: LeaseWatch, identity: string, end: () => unknown): Promise<readonly number[]> {
  const missing = new Set(leases.heldBy(identity));
  const times: number[] = [];
  const done = Promise.withResolvers<void>();
  const late = () => new Error(`not led again within ${WITHIN_MS / 1000} s: ${[...missing].join(', ')}`);
  const limit = deadline(systemClock, WITHIN_MS, forever, late);
  limit.signal.addEventListener('abort', () => done.reject(limit.signal.reason));
  const fromMs = systemClock.monotonicMs();
  const remove = leases.onChange(({ lease, holder, seenMs }) => {
    if (holder === '' || holder === identity || !missing.delete(lease)) return;
    times.push(seenMs - fromMs);
    if (missing.size === 0) done.resolve();
  });
  try {
    end();
    await done.promise;
    return times;
  } finally {
    remove();
    limit.done();
  }
}
