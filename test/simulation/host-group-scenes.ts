/**
 * People who work on the DRS groups of a failure domain with a host group. Most stories have none of the operator's groups
 * before they have calmed down, so one of these happens then.
 */
import { LANDMARK, oneOf, type VCenterModel, withinMagnitudes } from '../fakes/vcenter';
import type { ModelEntry } from '../fakes/vcenter/cluster-rules';
import { freeGroups } from './hanging-datastore';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

interface Stage {
  readonly world: SimulatedWorld;
  readonly vcenter: VCenterModel;
  /** A group of machines that the operator has made. */
  readonly own: ModelEntry;
}

interface Scene {
  readonly name: string;
  /** False if it was not possible. */
  readonly play: (stage: Stage) => Promise<boolean>;
}

const SCENES: readonly [Scene, ...Scene[]] = [
  { name: 'host group gone while machines come', play: loseHostGroup },
  { name: 'DRS rule of a host group edited', play: edit },
  { name: 'foreign machine in a DRS group', play: addForeign },
  // Twice: it takes several stories to meet what it is about.
  { name: 'foreign machine in a DRS group', play: addForeign },
];
export const HOST_GROUP_ROWS: readonly string[] = [...new Set(SCENES.map(({ name }) => name))];

const PLAYED_MS = { from: 20_000, to: 200_000 };

/** Whether one was played. */
export async function playHostGroupScene(world: SimulatedWorld): Promise<boolean> {
  const all = world.vcenters.flatMap((vcenter) =>
    vcenter.compute.rules
      .groupsOf(LANDMARK.cluster)
      .filter(({ name }) => name.startsWith('vmop.'))
      .map((own) => ({ vcenter, own })),
  );
  const [first, ...others] = all;
  if (first === undefined) return false;
  const drawn = oneOf(SCENES, world.random);
  const isPlayed = await drawn.play({ world, ...oneOf([first, ...others], world.random) });
  if (isPlayed) world.tally.meet('disturbance', drawn.name);
  return isPlayed;
}

async function loseHostGroup({ world, vcenter: { compute }, own }: Stage): Promise<boolean> {
  const { rules } = compute;
  const hostGroup = rules.rulesOf(LANDMARK.cluster).find(({ name }) => name === own.name)?.affineHostGroupName;
  const putBack = rules.takeGroup(LANDMARK.cluster, String(hostGroup));
  world.say(`STEP the DRS host group ${hostGroup} is gone, and all groups are scaled up`);
  scaleUp(world);
  await world.advance(withinMagnitudes(PLAYED_MS, world.random));
  putBack();
  world.say('STEP it is there again');
  return true;
}

/** Rules are not watched (docs/vsphere.md#drs-rules): the next process looks at them. */
async function edit({ world, vcenter, own: { name, vm = [] } }: Stage): Promise<boolean> {
  const { rules } = vcenter.compute;
  const kind = oneOf(['Member', 'Both', 'Disabled', 'Mandatory', 'Rule'] as const, world.random);
  const editRule = (change: object) =>
    rules.setRules(
      LANDMARK.cluster,
      rules.rulesOf(LANDMARK.cluster).map((rule) => (rule.name === name ? { ...rule, ...change } : rule)),
    );
  switch (kind) {
    case 'Member':
      setMembers(vcenter, name, vm.slice(1));
      break;
    case 'Both':
      remove(vcenter, name);
      break;
    case 'Rule':
      rules.removeRules(LANDMARK.cluster, (rule) => rule.name === name);
      break;
    case 'Disabled':
      editRule({ enabled: false });
      break;
    case 'Mandatory':
      editRule({ mandatory: true });
  }
  world.say(`STEP a person edits the DRS rule ${name} (${kind}), and the operator restarts`);
  restart(world, 'after a person has edited a DRS rule');
  return true;
}

/** R1: then the group is that person's, until the machine is taken out of it. */
async function addForeign({ world, vcenter, own: { name, vm = [] } }: Stage): Promise<boolean> {
  const foreign = vcenter.machines.find((machine) => !machine.isTemplate && ownerOf(machine) === undefined);
  if (foreign === undefined) return false;
  setMembers(vcenter, name, [...vm, foreign.ref]);
  world.say(`STEP a person puts ${foreign.name} into the DRS group ${name}, and all groups are scaled up`);
  if (world.random() < 0.5) restart(world, 'after a person has edited a DRS group');
  scaleUp(world);
  await world.advance(withinMagnitudes(PLAYED_MS, world.random));
  const group = vcenter.compute.rules.groupsOf(LANDMARK.cluster).find((candidate) => candidate.name === name);
  if (!group?.vm?.some(({ value }) => value === foreign.ref.value))
    world.fail(`R1: ${foreign.name} is not in the DRS group ${name} any more, where a person had put it`);
  // As the fault HostRuleNotOurs and the event HostRuleKept ask.
  remove(vcenter, name);
  world.say('STEP the person removes that group and its rule, and the operator restarts');
  restart(world, 'after a person has removed a DRS rule');
  return true;
}

function setMembers({ compute }: VCenterModel, name: string, vm: NonNullable<ModelEntry['vm']>): void {
  const groups = compute.rules.groupsOf(LANDMARK.cluster);
  compute.rules.setGroups(
    LANDMARK.cluster,
    groups.map((group) => (group.name === name ? { ...group, vm } : group)),
  );
}

function remove({ compute }: VCenterModel, name: string): void {
  compute.rules.takeGroup(LANDMARK.cluster, name);
  compute.rules.removeRules(LANDMARK.cluster, (rule) => rule.name === name);
}

function scaleUp(world: SimulatedWorld): void {
  for (const group of freeGroups(world)) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
}

function restart(world: SimulatedWorld, when: string): void {
  for (const process of [...world.processes]) world.crash(process, when);
}
