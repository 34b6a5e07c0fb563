import { groupFolderName, slotKey } from '../../api/identity';
import { Mark, readOwnership } from '../../api/ownership';
import { type GroupPolicy, policyOf } from '../../api/policy';
import type { VmGroup } from '../../api/vm-group';
import { type Inventory, type ManagedObjectReference, sameRef, type VirtualMachine } from '../../vsphere/port';
import type { LedgerEntry, Operation } from '../model/ledger';
import { hasSize, isOfSize, sizeOf } from '../model/machine-size';
import type { GroupFolder, Observation, Replica, VCenterView } from '../model/observation';
import type { Moment } from '../model/port';
import { meets } from '../model/readiness';
import type { GroupMemory } from './group-memory';
import { findLeftovers, isAdopted } from './orphans';
import { type Placement, resolvePlacement } from './placement';

export interface ObserveInput {
  readonly group: VmGroup;
  readonly now: Moment;
  readonly clusterId: string;
  readonly vcenter: VCenterView;
  /** Absent while no vCenter is selected. */
  readonly inventory: Inventory | undefined;
  readonly defaultFolder: string;
  readonly memory: GroupMemory;
  readonly unclaimedClones: (template: ManagedObjectReference | undefined) => boolean;
  readonly uninstalling: boolean;
}

/** Joins the group, the inventory and the ledger. Takes entries out of the ledger whose effect is now seen. No I/O. */
export function observe(input: ObserveInput): Observation {
  const { group, now, clusterId, vcenter, inventory, memory, uninstalling } = input;
  const { ledger } = memory;
  const policy = policyOf(group.spec);
  memory.sawSpec(group);
  const base = {
    ...{ group, policy, now, clusterId, vcenter, uninstalling },
    ...{ faults: ledger.faults, repairs: ledger.repairs, hotAddRefused: ledger.hotAddRefused },
    progressedAtMs: memory.progressedAtMs(group, now),
    ...(memory.predecessorQuietAtMs !== undefined && { predecessorQuietAtMs: memory.predecessorQuietAtMs }),
  };
  if (vcenter.kind !== 'Ready' || inventory === undefined) {
    return { ...base, ...UNSEEN, resizing: memory.resizing, entries: ledger.entries };
  }
  const placement = resolvePlacement(group.spec, inventory, input.defaultFolder);
  const folder = findGroupFolder(group, placement, inventory);
  const replicas = findReplicas(input, policy, inventory);
  // What we are switching is seen on before our task has ended, and our own power-on is no repair for that.
  const switching = new Set(
    ledger.entries.filter(({ operation }) => SWITCHES.has(operation)).map(({ machine }) => machine?.value),
  );
  for (const { slot, machine } of replicas) {
    if (machine.powerState === 'poweredOn' && !switching.has(machine.ref.value)) ledger.sawOn(slotKey(slot));
  }
  ledger.keepOnly(new Set(replicas.map(({ machine }) => machine.ref.value)));
  for (const entry of ledger.entries) {
    if (effectIsSeen(entry, input, placement, replicas, folder, inventory)) ledger.remove(entry.key);
  }
  if (replicas.every(({ machine }) => hasSize(machine, group))) memory.resizing = false;
  return {
    ...base,
    placement,
    folder,
    replicas,
    resizing: memory.resizing,
    foreignNames: foreignIn(folder, group, clusterId, inventory),
    leftovers: findLeftovers(group, clusterId, placement, folder, inventory),
    entries: ledger.entries,
    unclaimedClones: input.unclaimedClones(placement.template?.ref),
  };
}

const SWITCHES: ReadonlySet<Operation> = new Set(['PowerOn', 'Shutdown', 'PowerOff']);

const UNSEEN = {
  placement: { problems: [] },
  folder: { kind: 'Missing' },
  replicas: [],
  foreignNames: [],
  leftovers: { kind: 'None' },
  unclaimedClones: true,
} as const;

/** By the recorded reference first, so that a folder that a person renamed is still known; else by name. */
function findGroupFolder(group: VmGroup, placement: Placement, inventory: Inventory): GroupFolder {
  const recorded = group.status?.folder?.moRef;
  const known = recorded === undefined ? undefined : inventory.place({ type: 'Folder', value: recorded });
  const parent = placement.parentFolder;
  const name = groupFolderName(group.metadata.namespace, group.metadata.name);
  const named =
    parent?.kind === 'Found'
      ? inventory.placesIn(parent.ref).find((place) => place.type === 'Folder' && place.name === name)
      : undefined;
  const folder = known ?? named;
  if (folder === undefined) return { kind: 'Missing' };
  return { kind: 'Found', ref: folder.ref, path: inventory.pathOf(folder.ref) };
}

/** All machines of the vCenter with our marks, wherever a person may have moved them. */
function findReplicas(
  { group, clusterId, memory, now }: ObserveInput,
  policy: GroupPolicy,
  inventory: Inventory,
): readonly Replica[] {
  const replicas: Replica[] = [];
  for (const machine of inventory.virtualMachinesByExtraConfig(Mark.Uid, group.metadata.uid)) {
    const owner = readOwnership(machine);
    if (owner?.cluster !== clusterId || owner.groupUid !== group.metadata.uid) continue;
    const host = machine.host && inventory.place(machine.host)?.name;
    const readySince = memory.ledger.sawReady(machine.ref.value, meets(policy.readiness, machine), now);
    replicas.push({
      slot: owner.slot,
      machine,
      ...(host !== undefined && { host }),
      ...(readySince !== undefined && { readySince }),
    });
  }
  return replicas.sort(
    (a, b) => a.slot.ordinal - b.slot.ordinal || (a.machine.ref.value < b.machine.ref.value ? -1 : 1),
  );
}

function foreignIn(folder: GroupFolder, group: VmGroup, clusterId: string, inventory: Inventory): readonly string[] {
  if (folder.kind === 'Missing') return [];
  const foreignNames = inventory.placesIn(folder.ref).map((place) => place.name);
  for (const machine of inventory.virtualMachinesIn(folder.ref)) {
    const owner = readOwnership(machine);
    if (owner?.cluster === clusterId && owner.groupUid === group.metadata.uid) continue;
    foreignNames.push(machine.name);
  }
  return foreignNames.sort();
}

/**
 * Whether the inventory shows what an entry was sent for, so that the entry has done its duty. A machine may be visible
 * before the task that makes or changes it has ended; until then it is not touched, so the entry stays.
 */
function effectIsSeen(
  entry: LedgerEntry,
  { group, clusterId }: ObserveInput,
  placement: Placement,
  replicas: readonly Replica[],
  folder: GroupFolder,
  inventory: Inventory,
): boolean {
  const machine = entry.machine === undefined ? undefined : inventory.virtualMachine(entry.machine);
  const running = entry.state === 'Sent';
  switch (entry.operation) {
    case 'CreateFolder':
      return entry.folderName === groupFolderName(group.metadata.namespace, group.metadata.name)
        ? folder.kind === 'Found'
        : placement.parentFolder?.kind === 'Found';
    case 'DestroyFolder':
      return folder.kind === 'Missing';
    case 'Clone':
      return (
        !running &&
        replicas.some(({ slot }) => slot.ordinal === entry.slot?.ordinal && slot.revision === entry.slot.revision)
      );
    case 'PowerOn':
      return machine === undefined || (!running && machine.powerState === 'poweredOn');
    case 'PowerOff':
      return machine === undefined || (!running && machine.powerState === 'poweredOff');
    case 'Shutdown':
      return machine === undefined || (!running && machine.powerState !== 'poweredOn');
    case 'Adopt':
      return !running && isAdopted(entry, group, clusterId, inventory);
    case 'RenameFolder':
      return folder.kind === 'Found';
    case 'Destroy':
      return machine === undefined;
    case 'ReleaseMarks':
      return machine === undefined || !isReplica(machine, replicas);
    case 'Reconfigure':
      return machine === undefined || (!running && isOfSize(machine, entry.size ?? sizeOf(group)));
    case 'Settle':
      return false;
  }
}

function isReplica(machine: VirtualMachine, replicas: readonly Replica[]): boolean {
  return replicas.some((replica) => sameRef(replica.machine.ref, machine.ref));
}
