/**
 * The reconciler on models of both servers, under virtual time: crashes, lost replies, hand edits and all else that
 * disturb.ts lists. One seed decides everything. VM_OPERATOR_SEED=n plays one seed and tells its whole story;
 * VM_OPERATOR_SEEDS=n plays n of them.
 */
import { describe, expect, test } from 'vitest';
import { groupFolderName, revisionOf } from '../../src/api/identity';
import { groupKey, type VmGroup } from '../../src/api/vm-group';
import { aSpec, disturb, endDisturbances, NAMESPACE } from '../model/operator/disturb';
import { OperatorWorld } from '../model/operator/operator-world';
import { ownerOf } from '../model/operator/watchers';
import { LANDMARK, withinMagnitudes } from '../model/vcenter';

const SEEDS = Number(process.env.VM_OPERATOR_SEEDS ?? 200);
const CHUNK = 25;
const LONGEST_MS = 6 * 3_600_000;
/** A settled operator does these by itself: one long wait a minute, one sign of life every five. */
const AT_REST: ReadonlySet<string> = new Set(['WaitForUpdatesEx', 'CurrentTime']);

async function play(seed: number): Promise<void> {
  const world = new OperatorWorld(seed);
  world.groups.create(NAMESPACE, 'web', aSpec(world));
  const steps = Math.floor(world.random() * 25);
  for (let step = 0; step < steps; step += 1) {
    await world.advance(withinMagnitudes({ from: 1, to: 60_000 }, world.random));
    disturb(world);
  }
  // Whatever was begun to come back, such as vCenter or the operator itself, is back after this.
  await world.advance(301_000);
  endDisturbances(world);
  await untilConverged(world, 'after the story');
  await atRest(world);
  for (const group of world.groups.list()) world.groups.delete(groupKey(group));
  world.say('STEP everything deleted');
  await untilConverged(world, 'after the deletion');
  if (world.groups.list().length > 0) world.fail('groups are left');
  for (const machine of world.vcenter.machines)
    if (ownerOf(machine) !== undefined) world.fail(`${machine.name} is left with our marks`);
}

async function untilConverged(world: OperatorWorld, when: string): Promise<void> {
  let objections = objectionsOf(world);
  for (let passedMs = 0; objections.length > 0; passedMs += 10_000) {
    if (passedMs > LONGEST_MS) world.fail(`no end ${when}: ${objections.join('; ')}`);
    await world.advance(10_000);
    objections = objectionsOf(world);
  }
}

/** What still differs from what the specs ask for. */
function objectionsOf(world: OperatorWorld): readonly string[] {
  const objections: string[] = [];
  if (world.process.connection.status.kind !== 'Ready') objections.push('vCenter is not connected');
  const uids = new Set<string>();
  for (const group of world.groups.list()) {
    const { name, uid, generation, deletionTimestamp } = group.metadata;
    uids.add(uid);
    if (deletionTimestamp !== undefined) {
      objections.push(`${name} is being deleted`);
      continue;
    }
    const mine = world.vcenter.machines.filter((machine) => ownerOf(machine)?.groupUid === uid);
    const { replicas, powerState } = group.spec;
    if (mine.length !== replicas) objections.push(`${name} has ${mine.length} machines of ${replicas}`);
    for (const machine of mine) {
      if (ownerOf(machine)?.slot.revision !== revisionOf(group.spec)) objections.push(`${machine.name} is outdated`);
      if ((machine.powerState === 'poweredOn') !== (powerState === 'PoweredOn'))
        objections.push(`${machine.name} is ${machine.powerState}`);
    }
    if (new Set(mine.map((machine) => ownerOf(machine)?.slot.ordinal)).size !== mine.length)
      objections.push(`${name} has an ordinal twice`);
    if (group.status?.observedGeneration !== generation) objections.push(`the status of ${name} is old`);
    if (powerState === 'PoweredOn' && group.status?.phase !== 'RUNNING' && !waitsForPowerOff(group))
      objections.push(`${name} is ${group.status?.phase} (${group.status?.lastMessage}) ${falseConditions(group)}`);
  }
  for (const machine of world.vcenter.machines) {
    const owner = ownerOf(machine);
    if (owner !== undefined && !uids.has(owner.groupUid))
      objections.push(`${machine.name} belongs to a group that is gone`);
  }
  for (const place of world.vcenter.truth.places.values()) {
    const group = world.groups.list().find(({ metadata }) => groupFolderName(NAMESPACE, metadata.name) === place.name);
    const isEmpty = world.vcenter.truth.children(place.ref).length === 0;
    const isGroupFolder = place.parent.value === LANDMARK.operatorFolder.value && place.ref.type === 'Folder';
    if (isGroupFolder && group === undefined && isEmpty && !world.foldersKept.has(place.name))
      objections.push(`the empty folder ${place.name} is left`);
  }
  return objections;
}

/** A running machine keeps its size until somebody switches it off; that is said, and is an end too. */
function waitsForPowerOff({ status }: VmGroup): boolean {
  return status?.conditions?.some(({ reason }) => reason === 'PowerOffRequired') ?? false;
}

function falseConditions({ status }: VmGroup): string {
  const conditions = status?.conditions?.filter(
    ({ type, status: value }) => ['Stalled', 'Paused', 'Deleting'].includes(type) === (value === 'True'),
  );
  return (conditions ?? []).map(({ type, reason, message }) => `${type}/${reason}: ${message}`).join(', ');
}

/** R4: nothing to do, nothing done. */
async function atRest(world: OperatorWorld): Promise<void> {
  await world.advance(120_000);
  const calls = world.vcenter.calls.length;
  const { writes } = world.groups;
  await world.advance(600_000);
  const made = world.vcenter.calls.slice(calls).filter(({ method }) => !AT_REST.has(method));
  if (made.length > 0)
    world.fail(`R4: calls at rest: ${made.map(({ method, operationId }) => `${method} ${operationId}`)}`);
  if (world.groups.writes > writes) world.fail(`R4: ${world.groups.writes - writes} writes at rest`);
}

describe('the operator on models of both servers', () => {
  const one = process.env.VM_OPERATOR_SEED;
  if (one !== undefined) {
    test(`seed ${one}`, () => play(Number(one)), 60_000);
    return;
  }
  for (let first = 1; first <= SEEDS; first += CHUNK) {
    const last = Math.min(SEEDS, first + CHUNK - 1);
    test(`ends with exactly the right machines and rests, whatever happens: seeds ${first} to ${last}`, async () => {
      const failures = new Map<number, unknown>();
      for (let seed = first; seed <= last; seed += 1) await play(seed).catch((error) => failures.set(seed, error));
      const [failure] = failures;
      if (failure === undefined) return;
      const [, error] = failure;
      const summary = [...failures].map(([seed, why]) => String(why).split('\n')[0] ?? String(seed)).join('\n');
      expect.fail(`${failures.size} seeds failed:\n${summary}\n\n${String(error)}`);
    }, 300_000);
  }
});
