/**
 * Finds the machines of an earlier operator for this group. No replica is created until a person has decided what
 * happens to them: otherwise every machine would exist twice.
 */
import { Mark, readOwnership } from '../../api/ownership';
import { Annotation, groupKey, ORIGINAL_FINALIZER, type VmGroup } from '../../api/vm-group';
import type { Inventory, ManagedEntity, VirtualMachine } from '../../vsphere/port';
import type { GroupFolder } from '../model/observation';
import type { Orphan, Orphans } from '../model/orphan';
import type { Placement } from '../model/placement';
import { type AdoptionRule, mayAdopt } from '../model/tenant-policy';
import type { Seen } from './still-in-flight';

const NONE: Orphans = { kind: 'None' };

export function findOrphans(
  { group, clusterId, placement, folder, inventory }: Omit<Seen, 'replicas'>,
  rule: Omit<AdoptionRule, 'clusterId'>,
): Orphans {
  const legacy = findLegacy(group, placement, folder, inventory);
  // A deleted group creates nothing, so machines of an earlier group do not matter to it. Those of the original operator do:
  // their finalizer is on the group, and it must not go without a word about them.
  if (group.metadata.deletionTimestamp !== undefined) return legacy;
  return legacy.kind === 'None' ? findRestored(group, { ...rule, clusterId }, folder, inventory) : legacy;
}

function findLegacy(group: VmGroup, placement: Placement, folder: GroupFolder, inventory: Inventory): Orphans {
  const { metadata } = group;
  const answer = metadata.annotations?.[Annotation.Legacy];
  if (!metadata.finalizers?.includes(ORIGINAL_FINALIZER) || answer === 'Ignore') return NONE;
  if (placement.parentFolder?.kind !== 'Found') return NONE;
  const name = `${metadata.namespace}-${metadata.name}`;
  const found = inventory
    .entitiesIn(placement.parentFolder.ref)
    .find((entity) => entity.type === 'Folder' && entity.name === name);
  if (found === undefined) return NONE;
  const machines = inventory
    .virtualMachinesIn(found.ref)
    .filter((machine) => !machine.isTemplate && machine.name.startsWith(`${metadata.name}-replica-`))
    .filter((machine) => readOwnership(machine) === undefined)
    .map((machine) => ({ machine, owner: undefined }));
  // An empty folder is no risk. If the group's new folder exists too, there is nothing to rename.
  const renames = answer === 'Adopt' && folder.kind === 'Missing' && isOfGroup(found, group, placement, inventory);
  if (machines.length === 0 && !renames) return NONE;
  const path = inventory.pathOf(found.ref);
  return { kind: 'Legacy', adopt: answer === 'Adopt', folder: found.ref, path, machines: machines.sort(byName) };
}

function findRestored(group: VmGroup, rule: AdoptionRule, folder: GroupFolder, inventory: Inventory): Orphans {
  const { clusterId, isLiving } = rule;
  const answer = group.metadata.annotations?.[Annotation.Adopt];
  if (answer === 'Ignore') return NONE;
  const key = groupKey(group);
  const inFolder = folder.kind === 'Found' ? inventory.virtualMachinesIn(folder.ref) : [];
  const marked = inventory.virtualMachinesByExtraConfig(Mark.Group, key);
  const machines: Orphan[] = [];
  const refused: Orphan[] = [];
  const others: VirtualMachine[] = [];
  for (const machine of new Set([...inFolder, ...marked])) {
    const owner = readOwnership(machine);
    if (owner === undefined || (owner.cluster === clusterId && owner.groupUid === group.metadata.uid)) continue;
    // Another cluster may have a group of this name in a folder of its own.
    if (owner.cluster !== clusterId && !inFolder.includes(machine)) continue;
    // A machine of another group of this cluster is that group's, wherever somebody moved it.
    if (owner.cluster === clusterId && isLiving(owner.groupUid)) continue;
    if (owner.group === key) (mayAdopt(owner, rule) ? machines : refused).push({ machine, owner });
    else if (owner.cluster !== clusterId) others.push(machine);
  }
  if (machines.length + refused.length + others.length === 0) return NONE;
  return {
    kind: 'Restored',
    adopt: answer === 'Adopt',
    machines: machines.sort(byName),
    refused: refused.sort(byName),
    others,
  };
}

/**
 * R15: a namespace and a name may both have dashes, so a-b-c is the folder of a/b-c and of a-b/c. It is the group's if it
 * holds machines that were taken over, or if it is empty, and not under a folder that the spec names.
 */
function isOfGroup({ ref }: ManagedEntity, group: VmGroup, { parentFolder }: Placement, inventory: Inventory): boolean {
  const machines = inventory.virtualMachinesIn(ref);
  if (machines.some((machine) => readOwnership(machine)?.groupUid === group.metadata.uid)) return true;
  const isEmpty = machines.length === 0 && inventory.entitiesIn(ref).length === 0;
  return isEmpty && parentFolder?.kind === 'Found' && parentFolder.ofOperator === true;
}

const byName = (a: Orphan, b: Orphan): number => (a.machine.name < b.machine.name ? -1 : 1);
