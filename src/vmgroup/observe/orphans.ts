/**
 * Machines that an earlier operator left for this group: the original, or ours before the cluster was restored or the
 * group made anew. Nothing is created beside them until a person has said what to do, else the fleet would exist twice.
 */
import { groupFolderName, revisionOf, type Slot } from '../../api/identity';
import { Mark, type Ownership, readOwnership } from '../../api/ownership';
import { Annotation, groupKey, ORIGINAL_FINALIZER, type VmGroup } from '../../api/vm-group';
import type { Inventory, ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import type { Action } from '../model/action';
import type { LedgerEntry } from '../model/ledger';
import { nameList } from '../model/name-list';
import type { GroupFolder, Observation } from '../model/observation';
import type { Placement } from './placement';

/** A machine to adopt, and who owned it when it was seen: undefined for one without marks. */
export interface Leftover {
  readonly machine: VirtualMachine;
  readonly owner: Ownership | undefined;
}

export type Leftovers =
  | { readonly kind: 'None' }
  /** The original's folder NAMESPACE-NAME; `folder` is renamed once all machines in it are ours. */
  | {
      readonly kind: 'Legacy';
      readonly adopt: boolean;
      readonly folder: ManagedObjectReference;
      readonly path: string;
      readonly machines: readonly Leftover[];
    }
  /** Machines with our group's marks, but of another uid or cluster; `others` have those of another group. */
  | {
      readonly kind: 'Restored';
      readonly adopt: boolean;
      readonly machines: readonly Leftover[];
      readonly others: readonly VirtualMachine[];
    };

const NONE: Leftovers = { kind: 'None' };

export function findLeftovers(
  group: VmGroup,
  clusterId: string,
  placement: Placement,
  folder: GroupFolder,
  inventory: Inventory,
): Leftovers {
  // A deleted group makes nothing, so nothing has to be cleared up for it.
  if (group.metadata.deletionTimestamp !== undefined) return NONE;
  const legacy = findLegacy(group, placement, folder, inventory);
  return legacy.kind === 'None' ? findRestored(group, clusterId, folder, inventory) : legacy;
}

function findLegacy(group: VmGroup, placement: Placement, folder: GroupFolder, inventory: Inventory): Leftovers {
  const { metadata } = group;
  const answer = metadata.annotations?.[Annotation.Legacy];
  if (!metadata.finalizers?.includes(ORIGINAL_FINALIZER) || answer === 'Ignore') return NONE;
  if (placement.parentFolder?.kind !== 'Found') return NONE;
  const name = `${metadata.namespace}-${metadata.name}`;
  const found = inventory
    .placesIn(placement.parentFolder.ref)
    .find((place) => place.type === 'Folder' && place.name === name);
  if (found === undefined) return NONE;
  const machines = inventory
    .virtualMachinesIn(found.ref)
    .filter((machine) => !machine.isTemplate && machine.name.startsWith(`${metadata.name}-replica-`))
    .filter((machine) => readOwnership(machine) === undefined)
    .map((machine) => ({ machine, owner: undefined }));
  // An empty folder threatens nothing. With one of the new name beside it there is nothing to rename either.
  if (machines.length === 0 && (answer !== 'Adopt' || folder.kind === 'Found')) return NONE;
  const path = inventory.pathOf(found.ref);
  return { kind: 'Legacy', adopt: answer === 'Adopt', folder: found.ref, path, machines: machines.sort(byName) };
}

function findRestored(group: VmGroup, clusterId: string, folder: GroupFolder, inventory: Inventory): Leftovers {
  const answer = group.metadata.annotations?.[Annotation.Adopt];
  if (answer === 'Ignore') return NONE;
  const key = groupKey(group);
  const inFolder = folder.kind === 'Found' ? inventory.virtualMachinesIn(folder.ref) : [];
  const marked = inventory.virtualMachinesByExtraConfig(Mark.Group, key);
  const machines: Leftover[] = [];
  const others: VirtualMachine[] = [];
  for (const machine of new Set([...inFolder, ...marked])) {
    const owner = readOwnership(machine);
    if (owner === undefined || (owner.cluster === clusterId && owner.groupUid === group.metadata.uid)) continue;
    // Another cluster may well have a group of this name, in a folder of its own.
    if (owner.cluster !== clusterId && !inFolder.includes(machine)) continue;
    if (owner.group === key) machines.push({ machine, owner });
    else if (owner.cluster !== clusterId) others.push(machine);
  }
  if (machines.length === 0 && others.length === 0) return NONE;
  return { kind: 'Restored', adopt: answer === 'Adopt', machines: machines.sort(byName), others };
}

/** Takes leftovers over as the annotation asks: each gets our marks, then the original's folder its new name. */
export function planAdoption(observed: Observation): readonly Action[] {
  const { leftovers, group, entries } = observed;
  if (leftovers.kind === 'None' || !leftovers.adopt || group.spec.paused) return [];
  const taken = new Set(observed.replicas.map(({ slot }) => slot.ordinal));
  for (const { slot } of entries) if (slot !== undefined) taken.add(slot.ordinal);
  const actions: Action[] = [];
  for (const { machine, owner } of leftovers.machines) {
    if (entries.some((entry) => entry.machine?.value === machine.ref.value)) continue;
    if (machine.connectionState !== 'connected') continue;
    const slot = freeSlot(owner?.slot, taken, group);
    taken.add(slot.ordinal);
    actions.push({ kind: 'Adopt', machine, owner, slot });
  }
  if (leftovers.kind === 'Legacy' && leftovers.machines.length === 0) {
    const name = groupFolderName(group.metadata.namespace, group.metadata.name);
    actions.push({ kind: 'RenameFolder', folder: leftovers.folder, name });
  }
  return actions;
}

/** Its own number and revision if the number is free; a machine of the original counts as of the current revision. */
function freeSlot(former: Slot | undefined, taken: ReadonlySet<number>, group: VmGroup): Slot {
  const revision = former?.revision ?? revisionOf(group.spec);
  let ordinal = former?.ordinal ?? 0;
  if (taken.has(ordinal)) for (ordinal = 0; taken.has(ordinal); ordinal += 1);
  return { ordinal, revision };
}

/** What a person has to know and do. */
export function leftoversMessage(leftovers: Exclude<Leftovers, { kind: 'None' }>): string {
  const names = leftovers.machines.map(({ machine }) => machine.name);
  switch (leftovers.kind) {
    case 'Legacy':
      if (leftovers.adopt) return `taking over the machines of the original operator in ${leftovers.path}`;
      return (
        `the original operator's folder ${leftovers.path} holds ${names.length} machines of this group: ` +
        `annotate the group ${Annotation.Legacy}=Adopt to take them over, or =Ignore to make new ones beside them`
      );
    case 'Restored': {
      const owners = [...new Set(leftovers.machines.map(({ owner }) => `${owner?.cluster}, uid ${owner?.groupUid}`))];
      if (leftovers.others.length > 0) {
        const foreign = nameList(leftovers.others.map(({ name }) => name));
        return `the group's folder holds machines of another group on another cluster: move ${foreign} out of it, or annotate the group ${Annotation.Adopt}=Ignore`;
      }
      if (leftovers.adopt) return `taking over ${nameList(names)}`;
      return (
        `${nameList(names)} carry this group's name but belong to an earlier one (cluster ${owners.join('; ')}): ` +
        `annotate the group ${Annotation.Adopt}=Adopt to take them over, or =Ignore to make new ones beside them`
      );
    }
  }
}

/** Whether an adoption has done its duty: the machine is ours, or gone. */
export function isAdopted(entry: LedgerEntry, group: VmGroup, clusterId: string, inventory: Inventory): boolean {
  const machine = entry.machine && inventory.virtualMachine(entry.machine);
  if (machine === undefined) return true;
  const owner = readOwnership(machine);
  return owner?.cluster === clusterId && owner.groupUid === group.metadata.uid;
}

const byName = (a: Leftover, b: Leftover): number => (a.machine.name < b.machine.name ? -1 : 1);
