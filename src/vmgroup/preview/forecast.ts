/** The changes to a group until all of its plans are carried out, as far as one observation shows. */
import { type Slot, slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { Action, Plan } from '../model/action';
import { canResizeHot } from '../model/hot-add';
import { hasSize } from '../model/machine-size';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { isReplaced } from '../plan/outdated';
import { needsRestart } from '../plan/resize';
import { explain, sizeChange, whyLeaving, whyOutdated } from './explain';

export type ChangeKind = 'Adopt' | 'Create' | 'Replace' | 'Remove' | 'Release' | 'Resize' | 'PowerOn' | 'PowerOff';

/** The change to one slot. It may take several plans and actions. */
export interface SlotChange {
  readonly kind: ChangeKind;
  readonly slot: Slot;
  /** Absent for a slot that will be created. */
  readonly replica?: Replica;
  readonly why: string;
}

/** By ordinal, the created ones last. Empty if nothing has to change, or if no plan can be made. */
export function forecast(observed: Observation, plan: Plan): readonly SlotChange[] {
  if (observed.vcenter.kind !== 'Ready' || instanceMismatch(observed) !== undefined) return [];
  const changes = observed.replicas.flatMap((replica) => changeOf(replica, observed, plan) ?? []);
  return observed.group.metadata.deletionTimestamp === undefined
    ? [...changes, ...adopted(observed, plan), ...created(changes, observed, plan)]
    : changes;
}

function changeOf(replica: Replica, observed: Observation, plan: Plan): SlotChange | undefined {
  const { slot, machine } = replica;
  const { group } = observed;
  const change = (kind: ChangeKind, why: string): SlotChange => ({ kind, slot, replica, why });
  if (group.metadata.deletionTimestamp !== undefined) {
    if (plan.actions.some(({ kind }) => kind === 'RemoveFinalizer')) return undefined;
    return change(group.spec.deletionPolicy === 'Orphan' ? 'Release' : 'Remove', 'the group is deleted');
  }
  switch (plan.leaving.get(refKey(machine.ref))) {
    case 'Deleted':
    case 'Surplus':
      return change('Remove', whyLeaving(machine.ref, replica, observed, plan));
    case 'Outdated':
      return change('Replace', whyOutdated(replica, observed));
    case undefined:
      break;
  }
  if (isReplaced(replica, observed)) return change('Replace', whyOutdated(replica, observed));
  if (!hasSize(machine, group) && takesSize(replica, observed)) return change('Resize', sizeChange(replica, observed));
  const on = machine.powerState === 'poweredOn';
  if (group.spec.powerState === 'PoweredOff')
    return machine.powerState === 'poweredOff' ? undefined : change('PowerOff', 'spec.powerState is PoweredOff');
  return on
    ? undefined
    : change('PowerOn', `found ${machine.powerState === 'suspended' ? 'suspended' : 'powered off'}`);
}

/** Whether its size will be corrected without a person. Only a change of the spec allows a restart. */
function takesSize(replica: Replica, observed: Observation): boolean {
  if (replica.machine.powerState === 'poweredOff') return true;
  return canResizeHot(replica, observed) || needsRestart(replica, observed);
}

/** The machines that are taken over at once. */
function adopted(observed: Observation, plan: Plan): readonly SlotChange[] {
  return plan.actions.flatMap((action) =>
    action.kind === 'Adopt' ? [{ kind: 'Adopt', ...replicaIn(action), why: explain(action, observed, plan) }] : [],
  );
}

function replicaIn({
  slot,
  machine,
}: Extract<Action, { readonly kind: 'Adopt' }>): Pick<SlotChange, 'slot' | 'replica'> {
  return { slot, replica: { slot, machine } };
}

/** The slots that will be created. A slot in place of an outdated replica counts as its replacement, not here. */
function created(changes: readonly SlotChange[], observed: Observation, plan: Plan): readonly SlotChange[] {
  const removed = changes.filter(({ kind }) => kind === 'Remove').length;
  const count = observed.group.spec.replicas - (observed.replicas.length - removed);
  const held = new Set(observed.replicas.map(({ slot }) => slotKey(slot)));
  return plan.keep
    .filter((slot) => !held.has(slotKey(slot)))
    .slice(0, Math.max(0, count))
    .map((slot) => ({ kind: 'Create', slot, why: `ordinal ${slot.ordinal} is missing` }));
}
