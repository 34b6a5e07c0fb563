/** The story of one seed: disturbances, the end of all faults, the right end, rest, and deletion. */
import { LONGEST_RETRY_MS } from '../../src/vmgroup/model/backoff';
import { withinMagnitudes } from '../fakes/vcenter';
import { playCloneScene } from './clone-scenes';
import { drawCrash, drawCrashOfDeletion } from './crash-points';
import { differencesOf } from './differences';
import { disturb } from './disturb';
import { createGroup } from './disturbances/users';
import { hangADatastore } from './hanging-datastore';
import { hangAVCenter } from './hanging-vcenter';
import { playHostGroupScene } from './host-group-scenes';
import { deleteFrozenGroups, endDisturbances, removeUncustomized, retireWithoutDisks } from './repair';
import { LONGEST_PROGRESS_DEADLINE_S, NAMES } from './spec';
import { playTenantScene } from './tenant-scenes';
import type { PACE_LIMITS } from './watchers/pace';
import type { Watcher } from './watchers/watcher';
import { ownerOf } from './watchers/watcher';
import { SimulatedWorld } from './world';

const LONGEST_MS = 6 * 3_600_000;
/** Calls of an operator at rest: one long wait per minute, and one keep-alive every five minutes. */
const AT_REST: ReadonlySet<string> = new Set(['WaitForUpdatesEx', 'CurrentTime']);

/** Each half hour the operator of a cluster asks what the account of a VCenter may do. There are two clusters at most. */
const MOST_PRIVILEGE_READS = 2;
/** When it asks again after a failure. */
const PRIVILEGES_AGAIN_MS = 300_000;

/**
 * The Leases, watches, what tells whether etcd was restored (the newest group, namespace and VCenter), and each minute the
 * account of a VCenter.
 */
const REQUESTS_AT_REST = / lease$|^WATCH |^CHECK |^GET (?:vmgroup|namespace|vcenter|account)$/;

export interface SeedResult {
  readonly seed: number;
  /** What was wrong; undefined if the seed passed. */
  readonly failure: string | undefined;
  readonly met: readonly string[];
  readonly virtualMs: number;
  /** The busiest minute. */
  readonly busiest: Readonly<Record<keyof typeof PACE_LIMITS, number>>;
}

/** Plays a seed. Never rejects. `onTrace` gets the whole story afterwards. */
export async function playSeed(
  seed: number,
  options: { readonly onTrace?: (story: readonly string[]) => void; readonly watcher?: Watcher } = {},
): Promise<SeedResult> {
  const world = new SimulatedWorld(seed, {
    tracing: options.onTrace !== undefined,
    ...(options.watcher !== undefined && { watcher: options.watcher }),
  });
  let failure: string | undefined;
  try {
    await play(world);
  } catch (error) {
    failure = error instanceof Error && error.name === 'SimulationFailure' ? error.message : describe(error);
  }
  options.onTrace?.(world.trace);
  return {
    seed,
    failure,
    met: world.tally.rows,
    virtualMs: world.clock.monotonicMs(),
    busiest: world.pace.busiest,
  };
}

async function play(world: SimulatedWorld): Promise<void> {
  createGroup(world, NAMES[0]);
  const crashes = Math.floor(12 * world.random() ** 1.5);
  for (let count = 0; count < crashes; count += 1) world.crashPlans.push(drawCrash(world.random));
  const steps = Math.floor(world.random() * 35);
  for (let step = 0; step < steps; step += 1) {
    await world.advance(withinMagnitudes({ from: 1, to: 60_000 }, world.random));
    disturb(world);
  }
  // After this time every server and process that was down is up again, and has been for a moment.
  await world.advance(world.recoveries.longestMs + 5_000);
  endDisturbances(world);
  await untilConverged(world, 'after the story');
  if (world.random() < 0.2) {
    await hangADatastore(world);
    await untilConverged(world, 'after the datastore answers again');
  }
  if (await playHostGroupScene(world)) await untilConverged(world, 'after people have edited DRS groups');
  if (await playCloneScene(world)) await untilConverged(world, 'after clones go well again');
  if (world.administrator !== undefined && world.random() < 0.5) {
    await playTenantScene(world, () => untilConverged(world, 'before the scene'));
    await untilConverged(world, 'after anything is allowed again');
  }
  if (world.sites.length > 1 && world.random() < 0.5) {
    await hangAVCenter(world);
    await untilConverged(world, 'after the vCenter answers again');
  }
  await atRest(world);
  for (const group of world.users.list()) world.users.delete(group);
  world.other?.deleteAll();
  world.say('STEP everything deleted');
  const last = Math.floor(4 * world.random());
  for (let count = 0; count < last; count += 1) world.crashPlans.push(drawCrashOfDeletion(world.random));
  await untilConverged(world, 'after the deletion');
  world.crashPlans.length = 0;
  if (world.users.list().length > 0) world.fail('groups are left');
  for (const machine of world.machines) {
    const owner = ownerOf(machine);
    if (owner?.cluster === world.clusterId && !world.orphaned.has(owner.groupUid))
      world.fail(`R7: ${machine.name} is left with our marks`);
  }
}

/** R7, R8: every story converges to the right end, without help. */
async function untilConverged(world: SimulatedWorld, when: string): Promise<'Waited' | 'AlreadySo'> {
  let differences = differencesOf(world);
  const result = differences.length > 0 ? 'Waited' : 'AlreadySo';
  for (let passedMs = 0; differences.length > 0; passedMs += 10_000) {
    if (passedMs > LONGEST_MS)
      world.fail(`${isRetryOverdue(world) ? 'R8' : 'R7'}: no end ${when}: ${differences.join('; ')}`);
    clearOrphans(world);
    deleteFrozenGroups(world);
    retireWithoutDisks(world);
    removeUncustomized(world);
    await world.advance(10_000);
    differences = differencesOf(world);
  }
  return result;
}

/** Whether a retry was due long ago, or is due after longer than the longest backoff: then the missing retry is the reason why there is no end. */
function isRetryOverdue(world: SimulatedWorld): boolean {
  return world.users
    .list()
    .flatMap(({ status }) => status?.replicas ?? [])
    .some(({ fault }) => Math.abs(Date.parse(fault?.retryAt ?? '') - world.clock.wallMs()) > 3_600_000);
}

/** People destroy machines that they orphaned before, because a new group of the same name waits while these exist. */
function clearOrphans(world: SimulatedWorld): void {
  const uids = new Set(world.users.list().map(({ metadata }) => metadata.uid));
  for (const { machines, hand } of world.vcenters)
    for (const machine of machines) {
      const uid = ownerOf(machine)?.groupUid;
      if (uid !== undefined && world.orphaned.has(uid) && !uids.has(uid) && machine.busy === undefined)
        hand.destroy(machine.ref);
    }
}

/** A little longer than the pause before everything is read again. */
const UNTOLD_MS = 30 * 60_000;

/** R4: at rest there are no calls and no writes. */
async function atRest(world: SimulatedWorld): Promise<void> {
  // The status of a group that waits for a person changes once more, at its progress deadline.
  const isWaiting = world.users.list().some(({ status }) => status?.phase !== 'RUNNING');
  const pausesMs = [120_000];
  if (isWaiting) pausesMs.push(1_000 * LONGEST_PROGRESS_DEADLINE_S + 120_000);
  // Until everything is read again, what vCenter does not tell is looked for now and then.
  if (world.vcenter.quirks.sightRegained === 'Untold') pausesMs.push(UNTOLD_MS);
  if (isTriedAgain(world)) pausesMs.push(LONGEST_RETRY_MS + 120_000);
  if (!arePrivilegesKnown(world)) pausesMs.push(PRIVILEGES_AGAIN_MS + 120_000);
  const quietMs = Math.max(...pausesMs);
  // As the nodes of a cluster do with their Leases: lists are in doubt after a restore until their version goes on.
  if (Number.isFinite(world.restoredAtMs)) world.kubernetes.objects.writeElsewhere(1);
  // What was lost before the faults ended may cost a process its Lease later, or the answer about an account's privileges.
  // Then another process must take over first, or the question must be asked again.
  do await world.advance(quietMs);
  while (
    world.isProcessMissing ||
    !arePrivilegesKnown(world) ||
    (await untilConverged(world, 'before the rest')) === 'Waited'
  );
  const calls = world.vcenters.map((vcenter) => vcenter.calls.length);
  const requests = world.requests.length;
  await world.advance(600_000);
  const all = world.vcenters
    .flatMap((vcenter, index) => vcenter.calls.slice(calls[index]))
    .filter(({ method }) => !AT_REST.has(method));
  const others = all.filter(({ method }) => method !== 'FetchUserPrivilegeOnEntities');
  const made = all.length - others.length > MOST_PRIVILEGE_READS * world.vcenters.length ? all : others;
  if (made.length > 0)
    world.fail(`R4: calls at rest: ${made.map(({ method, operationId }) => `${method} ${operationId}`)}`);
  const written = world.requests.slice(requests).filter((name) => !REQUESTS_AT_REST.test(name));
  if (written.length > 0) world.fail(`R4: requests at rest: ${written}`);
}

/** DRS rules are best effort: that they could not be written is told, and makes no difference to the phase. */
function isTriedAgain({ users }: SimulatedWorld): boolean {
  return users.list().some(({ status }) => status?.conditions?.some(({ message }) => message?.includes('retry at')));
}

/** A question that a fault has met is asked again, and its answer is written. */
function arePrivilegesKnown({ administrator }: SimulatedWorld): boolean {
  const vcenters = administrator?.names.map((name) => administrator.vcenter(name)) ?? [];
  const conditions = vcenters.flatMap((vcenter) => vcenter?.status?.conditions ?? []);
  return conditions.every(({ type, status }) => type !== 'PrivilegesSufficient' || status === 'True');
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message}` : String(error);
}
