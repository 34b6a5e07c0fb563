/** What people put right after a story: all that the operator cannot repair. */
import { Annotation, type VmGroup } from '../../src/api/vm-group';
import { LANDMARK, MODEL_ACCOUNT, type ModelMachine, NO_FAULTS, type VCenterModel } from '../fakes/vcenter';
import type { ModelEntry } from '../fakes/vcenter/cluster-rules';
import { NO_API_FAULTS } from './api-network';
import { answerLegacy } from './disturbances/original-operator';
import { repairTemplates } from './disturbances/templates';
import { lackDisks } from './group-differences';
import { ANYTHING } from './tenant-rules';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';
import { LOST_ZONE, zonesOf } from './zones';

/** Ends the faults, and removes disconnected hosts, names that foreign machines have, and pauses. */
export function endDisturbances(world: SimulatedWorld): void {
  endFaults(world);
  world.createSecrets();
  makeVCentersAgain(world);
  // Who waits for room or for permission gets it.
  for (const name of world.administrator?.names ?? []) {
    world.administrator?.selectAgain(name);
    const zones = world.administrator?.vcenter(name)?.spec.failureDomains ?? [];
    const failureDomains = zones.filter((zone) => zone.name !== LOST_ZONE.name);
    world.administrator?.rule(name, { limits: {}, allowed: ANYTHING, failureDomains });
  }
  repairTemplates(world);
  world.other?.endDisturbances();
  for (const vcenter of world.vcenters) for (const machine of vcenter.machines) freeItsName(world, vcenter, machine);
  for (const vcenter of world.vcenters) removeForeignRules(vcenter);
  // In half of the seeds no person asks for a retry: every retry must come by itself (R8).
  const isHelped = world.random() < 0.5;
  for (const group of world.users.list()) {
    // With Soft, a guest that does not answer waits for a person.
    const { paused, powerOff } = group.spec;
    answerLegacy(world, group);
    correctZones(world, group);
    if (powerOff?.mode === 'Soft') world.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    // Only a VCenter object allows advanced settings, and a restore may have taken it away.
    const isAllowed = world.administrator?.vcenter('main') !== undefined;
    if (group.spec.extraConfig?.length && !isAllowed) world.users.changeSpec(group, { extraConfig: [] });
    // What was refused, or asked for by two groups, is given up.
    if (group.spec.adopt !== undefined) world.users.withoutAdoption(group);
    if (paused) world.users.changeSpec(group, { paused: false });
    if (isHelped) world.users.annotate(group, Annotation.Retry, 'faults have ended');
  }
}

/** As the fault FailureDomainUnknown asks: a group names only failure domains that its VCenter has. */
function correctZones({ users, administrator }: SimulatedWorld, group: VmGroup): void {
  const { failureDomains: before, ...placement } = group.spec.placement ?? {};
  const known = zonesOf(group, administrator).map(({ name }) => name);
  if (before === undefined || known.length === before.length) return;
  users.changeSpec(group, { placement: { ...placement, ...(known.length > 0 && { failureDomains: known }) } });
}

/** With a restore of etcd the objects may be gone that groups live on by now: they wait for them. */
function makeVCentersAgain({ administrator, users }: SimulatedWorld): void {
  if (administrator === undefined || administrator.names.some((name) => administrator.vcenter(name) !== undefined))
    return;
  const names: readonly string[] = administrator.names;
  if (users.list().some(({ status }) => names.includes(status?.vcenter?.name ?? ''))) administrator.create();
}

/** From now on there are no faults. */
function endFaults(world: SimulatedWorld): void {
  world.say('STEP faults have ended');
  for (const vcenter of world.vcenters) {
    vcenter.setFaults(NO_FAULTS);
    vcenter.goUp();
    vcenter.tasks.hangNone();
    vcenter.deny([]);
    vcenter.permissions.showAll();
    if (!vcenter.customFields.fields.some(({ name }) => name === 'color')) vcenter.customFields.define('color');
    const { tagging } = vcenter;
    const team = tagging.categories.find(({ name }) => name === 'team');
    if (team !== undefined && !tagging.tags.some(({ name }) => name === 'color')) tagging.tag(team, 'color');
  }
  world.apiNetwork.faults = NO_API_FAULTS;
  world.kubernetes.down = false;
  world.crashPlans.length = 0;
  for (const process of world.processes) process.api.reconnect();
}

/** A group that came to live where its namespace is not selected any more is frozen there. Its user deletes it. */
export function deleteFrozenGroups({ homes, users }: SimulatedWorld): void {
  for (const group of users.list()) {
    const { namespace, deletionTimestamp } = group.metadata;
    const home = homes.selectedFor(namespace);
    const recorded = group.status?.vcenter?.name;
    if (home === undefined || recorded === undefined || recorded === home) continue;
    if (deletionTimestamp === undefined) users.delete(group);
  }
}

/** A machine that was adopted has no disks of its group. Its user does as the fault says. */
export function retireWithoutDisks({ users }: SimulatedWorld): void {
  for (const group of users.list()) {
    const { retire = [] } = group.spec;
    const due = lackDisks(group).flatMap(({ moRef }) => (moRef === undefined || retire.includes(moRef) ? [] : [moRef]));
    if (due.length > 0) users.changeSpec(group, { retire: [...retire, ...due].slice(-64) });
  }
}

/**
 * Clones have left them behind without the customization of their guests, as the status says. Their users do as the message of
 * the group asks. It may be wrong about a machine: a process that ends while a second clone runs leaves the fault of the first
 * in the status, and nothing in vCenter tells such machines apart (docs/vsphere.md#guest-customization).
 */
export function removeUncustomized({ users, other, vcenters }: SimulatedWorld): void {
  const told = new Set<string>();
  for (const { metadata, status } of [...users.list(), ...(other?.users.list() ?? [])])
    for (const { moRef, fault } of status?.replicas ?? [])
      if (fault?.reason === 'CustomizationFault') told.add(`${metadata.uid} ${moRef}`);
  if (told.size === 0) return;
  for (const { machines, hand } of vcenters)
    for (const machine of [...machines]) {
      const { ref, powerState, busy } = machine;
      const isTold = told.has(`${ownerOf(machine)?.groupUid} ${ref.value}`);
      if (isTold && powerState === 'poweredOff' && busy === undefined) hand.destroy(ref);
    }
}

/** As the fault HostRuleNotOurs and the event HostRuleKept ask: somebody keeps a machine of the rule without our marks. */
function removeForeignRules({ machines, compute }: VCenterModel): void {
  const foreign = new Set(machines.filter((machine) => ownerOf(machine) === undefined).map(({ ref }) => ref.value));
  const { rules } = compute;
  const isForeign = ({ vm = [] }: ModelEntry) => vm.some(({ value }) => foreign.has(value));
  const groups = rules.groupsOf(LANDMARK.cluster);
  const names = new Set(groups.filter(isForeign).map(({ name }) => name));
  rules.removeRules(LANDMARK.cluster, (rule) => isForeign(rule) || names.has(rule.name));
  rules.setGroups(
    LANDMARK.cluster,
    groups.filter(({ name }) => !names.has(name)),
  );
}

/** By default, and by the patterns that spec.ts draws. */
const NAME_OF_REPLICA = /-(replica|\d+)-[a-z]{8}$|^[a-z]{8}\.[-a-z0-9]+$/;

/** A machine that no group owns must not have the name of a replica. */
function freeItsName(world: SimulatedWorld, { hand }: VCenterModel, machine: ModelMachine): void {
  const { ref, name, connectionState, madeBy } = machine;
  if (connectionState !== 'connected') hand.connect(ref, 'connected');
  const owner = ownerOf(machine);
  const isOwned = owner?.cluster === world.clusterId;
  const isOther = madeBy !== MODEL_ACCOUNT.userName;
  if (isOwned || !(NAME_OF_REPLICA.test(name) || (isOther && owner !== undefined))) return;
  if (isOther) {
    world.forget(ref);
    hand.destroy(ref);
  } else if (owner === undefined && machine.busy === undefined) hand.rename(ref, `kept-${world.nextNumber()}`);
}
