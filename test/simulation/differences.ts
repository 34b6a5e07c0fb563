/** What differs from the end that every story must reach: exactly the right machines, and a status that says so. */
import { hostRulePrefix } from '../../src/api/host-rule-name';
import { groupFolderName } from '../../src/api/identity';
import type { VmGroup } from '../../src/api/vm-group';
import { LANDMARK } from '../fakes/vcenter';
import { attributeDifferences } from './attribute-differences';
import { cloneDifferences } from './clone-differences';
import { customizationDifferences } from './customization-differences';
import { differencesOfGroup, machinesOf } from './group-differences';
import { ruleDifferences } from './rule-differences';
import { settingsDifferences } from './settings-differences';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';
import { leftInFormerZones, zonesOf } from './zones';

/** All differences from the specs, each as a line. */
export function differencesOf(world: SimulatedWorld): readonly string[] {
  const differences: string[] = [];
  if (world.leader === undefined) differences.push('no process leads');
  for (const process of world.processes)
    for (const { name, vcenter } of world.sites)
      if (process.connectionTo(vcenter)?.status.kind !== 'Ready')
        differences.push(`${process.name} is not connected to vCenter ${name}`);
  if (world.other !== undefined) differences.push(...world.other.differences);
  const groups = world.users.list();
  const isKnown = world.restoredAtMs === Number.NEGATIVE_INFINITY;
  for (const group of groups) {
    const machines = machinesOf(group, world);
    differences.push(
      ...differencesOfGroup(group, machines),
      ...leftInFormerZones(group, machines, world.administrator),
      ...settingsDifferences(group, machines, isKnown),
      ...customizationDifferences(group, machines),
      ...cloneDifferences(group, machines),
      ...attributeDifferences(group, machines, world.vcenters, isKnown),
    );
  }
  const orphaned = [...world.orphaned].map((uid) => hostRulePrefix({ metadata: { uid } }, world.clusterId));
  const own = {
    clusterId: world.clusterId,
    groups,
    zonesOf: (group: VmGroup) => zonesOf(group, world.administrator),
    mayBeLeft: (name: string) =>
      !isKnown || world.rulesKept.has(name) || orphaned.some((prefix) => name.startsWith(prefix)),
  };
  const sites = world.other === undefined ? [own] : [own, world.other.ruleSite];
  for (const vcenter of world.vcenters) differences.push(...ruleDifferences(vcenter, sites));
  const uids = new Set(groups.map(({ metadata }) => metadata.uid));
  for (const machine of world.machines) {
    const owner = ownerOf(machine);
    if (owner?.cluster === world.clusterId && !uids.has(owner.groupUid) && !world.orphaned.has(owner.groupUid))
      differences.push(`${machine.name} belongs to a group that is gone`);
  }
  // Etcd has forgotten on which of the vCenters the folder was made. The operator tells an administrator of the folder.
  const isVCenterForgotten = world.vcenters.length > 1 && Number.isFinite(world.restoredAtMs);
  const folders = new Set(groups.map(({ metadata }) => groupFolderName(metadata.namespace, metadata.name)));
  for (const { truth } of world.vcenters)
    for (const { ref, name, parent } of truth.entities.values()) {
      const isGroupFolder = parent.value === LANDMARK.operatorFolder.value && ref.type === 'Folder';
      if (!isGroupFolder || folders.has(name) || world.foldersKept.has(name) || isVCenterForgotten) continue;
      if (truth.children(ref).length === 0) differences.push(`the empty folder ${name} is left`);
    }
  return differences;
}
