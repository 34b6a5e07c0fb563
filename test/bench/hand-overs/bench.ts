/**
 * `npm run bench -- hand-overs`: R6 on real parts. Three operators lead four vCenters, whose groups are scaled all the time.
 * Again and again one of them is killed, stopped, or loses its API server. The traces of the vCenters tell whether a process
 * changed something after another one had begun to. BENCH_HAND_OVERS is their number (default 200).
 */
import { X509Certificate } from 'node:crypto';
import { sleep, systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { proxyCertificate } from '../../envtest/proxies/http-proxy';
import { openVCenterWindow } from '../../envtest/real-parts';
import { LeaseWatch } from '../vcenters/lease-watch';
import { tell } from '../vcenters/promise';
import { World } from '../vcenters/world';
import { DISRUPTIONS, disrupt } from './disruption';
import { judge, type Mutation, type Term, type Verdict } from './judge';
import { type Rival, startRival } from './rival';
import { keepScaling } from './unrest';

const SITES = ['one', 'two', 'three', 'four'];
const GROUPS = ['left', 'right'];
const RIVALS = 3;
const LAST_REPLICAS = 3;
/** Short, so that a hand-over takes seconds. Between the renew deadline and the duration nobody may change anything. */
const LEASE_MS = 3_000;
const TIMINGS = ['--leader-elect-renew-deadline=2s', '--leader-elect-retry-period=500ms'];
const FLAGS = ['--leader-elect', `--leader-elect-lease-duration=${LEASE_MS / 1000}s`, ...TIMINGS];
/** Clones take a moment, so that some are under way whenever a process ends. */
const DELAYS_MS = { CloneVm: 300, PowerOn: 100, PowerOff: 100 };
const WITHIN_MS = 60_000;
const LOOK_MS = 20;
const LEASE = 'codeconnect-vm-operator.';
const forever = new AbortController().signal;

export async function benchHandOvers(): Promise<void> {
  const wanted = Number(process.env.BENCH_HAND_OVERS ?? 200);
  const seed = Number(process.env.BENCH_SEED ?? 1);
  const random = seededRandom(seed);
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const certificate = proxyCertificate();
  const pin = new X509Certificate(certificate.cert).fingerprint256;
  const hostOf = (site: string) => `${site}.example.com`;
  const world = await World.start(binaries);
  const leases = new LeaseWatch(world.server, world.namespace);
  const mutations: Mutation[] = [];
  const names = new Map<string, string>();
  const rivals: Rival[] = [];
  const calm = new AbortController();
  let started = 0;
  const addRival = async () => {
    const name = `process-${++started}`;
    const onMutation = (mutation: Mutation) => mutations.push(mutation);
    const rival = await startRival({ world, name, flags: FLAGS, certificate, hostOf, onMutation });
    names.set(rival.identity, name);
    rivals.push(rival);
  };
  /** Also those that have lost a Lease by themselves, because the machine is busy. */
  const replaceEnded = async () => {
    for (const rival of rivals.filter(({ isOver }) => isOver())) {
      rivals.splice(rivals.indexOf(rival), 1);
      await rival.close();
      await addRival();
    }
  };
  const verdict = () => judge(mutations, termsOf(leases, names));
  /** Each vCenter is led by a living process, which has changed something since it took the Lease. */
  const allWork = (besides?: Rival) => async () =>
    SITES.every((vcenter) => {
      const holder = leases.holderOf(`${LEASE}${vcenter}`);
      const rival = rivals.find(({ identity }) => identity === holder);
      if (rival === undefined || rival === besides || rival.isOver()) return false;
      const term = leases.holdings.findLast(({ lease }) => lease === `${LEASE}${vcenter}`);
      const last = mutations.findLast((mutation) => mutation.vcenter === vcenter);
      return last?.process === names.get(holder) && last !== undefined && last.atMs >= (term?.acquiredMs ?? 0);
    });
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const endMs = systemClock.monotonicMs() + WITHIN_MS;
    while (!(await holds())) {
      await replaceEnded();
      if (systemClock.monotonicMs() > endMs) throw new Error(`not within ${WITHIN_MS / 1000} s: ${what}`);
      await sleep(systemClock, LOOK_MS, forever);
    }
  };
  try {
    for (const site of SITES)
      await world.addSite(site, DELAYS_MS, async () => ({
        endpoint: { host: hostOf(site), port: 443 },
        tls: { sha256Fingerprints: [pin] },
      }));
    for (let index = 0; index < RIVALS; index += 1) await addRival();
    await world.untilConnected();
    for (const site of SITES) for (const group of GROUPS) await world.addGroup(site, group, LAST_REPLICAS);
    const scaling = keepScaling(world, GROUPS, random, calm.signal);
    const counts = new Map<string, number>();
    for (let round = 0; verdict().handOvers < wanted; round += 1) {
      await until('each vCenter is led and changed', allWork());
      const leading = rivals.filter(({ identity }) => SITES.some((site) => leases.holderOf(LEASE + site) === identity));
      const victim = leading[Math.floor(random() * leading.length)];
      const disruption = DISRUPTIONS[round % DISRUPTIONS.length];
      if (victim === undefined || disruption === undefined) throw new Error('nobody leads');
      const before = verdict().handOvers;
      const succeeded = () => until('others change what it led', allWork(victim));
      await disrupt(disruption, victim, succeeded, LEASE_MS, random);
      await until('each vCenter is led and changed again', allWork());
      const after = verdict();
      counts.set(disruption, (counts.get(disruption) ?? 0) + after.handOvers - before);
      process.stderr.write(`${disruption}: ${after.handOvers} hand-overs, ${after.offences.length} offences\n`);
    }
    calm.abort();
    await scaling;
    await tellVerdict(world, verdict(), mutations.length, counts, seed);
  } finally {
    calm.abort();
    leases.stop();
    await world.stop();
    for (const rival of rivals) await rival.close();
  }
}

function termsOf(leases: LeaseWatch, names: ReadonlyMap<string, string>): readonly Term[] {
  return leases.holdings
    .filter(({ lease, holder }) => lease.startsWith(LEASE) && holder !== '')
    .map(({ lease, holder, acquiredMs }) => ({
      vcenter: lease.slice(LEASE.length),
      process: names.get(holder) ?? holder,
      acquiredMs,
    }));
}

async function tellVerdict(
  world: World,
  { offences, handOvers }: Verdict,
  changes: number,
  counts: ReadonlyMap<string, number>,
  seed: number,
): Promise<void> {
  const told = [...counts].map(([disruption, count]) => `${disruption} ${count}`).join(', ');
  process.stdout.write(`${handOvers} hand-overs (${told}; seed ${seed}) with ${changes} changes in vCenter\n`);
  for (const { kind, mutation } of offences) process.stdout.write(`  ${kind}: ${JSON.stringify(mutation)}\n`);
  const two = offences.filter(({ kind }) => kind !== 'AfterHandOver').length;
  const kept = [
    tell({ what: 'changes by two writers', value: two, unit: '', atMost: 0 }),
    tell({ what: 'changes after a hand-over', value: offences.length - two, unit: '', atMost: 0 }),
    tell({ what: 'machines too many, too few or twice', value: await wrongMachines(world), unit: '', atMost: 0 }),
  ];
  if (kept.includes(false)) process.exitCode = 1;
}

/** R2, R7: after all of that there is each machine once. */
async function wrongMachines(world: World): Promise<number> {
  for (const site of SITES) for (const group of GROUPS) await world.scale(site, group, LAST_REPLICAS);
  await world.groups.untilRunning(SITES, GROUPS, LAST_REPLICAS, WITHIN_MS);
  let wrong = 0;
  for (const { vcsim } of world.sites) {
    const window = await openVCenterWindow(vcsim, forever);
    const machines = (await window.machines(forever)).filter(({ group }) => group !== undefined);
    wrong += Math.abs(machines.length - GROUPS.length * LAST_REPLICAS);
    wrong += machines.length - new Set(machines.map(({ instanceUuid }) => instanceUuid)).size;
    await window.close(forever);
  }
  return wrong;
}
