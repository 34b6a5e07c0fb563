import { instanceUuid, type Slot, slotKey, virtualMachineName } from '../../../src/api/identity';
import { marksFor } from '../../../src/api/ownership';
import { policyOf } from '../../../src/api/policy';
import { slotRevisionOf } from '../../../src/api/slot-revision';
import { FINALIZER, type VmGroup, type VmGroupSpec } from '../../../src/api/vm-group';
import type { Fault } from '../../../src/vmgroup/model/fault';
import type { InFlightOperation, Operation } from '../../../src/vmgroup/model/in-flight';
import type { Observation, Replica } from '../../../src/vmgroup/model/observation';
import { readinessState } from '../../../src/vmgroup/model/readiness';
import { wakeToken } from '../../../src/vmgroup/model/wake-token';
import type { MachineDetails, VirtualMachine } from '../../../src/vsphere/port';

export const GROUP_UID = '7d1c6c1e-3a4b-4c5d-8e9f-0a1b2c3d4e5f';
export const CLUSTER_ID = 'c1u57e41-0000-4000-8000-000000000001';
export const VCENTER_UUID = 'dbed6e0c-bd88-4ef6-b594-21283e1c677f';

/** A group web in namespace shop with one replica, its finalizer confirmed. */
export function aGroup(spec: Partial<VmGroupSpec> = {}, rest: Partial<VmGroup> = {}): VmGroup {
  return {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    spec: {
      cpu: 2,
      memory: 4,
      replicas: 1,
      template: 'ubuntu',
      powerState: 'PoweredOn',
      deletionPolicy: 'Delete',
      paused: false,
      minReadySeconds: 0,
      progressDeadlineSeconds: 1800,
      ...spec,
    },
    ...rest,
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: GROUP_UID,
      resourceVersion: '10',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      finalizers: [FINALIZER],
      ...rest.metadata,
    },
  };
}

/** The same group once somebody has deleted it: it waits for its finalizer. */
export function aDeletedGroup(spec: Partial<VmGroupSpec> = {}, annotations: Record<string, string> = {}): VmGroup {
  const { metadata } = aGroup();
  return aGroup(spec, { metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z', annotations } });
}

const LONG_AGO = { wallMs: Date.UTC(2025, 0, 1), monotonicMs: 0 };

/** A guest without tools, in a machine that cannot grow while it runs. */
export function aGuest(details: Partial<MachineDetails> = {}): MachineDetails {
  return { toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false, ...details };
}

/** A running machine of the group in this slot. The slot has the group's revision unless another is given. */
export function aReplica(
  group: VmGroup,
  slot: Partial<Slot> & { readonly ordinal: number },
  machine: Partial<VirtualMachine> = {},
): Replica {
  const full: Slot = { revision: slotRevisionOf(group.spec, slot.ordinal), ...slot };
  const uuid = instanceUuid(group.metadata.uid, full);
  const { namespace, name, uid } = group.metadata;
  const whole: VirtualMachine = {
    ref: { type: 'VirtualMachine', value: `vm-${slotKey(full)}` },
    name: virtualMachineName(name, uid, full),
    parent: { type: 'Folder', value: 'group-folder' },
    isTemplate: false,
    powerState: 'poweredOn',
    connectionState: 'connected',
    instanceUuid: uuid,
    numCpu: group.spec.cpu,
    memoryMiB: group.spec.memory * 1024,
    extraConfig: marksFor({ cluster: CLUSTER_ID, group: `${namespace}/${name}`, groupUid: uid, slot: full }, uuid),
    details: aGuest(),
    ...machine,
  };
  return asSeen(group, full, whole);
}

export function meetsPolicy({ spec }: VmGroup, machine: VirtualMachine): boolean {
  return readinessState(policyOf(spec), machine) === 'Met';
}

/** A machine in a slot, as an observation holds it: ready for a long time, or not ready. */
export function asSeen(group: VmGroup, slot: Slot, machine: VirtualMachine): Replica {
  const ready = meetsPolicy(group, machine);
  return { slot, machine, ...(ready && { readySince: LONG_AGO }) };
}

/** A group whose vCenter is ready, whose names resolve and whose folder exists. */
export function anObservation(group: VmGroup, rest: Partial<Observation> = {}): Observation {
  return {
    group,
    policy: policyOf(group.spec),
    now: { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 },
    clusterId: CLUSTER_ID,
    vcenter: { kind: 'Ready', name: '(env)', instanceUuid: VCENTER_UUID },
    placement: {
      parentFolder: { kind: 'Found', ref: { type: 'Folder', value: 'parent' }, path: '/dc/vm/vm-operator' },
      resourcePool: { type: 'ResourcePool', value: 'pool' },
      template: { ref: { type: 'VirtualMachine', value: 'template' }, path: '/dc/vm/ubuntu' },
      problems: [],
    },
    folder: {
      ...{ kind: 'Found', createdByOperator: true, isOurs: true },
      ...{ ref: { type: 'Folder', value: 'group-folder' }, path: '/dc/vm/vm-operator/shop.web' },
    },
    replicas: [],
    unreadable: [],
    known: { machines: [] },
    hadMachine: new Set(),
    foreignNames: [],
    lookedIntoFolder: false,
    orphans: { kind: 'None' },
    inFlight: [],
    faults: new Map(),
    repairs: new Map(),
    written: new Map(),
    heldAddresses: new Map(),
    hotAddRefused: new Map(),
    resizing: false,
    progressedAtMs: 1_000_000,
    unclaimedClones: false,
    uninstalling: false,
    ...rest,
  };
}

/** An operation that was sent at the observation's now. */
export function anOperation(operation: Operation, about: Partial<InFlightOperation> = {}): InFlightOperation {
  return {
    key: `${operation} test`,
    operation,
    sentAt: { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 },
    state: 'Sent',
    stateSinceMs: 1_000_000,
    ...about,
  };
}

/** A failure whose next try is due in a minute. */
export function aFault(group: VmGroup, rest: Partial<Fault> = {}): Fault {
  return {
    class: 'Retryable',
    reason: 'SystemError',
    message: 'it went wrong',
    since: { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 },
    attempts: 1,
    failedAtMs: 1_000_000,
    retryAt: { wallMs: Date.UTC(2026, 0, 1) + 60_000, monotonicMs: 1_060_000 },
    wakeToken: wakeToken(group),
    ...rest,
  };
}
