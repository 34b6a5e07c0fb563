/**
 * Which vCenter a group belongs to. A pure function of the group, the VCenter objects and the labels of its namespace, so
 * all processes of the operator decide the same.
 */
import { ConditionReason } from '../api/reasons';
import type { VCenter } from '../api/vcenter';
import type { VmGroup } from '../api/vm-group';
import type { Store } from '../kubernetes';
import { type Labels, matches } from './label-selector';

/** Name of the implicit vCenter, the one of the operator's environment, in every status. */
export const IMPLICIT_VCENTER = '(env)';

/**
 * - Chosen: the group belongs to this VCenter, or to (env).
 * - Frozen: it lives there, and may be there no more: only its deletion is carried out.
 * - None: there is no vCenter for it.
 */
export type Choice =
  | { readonly kind: 'Chosen'; readonly name: string }
  | { readonly kind: 'Frozen'; readonly name: string; readonly reason: ConditionReason; readonly message: string }
  | { readonly kind: 'None'; readonly reason: ConditionReason; readonly message: string };

export interface VCenterWorld {
  /** All VCenter objects of the cluster, by name. */
  readonly vcenters: Pick<Store<VCenter>, 'get' | 'list' | 'size'>;
  /** Whether the operator's environment names a vCenter. It counts only while there is no VCenter object. */
  readonly hasImplicit: boolean;
  /**
   * Whether etcd was restored from a snapshot, and VCenters or labels are still those of before. A choice lasts, so it is not
   * made by a mix of both (R2, R13). Default: no.
   */
  readonly isOutdated?: boolean;
  /** Undefined while they are not known: a namespace with a group exists, whatever has been seen of it (R13). */
  labelsOf(namespace: string): Labels | undefined;
}

/**
 * Once a group lives on a vCenter, as its status says, it stays there: its machines cannot be moved. Undefined while it
 * depends on objects that are not known as they are now (R13); the deletion of a group that lives somewhere does not.
 */
export function chooseVCenter(
  group: Pick<VmGroup, 'metadata' | 'spec' | 'status'>,
  world: VCenterWorld,
): Choice | undefined {
  const recorded = group.status?.vcenter?.name;
  const livesOnObject = recorded !== undefined && recorded !== IMPLICIT_VCENTER;
  const isLeaving = livesOnObject && group.metadata.deletionTimestamp !== undefined;
  if (world.isOutdated === true && !isLeaving) return undefined;
  if (livesOnObject) return stay(recorded, group, world);
  if (world.vcenters.size > 0) return chooseObject(group, world);
  const wanted = group.spec.vcenterRef?.name;
  if (wanted !== undefined) return none(ConditionReason.NoVCenter, notThere(wanted));
  if (world.hasImplicit) return { kind: 'Chosen', name: IMPLICIT_VCENTER };
  const message =
    'there is no VCenter: an administrator creates one, or gives the operator the address of a vCenter in VC_HOST';
  return none(ConditionReason.NoVCenter, message);
}

function stay(
  recorded: string,
  { metadata, spec }: Pick<VmGroup, 'metadata' | 'spec'>,
  world: VCenterWorld,
): Choice | undefined {
  const vcenter = world.vcenters.get(recorded);
  if (vcenter === undefined) {
    const message = `VCenter "${recorded}", which holds the machines of the group, does not exist: an administrator creates it again`;
    return none(ConditionReason.NoVCenter, message);
  }
  if (vcenter.specProblems !== undefined) {
    const message = `VCenter "${recorded}" cannot be used: ${vcenter.specProblems.join('; ')}`;
    return { kind: 'Frozen', name: recorded, reason: ConditionReason.NoVCenter, message };
  }
  const { namespace, deletionTimestamp } = metadata;
  const wanted = spec.vcenterRef?.name ?? recorded;
  if (wanted !== recorded) {
    const message = `the machines of the group are on VCenter "${recorded}" and cannot be moved to "${wanted}": set spec.vcenterRef.name to "${recorded}", or make a new group`;
    return { kind: 'Frozen', name: recorded, reason: ConditionReason.NotAllowed, message };
  }
  const labels = world.labelsOf(namespace);
  if (labels === undefined) return deletionTimestamp === undefined ? undefined : { kind: 'Chosen', name: recorded };
  if (matches(vcenter.spec.namespaceSelector, labels)) return { kind: 'Chosen', name: recorded };
  const message = `VCenter "${recorded}" does not select namespace ${namespace} any more: an administrator gives the namespace labels that its spec.namespaceSelector asks for; the group can be deleted`;
  return { kind: 'Frozen', name: recorded, reason: ConditionReason.NotAllowed, message };
}

function chooseObject(
  { metadata, spec, status }: Pick<VmGroup, 'metadata' | 'spec' | 'status'>,
  world: VCenterWorld,
): Choice | undefined {
  const { namespace, deletionTimestamp } = metadata;
  const labels = world.labelsOf(namespace);
  // One that is deleted is told, so that a person can let it go.
  if (labels === undefined)
    return deletionTimestamp === undefined ? undefined : none(ConditionReason.NoVCenter, notRead(namespace));
  const isSelected = (vcenter: VCenter) => matches(vcenter.spec.namespaceSelector, labels);
  const wanted = spec.vcenterRef?.name;
  if (wanted !== undefined) {
    const vcenter = world.vcenters.get(wanted);
    if (vcenter === undefined) return none(ConditionReason.NoVCenter, notThere(wanted));
    if (!isSelected(vcenter)) return none(ConditionReason.NotAllowed, notSelected(wanted, namespace));
    if (isBeingDeleted(vcenter)) return none(ConditionReason.NoVCenter, beingDeleted(wanted));
    return chosen(vcenter, status);
  }
  const [only, ...others] = [...world.vcenters.list()].filter((it) => isSelected(it) && !isBeingDeleted(it));
  if (only === undefined) {
    const names = [...world.vcenters.list()]
      .map((vcenter) => vcenter.metadata.name)
      .sort()
      .slice(0, 5)
      .join(', ');
    const message = `no VCenter selects namespace ${namespace}: an administrator gives it labels that the spec.namespaceSelector of one asks for (there are ${names})`;
    return none(ConditionReason.NoVCenter, message);
  }
  if (others.length > 0) {
    const names = [only, ...others].map((vcenter) => vcenter.metadata.name).sort();
    const message = `${names.length} VCenters select namespace ${namespace}: set spec.vcenterRef.name to one of ${names.slice(0, 5).join(', ')}`;
    return none(ConditionReason.Ambiguous, message);
  }
  return chosen(only, status);
}

/** R1: the marks of the machines of (env) name the cluster by its id, so only a VCenter with the same id owns them. */
function chosen({ metadata: { name }, spec }: VCenter, status: VmGroup['status']): Choice {
  if (status?.vcenter?.name !== IMPLICIT_VCENTER || spec.clusterName === undefined) return { kind: 'Chosen', name };
  const message = `the machines of the group carry the id of this cluster, and VCenter "${name}" has spec.clusterName "${spec.clusterName}": an administrator makes a VCenter without clusterName for it`;
  return none(ConditionReason.InstanceMismatch, message);
}

/** Then it takes no new group in, else it might never go. */
function isBeingDeleted({ metadata }: VCenter): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function beingDeleted(name: string): string {
  return `VCenter "${name}" is being deleted and takes no new group in: set spec.vcenterRef.name to another`;
}

function notThere(name: string): string {
  return `VCenter "${name}" does not exist: correct spec.vcenterRef.name, or have an administrator create it`;
}

function notSelected(name: string, namespace: string): string {
  return `VCenter "${name}" does not select namespace ${namespace}: an administrator gives the namespace labels that its spec.namespaceSelector asks for`;
}

function notRead(namespace: string): string {
  return `namespace ${namespace}, by whose labels a VCenter selects it, has not been read yet: if it does not exist any more, create it again`;
}

function none(reason: ConditionReason, message: string): Choice {
  return { kind: 'None', reason, message };
}
