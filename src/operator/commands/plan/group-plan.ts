/** The plan of one group as data, which `plan` prints as text or JSON. */
import { type Slot, slotKey } from '../../../api/identity';
import { machineNameOf } from '../../../api/naming';
import { FINALIZER, groupKey, type VmGroup } from '../../../api/vm-group';
import { type Action, type Plan, slotOf } from '../../../vmgroup/model/action';
import { nameList } from '../../../vmgroup/model/name-list';
import type { Observation } from '../../../vmgroup/model/observation';
import { plan } from '../../../vmgroup/plan/plan';
import { type Blocker, blockers } from '../../../vmgroup/preview/blockers';
import { explain } from '../../../vmgroup/preview/explain';
import { type FieldChange, fieldChanges } from '../../../vmgroup/preview/field-changes';
import { type ChangeKind, forecast, type SlotChange } from '../../../vmgroup/preview/forecast';
import type { Inventory } from '../../../vsphere';
import { type Stored, UID_OF_A_NEW_GROUP } from './stored-group';

export interface PlannedStep {
  /** An action of the operator for `now`, a kind of change for `later`. */
  readonly kind: Action['kind'] | ChangeKind;
  /** Name or path of the object that is changed. */
  readonly object: string;
  readonly ordinal?: number;
  readonly why: string;
}

export interface GroupPlan {
  /** namespace/name. */
  readonly group: string;
  readonly source: string;
  /** The VCenter object that the group belongs to; absent for (env), and for a group without one. */
  readonly vcenter?: string;
  /** - Unknown: planned as a new group, because the API server could not be asked. */
  readonly state: 'New' | 'Existing' | 'Deleting' | 'Unknown';
  /** Why the state is Unknown. */
  readonly stateMessage?: string;
  /** How the manifest differs from the stored group. */
  readonly specChanges: readonly FieldChange[];
  /** What the operator would do at once. */
  readonly now: readonly PlannedStep[];
  /** What follows when that has ended and new replicas are ready. */
  readonly later: readonly PlannedStep[];
  readonly inTheWay: readonly Blocker[];
  /** Number of replicas by kind of change. */
  readonly summary: Readonly<Record<ChangeKind, number>>;
  /** Whether there is anything to do, now or later. */
  readonly changes: boolean;
}

/** Whether something stops the planning itself. */
export function cannotBePlanned({ inTheWay }: GroupPlan): boolean {
  return inTheWay.some(({ stops }) => stops === 'Planning');
}

/** `observed` is of the group as it would be stored; `inventory` gives the paths. */
export function groupPlan(
  source: string,
  stored: Stored,
  observed: Observation,
  inventory: Pick<Inventory, 'pathOf'>,
): GroupPlan {
  const { group } = observed;
  const planned = plan(observed);
  const ahead = forecast(observed, planned);
  const isReady = observed.vcenter.kind === 'Ready';
  const finalizer: readonly Action[] = isReady && needsFinalizer(group, stored) ? [{ kind: 'AddFinalizer' }] : [];
  const specChanges = stored.kind === 'Stored' ? fieldChanges(stored.group.spec, group.spec, 'spec') : [];
  // This process has not looked at anything live: without a change of the spec that is no change which is due.
  const isAsStored = stored.kind === 'Stored' && specChanges.length === 0;
  const steps = planned.actions.filter(({ kind }) => !(isAsStored && LOOK_FIRST.has(kind)));
  const actions = [...finalizer, ...steps];
  const busy = new Set(steps.flatMap((action) => slotKeyOf(action) ?? []));
  return {
    group: groupKey(group),
    source,
    state: stateOf(group, stored),
    ...(stored.kind === 'Unknown' && { stateMessage: stored.why }),
    specChanges,
    now: actions.map((action) => stepOf(action, observed, planned, inventory)),
    later: ahead.filter(({ slot }) => !busy.has(slotKey(slot))).map((change) => laterStep(change, group)),
    inTheWay: blockers(observed, planned),
    summary: summaryOf(ahead),
    changes: actions.length > 0 || ahead.length > 0,
  };
}

/** Steps that read live what a machine or cluster has, and mostly find nothing to change. */
const LOOK_FIRST: ReadonlySet<Action['kind']> = new Set([
  'SizeDisks',
  'WriteSettings',
  'WriteAttributes',
  'WriteHostRules',
]);

function needsFinalizer(group: VmGroup, stored: Stored): boolean {
  if (group.metadata.deletionTimestamp !== undefined) return false;
  return stored.kind !== 'Stored' || stored.group.metadata.finalizers?.includes(FINALIZER) !== true;
}

function stateOf({ metadata }: VmGroup, { kind }: Stored): GroupPlan['state'] {
  if (kind !== 'Stored') return kind;
  return metadata.deletionTimestamp === undefined ? 'Existing' : 'Deleting';
}

function stepOf(
  action: Action,
  observed: Observation,
  planned: Plan,
  inventory: Pick<Inventory, 'pathOf'>,
): PlannedStep {
  const ordinal = slotOf(action)?.ordinal;
  return {
    kind: action.kind,
    object: objectOf(action, observed.group, inventory),
    ...(ordinal !== undefined && { ordinal }),
    why: explain(action, observed, planned),
  };
}

function laterStep({ kind, slot, replica, why }: SlotChange, group: VmGroup): PlannedStep {
  const object = replica?.machine.name ?? replicaName(slot, group);
  return { kind, object, ordinal: slot.ordinal, why };
}

function objectOf(action: Action, group: VmGroup, inventory: Pick<Inventory, 'pathOf'>): string {
  if ('replica' in action) return action.replica.machine.name;
  switch (action.kind) {
    case 'AddFinalizer':
    case 'RemoveFinalizer':
      return groupKey(group);
    case 'CreateFolder':
      return `${inventory.pathOf(action.parent)}/${action.name}`;
    case 'Clone':
      return replicaName(action.slot, group);
    case 'RenameFolder':
    case 'DestroyFolder':
      return inventory.pathOf(action.folder);
    case 'Adopt':
      return action.machine.name;
    case 'LookIntoFolder':
      return action.path;
    case 'ProveMachineGone':
      return action.known.name;
    case 'ProveFolderGone':
      return action.folder.path;
    case 'FindStoragePolicy':
      return action.policy.name;
    case 'InspectMachines':
      return nameList(action.machines.map(({ name }) => name));
    case 'WriteHostRules':
      return inventory.pathOf(action.rules.cluster);
    case 'Settle':
      return action.operationKey;
  }
}

/** Names of machines depend on the UID, which a new group does not have yet. */
function replicaName(slot: Slot, group: VmGroup): string {
  if (group.metadata.uid === UID_OF_A_NEW_GROUP) return `replica ${slot.ordinal}`;
  return machineNameOf(group, slot);
}

function slotKeyOf(action: Action): string | undefined {
  const slot = slotOf(action);
  return slot && slotKey(slot);
}

function summaryOf(ahead: readonly SlotChange[]): Readonly<Record<ChangeKind, number>> {
  const count = (kind: ChangeKind) => ahead.filter((change) => change.kind === kind).length;
  return {
    Adopt: count('Adopt'),
    Create: count('Create'),
    Replace: count('Replace'),
    Remove: count('Remove'),
    Release: count('Release'),
    Resize: count('Resize'),
    PowerOn: count('PowerOn'),
    PowerOff: count('PowerOff'),
  };
}
