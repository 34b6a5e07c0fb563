import { groupFolderName } from '../../api/identity';
import { readOwnership } from '../../api/ownership';
import { type GroupKey, groupKey, type VmGroup } from '../../api/vm-group';
import type { InventoryChange, ManagedEntity, VirtualMachine } from '../../vsphere/port';
import type { Observation } from '../model/observation';
import type { GroupStore } from '../model/port';

/** Finds the groups that a change in vCenter affects, so that exactly those are reconciled. */
export class AffectedGroups {
  /** By folder name. Long folder names are cut, so namespace and name cannot be read back from them. */
  readonly #byFolderName = new Map<string, GroupKey>();
  /** By managed object reference of the folder, which stays the same when a person renames the folder. */
  readonly #byFolderRef = new Map<string, GroupKey>();
  /** Folders that hold group folders: a change directly inside one affects single groups only. */
  readonly #parents = new Set<string>();
  /** Groups that a folder of any name may affect: their spec names one, a name is not resolved, or paths decide (R15). */
  readonly #namingFolders = new Set<GroupKey>();

  /** Groups that may not use the folder that their spec names: a machine in it or around it may be why. */
  readonly #refusedFolder = new Set<GroupKey>();
  /** Groups that ask for machines that exist (spec.adopt): one may get its name, or come into the folder, at any time. */
  readonly #adopting = new Set<GroupKey>();
  /** Groups that ask for a machine of another group: its end changes what they are told. */
  readonly #askingAnother = new Set<GroupKey>();
  /** References of machines that a group waits for, unreadable or to be taken over. They may lie anywhere, and show no owner. */
  readonly #waitingFor = new Map<GroupKey, ReadonlySet<string>>();

  constructor(private readonly groups: GroupStore) {}

  observed(observation: Observation): void {
    const key = groupKey(observation.group);
    this.#byFolderName.set(folderName(observation.group), key);
    if (observation.folder.kind === 'Found') this.#byFolderRef.set(observation.folder.ref.value, key);
    // The group may wait for a change of the original operator's folder or of a machine in it.
    if (observation.orphans.kind === 'Legacy') this.#byFolderRef.set(observation.orphans.folder.value, key);
    const waitedFor = machinesWaitedFor(observation);
    if (waitedFor.size === 0) this.#waitingFor.delete(key);
    else this.#waitingFor.set(key, waitedFor);
    if (observation.adoption === undefined) this.#adopting.delete(key);
    else this.#adopting.add(key);
    if (asksAnother(observation)) this.#askingAnother.add(key);
    else this.#askingAnother.delete(key);
    if (namesFolders(observation)) this.#namingFolders.add(key);
    else this.#namingFolders.delete(key);
    if (isFolderRefused(observation)) this.#refusedFolder.add(key);
    else this.#refusedFolder.delete(key);
    const parent = observation.placement.parentFolder;
    if (parent?.kind === 'Found') this.#parents.add(parent.ref.value);
  }

  forget(key: GroupKey): void {
    this.#refusedFolder.delete(key);
    this.#namingFolders.delete(key);
    this.#waitingFor.delete(key);
    this.#adopting.delete(key);
    this.#askingAnother.delete(key);
    for (const index of [this.#byFolderName, this.#byFolderRef]) {
      for (const [name, holder] of index) if (holder === key) index.delete(name);
    }
  }

  /** Keys of the groups to reconcile after a change. */
  groupsAffectedBy(change: InventoryChange): ReadonlySet<GroupKey> {
    return change.kind === 'VirtualMachine' ? this.#byMachine(change) : this.#byEntity(change);
  }

  /** Keys of the groups to reconcile after a group has ended. */
  groupsAffectedByEnd(): ReadonlySet<GroupKey> {
    return this.#askingAnother;
  }

  #byMachine({ before, after }: { before?: VirtualMachine; after?: VirtualMachine }): ReadonlySet<GroupKey> {
    const keys = new Set<GroupKey>();
    for (const machine of [before, after]) {
      if (machine === undefined) continue;
      const owner = readOwnership(machine);
      if (owner !== undefined) keys.add(owner.group);
      const holder = machine.parent && this.#byFolderRef.get(machine.parent.value);
      if (holder !== undefined) keys.add(holder);
      for (const [key, machines] of this.#waitingFor) if (machines.has(machine.ref.value)) keys.add(key);
    }
    const moved = before?.name !== after?.name || before?.parent?.value !== after?.parent?.value;
    // A machine that a group owns cannot be a template, and a machine is no template unless an administrator allows it.
    const released = isOwned(before) !== isOwned(after);
    const converted = before?.isTemplate !== after?.isTemplate || before?.unreadable !== after?.unreadable;
    if (moved || released) for (const key of [...this.#refusedFolder, ...this.#adopting]) keys.add(key);
    // Where the disks of a template are may not be allowed (R15).
    const copied = datastoresKey(before) !== datastoresKey(after);
    if (moved || released || converted || copied) {
      for (const name of new Set([before?.name, after?.name])) {
        if (name !== undefined) for (const group of this.groups.byTemplate(name)) keys.add(groupKey(group));
      }
    }
    return keys;
  }

  #byEntity({ before, after }: { before?: ManagedEntity; after?: ManagedEntity }): ReadonlySet<GroupKey> {
    const keys = new Set<GroupKey>();
    const entity = after ?? before;
    // A host is only named in a status. No decision depends on it.
    if (entity === undefined || entity.type === 'HostSystem') return keys;
    const inKnownParent = [before, after].every(
      (side) => side?.parent === undefined || this.#parents.has(side.parent.value),
    );
    // A folder that holds group folders may itself lie in one: a change of it concerns all groups in it.
    if (entity.type === 'Folder' && inKnownParent && !this.#parents.has(entity.ref.value)) {
      for (const side of [before, after]) {
        const key = side && (this.#byFolderRef.get(side.ref.value) ?? this.#byFolderName.get(side.name));
        if (key !== undefined) keys.add(key);
      }
      // The folder of no known group: any other folder changes seldom, so waking more groups is cheap.
      if (keys.size === 0) for (const key of this.#namingFolders) keys.add(key);
      return keys;
    }
    // Any name in any spec may depend on these, and they change seldom.
    for (const group of this.groups.list()) keys.add(groupKey(group));
    return keys;
  }
}

function datastoresKey(machine: VirtualMachine | undefined): string {
  return machine?.datastores?.map(({ value }) => value).join(' ') ?? '';
}

function machinesWaitedFor({ unreadable, adoption }: Observation): ReadonlySet<string> {
  const asked = adoption?.candidates.flatMap(({ machine }) => machine ?? []) ?? [];
  return new Set([...unreadable, ...asked].map(({ ref }) => ref.value));
}

function asksAnother({ adoption }: Observation): boolean {
  return adoption?.candidates.some(({ refusal }) => refusal?.code === 'OwnedByAnother') ?? false;
}

function isOwned(machine: VirtualMachine | undefined): boolean {
  return machine !== undefined && readOwnership(machine) !== undefined;
}

function namesFolders({ group, placement }: Observation): boolean {
  const { template, placement: wanted } = group.spec;
  return (
    placement.problems.length > 0 ||
    placement.isJudgedByPath === true ||
    placement.parentFolder?.kind === 'Missing' ||
    wanted?.folder !== undefined ||
    group.spec.adopt !== undefined ||
    template.includes('/')
  );
}

function isFolderRefused({ placement }: Observation): boolean {
  return placement.problems.some(({ field, reason }) => field === 'spec.placement.folder' && reason === 'NotAllowed');
}

function folderName(group: VmGroup): string {
  return groupFolderName(group.metadata.namespace, group.metadata.name);
}
