/** R15: what limits and allow-lists must withstand. Once a story has calmed down, one of these happens on one of its vCenters. */
import type { ApiRequest } from '../../src/kubernetes';
import { oneOf } from '../fakes/vcenter';
import type { ModelTask } from '../fakes/vcenter/objects';
import { createGroup } from './disturbances/users';
import type { Site } from './site';
import { NAMES } from './spec';
import { ANYTHING } from './tenant-rules';
import type { VCenterAdministrator } from './vcenter-administrator';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

/** After so long every process has heard of a change, and has sent what it decided before. */
const KNOWN_MS = 20_000;
const PLAYED_MS = 60_000;
/** Until another process runs and leads. */
const LONGEST_RESTART_MS = 200_000;

interface Stage {
  readonly world: SimulatedWorld;
  readonly administrator: VCenterAdministrator;
  readonly site: Site;
}

interface Scene {
  readonly name: string;
  /** False if it was not possible. */
  readonly play: (stage: Stage) => Promise<boolean>;
}

const SCENES: readonly [Scene, ...Scene[]] = [
  { name: 'groups want the last room at once', play: (stage) => wantLastRoom(stage, false) },
  { name: 'groups want the last room across a restart', play: (stage) => wantLastRoom(stage, true) },
  { name: 'machine out of sight while others wait for room', play: hideWhileOthersWait },
  { name: 'allow-list narrowed while work waits', play: narrowWhileWorkWaits },
];
export const SCENE_ROWS: readonly string[] = SCENES.map(({ name }) => name);

/** `converge` resolves when everything is as it should be. */
export async function playTenantScene(world: SimulatedWorld, converge: () => Promise<unknown>): Promise<void> {
  const { administrator } = world;
  if (administrator?.vcenter('main') === undefined) return;
  for (const name of NAMES) if (world.users.get(world.homes.keyOf(name)) === undefined) createGroup(world, name);
  await converge();
  const { name, play } = oneOf(SCENES, world.random);
  const [first = world.sites[0], ...others] = world.sites.filter((site) => machinesOn(world, site).length > 0);
  const site = oneOf([first, ...others], world.random);
  world.say(`STEP at vCenter ${site.name}: ${name}`);
  if (await play({ world, administrator, site })) world.tally.meet('disturbance', name);
  administrator.rule(site.name, { limits: {}, allowed: ANYTHING });
  world.say('STEP anything is allowed again');
}

/** Each group has room for its next machine, and all of them together have not. */
async function wantLastRoom({ world, administrator, site }: Stage, withRestart: boolean): Promise<boolean> {
  const { tasks } = site.vcenter;
  administrator.rule(site.name, { limits: { total: { vms: machinesOn(world, site).length + 1 } } });
  await world.advance(KNOWN_MS);
  const isClone = ({ making }: ModelTask) => making !== undefined;
  const goOn = withRestart ? tasks.hang(isClone) : () => {};
  growAll(world, 2);
  const isCloning = () => tasks.all().some((task) => isClone(task) && task.state === 'running');
  for (let passedMs = 0; passedMs < PLAYED_MS && !isCloning(); passedMs += 100) await world.advance(100);
  const isPlayed = isCloning();
  if (withRestart) {
    for (const process of [...world.processes]) world.crash(process, 'while groups want the last room');
    // The next process finds the clone, and no machine.
    for (let passedMs = 0; passedMs < LONGEST_RESTART_MS && world.leader === undefined; passedMs += 1_000)
      await world.advance(1_000);
    await world.advance(KNOWN_MS);
  }
  goOn();
  await world.advance(PLAYED_MS);
  return isPlayed;
}

/** R1: that a machine is not shown proves nothing, so its room is not free. Its group cannot say so while its status hangs. */
async function hideWhileOthersWait({ world, administrator, site }: Stage): Promise<boolean> {
  const [first, ...others] = machinesOn(world, site);
  if (first === undefined) return false;
  const machine = oneOf([first, ...others], world.random);
  const group = world.users.list().find(({ metadata }) => metadata.uid === ownerOf(machine)?.groupUid);
  if (group === undefined) return false;
  administrator.rule(site.name, { limits: { total: { vms: machinesOn(world, site).length } } });
  await world.advance(KNOWN_MS);
  growAll(world, 1);
  await world.advance(KNOWN_MS);
  world.apiNetwork.hanging = (request) => isStatusOf(request, group.metadata.name);
  world.users.changeSpec(group, { progressDeadlineSeconds: group.spec.progressDeadlineSeconds + 1 });
  await world.advance(5_000);
  site.vcenter.permissions.hide(machine.ref);
  await world.advance(PLAYED_MS);
  site.vcenter.permissions.show(machine.ref);
  world.apiNetwork.hanging = undefined;
  return true;
}

/**
 * A group whose status hangs is not planned again, so its work that waits in the lane is from before. The request for a
 * status fails after 30 s.
 */
async function narrowWhileWorkWaits({ world, administrator, site }: Stage): Promise<boolean> {
  const { maxConcurrentTasks, apiNetwork } = world;
  // Where the limit finds itself nobody knows what waits.
  if (maxConcurrentTasks === 0 || maxConcurrentTasks > 16) return false;
  const goOn = site.vcenter.tasks.hang(({ making }) => making !== undefined);
  apiNetwork.hanging = (request) => isStatusOf(request);
  growAll(world, Math.ceil(maxConcurrentTasks / 2) + 2);
  await world.advance(5_000);
  administrator.rule(site.name, { allowed: { templates: [] } });
  await world.advance(17_000);
  goOn();
  await world.advance(PLAYED_MS);
  apiNetwork.hanging = undefined;
  return true;
}

/** A write to the status of a group, or of this one. */
function isStatusOf({ method, path }: ApiRequest, group = '[^/]+'): boolean {
  return method === 'PATCH' && new RegExp(`/vmgroups/${group}/status$`).test(path);
}

/** Of our groups. */
function machinesOn({ clusterId }: SimulatedWorld, { vcenter }: Site) {
  return vcenter.machines.filter((machine) => ownerOf(machine)?.cluster === clusterId);
}

function growAll({ users }: SimulatedWorld, more: number): void {
  for (const group of users.list())
    if (group.metadata.deletionTimestamp === undefined)
      users.changeSpec(group, { replicas: group.spec.replicas + more });
}
