import { groupFolderName } from '../../api/identity';
import { Mark, readOwnership } from '../../api/ownership';
import { type GroupPolicy, policyOf } from '../../api/policy';
import type { VmGroup } from '../../api/vm-group';
import { type Inventory, type ManagedObjectReference, refKey } from '../../vsphere/port';
import { usesHostRules } from '../model/host-rules';
import { hasLimits } from '../model/limits';
import { hasSize } from '../model/machine-size';
import type { Moment } from '../model/moment';
import type { Observation, Replica, VCenterView } from '../model/observation';
import { spentPlaces, unseenPlaces } from '../model/place';
import type { CloneClaims } from '../model/port';
import { holderOf, type Quota } from '../model/quota';
import { readinessState } from '../model/readiness';
import type { Room } from '../model/room';
import type { TenantPolicy } from '../model/tenant-policy';
import { findRequested } from './adoption-request';
import { findBlindSpot } from './blind-spot';
import { withFolderRules } from './folder-rules';
import { findGroupFolder, knownGroupFolder } from './group-folder';
import type { GroupMemory } from './group-memory';
import { inClusters } from './machine-clusters';
import { inDomains } from './machine-domains';
import { findOrphans } from './orphans';
import { resolvePlacement } from './placement';
import { type Seen, stillInFlight } from './still-in-flight';
import { stillKnown } from './still-known';
import { withPolicyKnown } from './storage-policy';
import { findUnreadable } from './unreadable-machines';

export interface ObserveInput {
  readonly group: VmGroup;
  readonly now: Moment;
  readonly clusterId: string;
  readonly vcenter: VCenterView;
  /** Absent while no vCenter is selected. */
  readonly inventory: Inventory | undefined;
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
  /** Whether this cluster has a group with this uid. */
  readonly isLiving: (groupUid: string) => boolean;
  /** Whether it is known to have none. Default: what isLiving says. */
  readonly isGone?: (groupUid: string) => boolean;
  /** As of PlacementRules. */
  readonly isFolderOfAnother?: (folder: ManagedObjectReference) => boolean;
  readonly memory: Pick<
    GroupMemory,
    | 'inFlight'
    | 'faults'
    | 'foundPolicies'
    | 'inspections'
    | 'history'
    | 'known'
    | 'heldAddresses'
    | 'foreignInFolder'
    | 'createdFolder'
    | 'isResizing'
    | 'progressedAtMs'
    | 'predecessorQuietAtMs'
  >;
  readonly unclaimedClones: CloneClaims['blocks'];
  /**
   * Who holds what of the limits; whether a clone of an earlier process may add machines to the namespace; and until when a
   * request for one may still arrive, in monotonic time.
   */
  readonly quota?:
    | {
        readonly holders: Pick<Quota, 'present' | 'used'>;
        readonly isUncertain: boolean;
        readonly quietUntilMs: number;
      }
    | undefined;
  readonly uninstalling: boolean;
}

/**
 * Joins the group, the inventory and the memory into one value. It does no I/O and writes nothing: `memory.remember`
 * records the observation right after it. An operation is no longer in flight once the inventory shows its effect.
 */
export function observe(input: ObserveInput): Observation {
  const { group, now, clusterId, vcenter, inventory, memory, uninstalling } = input;
  const policy = policyOf(group.spec);
  const resizing = memory.isResizing(group);
  const base = {
    ...{ group, policy, now, clusterId, vcenter, uninstalling },
    faults: new Map(memory.faults),
    ...(memory.history.fullDomains.size > 0 && { fullDomains: new Map(memory.history.fullDomains) }),
    repairs: new Map(memory.history.repairs),
    hotAddRefused: new Map(memory.history.hotAddRefused),
    written: memory.history.written,
    ...(memory.history.hostRules.size > 0 && { hostRules: new Map(memory.history.hostRules) }),
    heldAddresses: memory.heldAddresses.byMachine,
    lookedIntoFolder: memory.foreignInFolder !== undefined,
    hadMachine: new Set(memory.history.hadMachine),
    progressedAtMs: memory.progressedAtMs(group, now),
    ...(memory.predecessorQuietAtMs !== undefined && { predecessorQuietAtMs: memory.predecessorQuietAtMs }),
  };
  const { operations } = memory.inFlight;
  if (vcenter.kind !== 'Ready' || inventory === undefined)
    return { ...base, ...UNSEEN, known: memory.known.all, resizing, inFlight: operations };
  const { namespace, uid } = group.metadata;
  const found = findReplicas(input, policy, inventory);
  const { createdFolder } = memory;
  const search = { inventory, replicas: found, known: memory.known.all.folder, createdFolder };
  const knownFolder = knownGroupFolder(group, search)?.ref;
  const resolved = resolvePlacement({ spec: group.spec, namespace, uid, folder: knownFolder }, inventory, input);
  const folder = findGroupFolder(group, { ...search, placement: resolved });
  const ruled = withFolderRules({ spec: group.spec, placement: resolved, folder, inventory, rules: input });
  const placement = withPolicyKnown(ruled, memory);
  const placed = inDomains(
    found,
    placement,
    { known: memory.known.all, operations, found: memory.history.domainsFound },
    inventory,
  );
  const replicas = usesHostRules({ group, placement }) ? inClusters(placed, inventory) : placed;
  const recordedFolder = memory.known.all.folder?.ref;
  const blindSpot = findBlindSpot(placement, inventory);
  const seen = { group, clusterId, placement, folder, replicas, inventory };
  const known = stillKnown(memory.known.all, seen, operations);
  const inFlight = stillInFlight(operations, seen);
  const { tenants, isLiving, isGone = (uid) => !isLiving(uid) } = input;
  const adoption = findRequested(seen, { tenants, inspections: memory.inspections, isGone });
  const room = roomFor(input, { known, inFlight });
  return {
    ...base,
    ...(room !== undefined && { room }),
    ...quietFor(input),
    placement,
    folder,
    replicas,
    resizing: resizing && !replicas.every(({ machine }) => hasSize(machine, group)),
    unreadable: findUnreadable(seen, operations, recordedFolder),
    known,
    ...(blindSpot !== undefined && { blindSpot }),
    foreignNames: [...foreignIn(seen), ...(memory.foreignInFolder ?? [])].sort(),
    orphans: findOrphans(seen, input),
    ...(adoption !== undefined && { adoption }),
    inFlight,
    unclaimedClones: input.unclaimedClones({
      uid,
      template: placement.template?.ref,
      folder: {
        ref: folder.kind === 'Found' ? folder.ref : recordedFolder,
        name: folderNameOf(group),
        parent: placement.parentFolder,
        machinesIn: replicas.flatMap(({ machine }) => machine.parent ?? []),
      },
    }),
  };
}

const UNSEEN = {
  placement: { problems: [] },
  folder: { kind: 'Missing' },
  replicas: [],
  unreadable: [],
  foreignNames: [],
  orphans: { kind: 'None' },
  unclaimedClones: true,
} as const;

/** What the limits leave to the group; undefined without limits. */
function roomFor(
  { group, tenants, quota }: ObserveInput,
  own: Pick<Observation, 'known' | 'inFlight'>,
): Room | undefined {
  const { limits, source } = tenants;
  if (quota === undefined || !hasLimits(limits)) return undefined;
  const { holders, isUncertain } = quota;
  const used = holders.used(holderOf(group), spentPlaces(own), unseenPlaces(own, group));
  return { limits, source, used, present: holders.present(group.metadata.namespace), isUncertain };
}

/** A request of an earlier process for whatever group may still arrive: until then nobody knows what is used. */
function quietFor({ now, memory, quota, tenants }: ObserveInput): Pick<Observation, 'predecessorQuietAtMs'> {
  const { perNamespace, total } = tenants.limits;
  if (quota === undefined || !hasLimits({ perNamespace, total })) return {};
  const { quietUntilMs: untilMs } = quota;
  if (now.monotonicMs >= untilMs) return {};
  return { predecessorQuietAtMs: Math.max(untilMs, memory.predecessorQuietAtMs ?? 0) };
}

/** All machines in vCenter with our marks, also those that a person moved to another folder. */
function findReplicas(
  { group, clusterId, memory, now }: ObserveInput,
  policy: GroupPolicy,
  inventory: Inventory,
): readonly Replica[] {
  const replicas: Replica[] = [];
  for (const machine of inventory.virtualMachinesByExtraConfig(Mark.Uid, group.metadata.uid)) {
    const owner = readOwnership(machine);
    if (owner?.cluster !== clusterId || owner.groupUid !== group.metadata.uid) continue;
    const host = machine.host && inventory.entity(machine.host)?.name;
    const before = memory.history.readySince(machine.ref.value);
    const state = readinessState(policy, machine);
    // What was not read yet, as after a start, changes nothing: the replica is what it was.
    const ready = state === 'Met' || (state === 'Unknown' && before !== undefined);
    const disks = memory.history.disksOf(machine.ref.value);
    replicas.push({
      slot: owner.slot,
      machine,
      ...(host !== undefined && { host }),
      ...(disks !== undefined && { disks }),
      ...(ready && { readySince: before ?? now }),
    });
  }
  return replicas.sort(
    (a, b) => a.slot.ordinal - b.slot.ordinal || (a.machine.ref.value < b.machine.ref.value ? -1 : 1),
  );
}

/** A machine that cannot be read now is neither ours nor foreign. */
function foreignIn({ folder, replicas, inventory }: Seen): readonly string[] {
  if (folder.kind === 'Missing') return [];
  const ours = new Set(replicas.map(({ machine }) => refKey(machine.ref)));
  const machines = inventory
    .virtualMachinesIn(folder.ref)
    .filter((machine) => !ours.has(refKey(machine.ref)) && !machine.unreadable);
  return [...inventory.entitiesIn(folder.ref), ...machines].map(({ name }) => name);
}

function folderNameOf({ metadata }: VmGroup): string {
  return groupFolderName(metadata.namespace, metadata.name);
}
