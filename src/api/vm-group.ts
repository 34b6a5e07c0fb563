import type { VmGroup as StoredVmGroup } from '../../imports/vmgroup';

export type {
  VmGroupSpec,
  VmGroupSpecPlacement,
  VmGroupStatus,
  VmGroupStatusCondition,
  VmGroupStatusReplica,
  VmGroupStatusReplicaFault,
  VmGroupStatusReplicaTask,
} from '../../imports/vmgroup';

/** A VmGroup as the API server stores it: fields with a default are there. */
export interface VmGroup extends StoredVmGroup {
  /** What is wrong with its spec, one sentence per field; absent if nothing is. See readable-group.ts. */
  readonly specProblems?: readonly string[];
}

export const API_GROUP = 'vm.codeconnect.vmworld.com';

/** How the API server serves VmGroups. */
export const VM_GROUP_RESOURCE = {
  apiVersion: `${API_GROUP}/v1alpha1`,
  kind: 'VmGroup',
  plural: 'vmgroups',
} as const;

/** Keeps a deleted VmGroup until its virtual machines are gone. */
export const FINALIZER = `${API_GROUP}/vmgroup`;

/** The finalizer of the original operator. It is removed together with ours. */
export const ORIGINAL_FINALIZER = 'vm-operator';

/** Annotations that a person sets on a VmGroup. */
export const Annotation = {
  /** Any change of its value wakes all replicas that wait for a retry. */
  Retry: `${API_GROUP}/retry`,
  /** "true" on a group that is being deleted: the finalizer is dropped and vCenter is left untouched. */
  ForceOrphan: `${API_GROUP}/force-orphan`,
  /** "Adopt" or "Ignore": what to do with machines in the group's folder that carry the marks of an earlier group. */
  Adopt: `${API_GROUP}/adopt`,
  /** "Adopt" or "Ignore": what to do with the folder and machines that the original operator created for this group. */
  Legacy: `${API_GROUP}/legacy`,
} as const;

/** Key of a group in stores and queues: namespace/name. */
export type GroupKey = string;

export function groupKey(group: VmGroup): GroupKey {
  return `${group.metadata.namespace}/${group.metadata.name}`;
}

/** Value of status.selector for a group. */
export function selectorOf(name: string): string {
  return `${API_GROUP}/vmgroup=${name}`;
}
