/** A group shop/web that asks for machines that exist, and what is decided about them. */
import type { VmGroup, VmGroupSpec } from '../../../src/api/vm-group';
import { type AdoptionDecision, adoptionDecision } from '../../../src/vmgroup/model/adoption-decision';
import type { Inspection } from '../../../src/vmgroup/model/adoption-request';
import type { Observation } from '../../../src/vmgroup/model/observation';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../../../src/vmgroup/model/tenant-policy';
import { findRequested } from '../../../src/vmgroup/observe/adoption-request';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import type { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import { type MachineShape, type ManagedObjectReference, refKey, type VirtualMachine } from '../../../src/vsphere/port';
import { aGroup, anObservation, CLUSTER_ID } from './observation';
import { addFolder, addMachine, orphanWorld } from './orphan-world';

const GIB = 1024 * 1024;

export const VM_FOLDER: ManagedObjectReference = { type: 'Folder', value: 'vm' };

/** What the template is, and what its clones are. */
export const aShape = (rest: Partial<MachineShape> = {}): MachineShape => ({
  guestId: 'ubuntu64Guest',
  firmware: 'efi',
  disks: [{ key: 2000, label: 'Hard disk 1', controllerKey: 1000, unitNumber: 0, capacityKiB: 20 * GIB }],
  adapters: 1,
  ...rest,
});

/** A template, and the folder by-hand with these machines, which nobody owns. */
export function adoptionWorld(...names: readonly string[]): InventoryStore {
  const store = orphanWorld();
  addMachine(store, 'template', VM_FOLDER, {}, true);
  const folder = addFolder(store, 'by-hand', VM_FOLDER);
  for (const name of names) addHandMade(store, name, folder);
  return store;
}

/** A machine of which vCenter tells all that it tells of a living one. */
export function addHandMade(
  store: InventoryStore,
  name: string,
  parent: ManagedObjectReference = { type: 'Folder', value: 'by-hand' },
  extraConfig: Readonly<Record<string, string>> = {},
): void {
  addMachine(store, name, parent, extraConfig);
  change(store, name, [
    ['config.changeVersion', '1'],
    ['runtime.connectionState', 'connected'],
    ['runtime.powerState', 'poweredOn'],
    ['config.hardware.numCPU', aGroup().spec.cpu],
    ['config.hardware.memoryMB', aGroup().spec.memory * 1024],
  ]);
}

export function change(
  store: InventoryStore,
  name: string,
  values: readonly (readonly [path: string, value: string | number])[],
): void {
  store.apply(
    { type: 'VirtualMachine', value: name },
    values.map(([path, value]) => ({ path, value })),
  );
}

export function machineIn(store: InventoryStore, name: string): VirtualMachine {
  const machine = store.virtualMachine({ type: 'VirtualMachine', value: name });
  if (machine === undefined) throw new Error(`this world has no machine ${name}`);
  return machine;
}

/** What a look has found of these machines and the template, by name; of those that are not given the shape of the template. */
export function inspections(
  store: InventoryStore,
  found: Readonly<Record<string, Partial<Inspection>>> = {},
): ReadonlyMap<string, Inspection> {
  return new Map(
    [...store.virtualMachines()].map((machine) => {
      const inspection = { machine, shape: aShape(), atMs: 1_000_000, ...found[machine.name] };
      return [refKey(machine.ref), inspection] as const;
    }),
  );
}

export interface Asked {
  readonly adopt: NonNullable<VmGroupSpec['adopt']>;
  readonly spec?: Partial<VmGroupSpec>;
  readonly status?: VmGroup['status'];
  readonly metadata?: VmGroup['metadata'];
  readonly tenants?: Partial<TenantPolicy>;
  /** Default: all machines were looked at, and are as the template. */
  readonly looked?: ReadonlyMap<string, Inspection>;
  readonly observed?: Partial<Observation>;
  /** Default: every group lives. */
  readonly isGone?: (groupUid: string) => boolean;
}

export function observedAdoption(store: InventoryStore, asked: Asked): Observation {
  const { adopt, spec, status, metadata, tenants = {}, looked = inspections(store) } = asked;
  const group = aGroup(
    { replicas: 2, adopt, ...spec },
    {
      ...(status !== undefined && { status }),
      ...(metadata !== undefined && { metadata }),
    },
  );
  const base = anObservation(group);
  const datacenter = store.entity({ type: 'Datacenter', value: 'dc' });
  const placement = { ...base.placement, ...(datacenter !== undefined && { datacenter }) };
  const seen = { group, clusterId: CLUSTER_ID, placement, folder: base.folder, inventory: store };
  const rules = { ...DEFAULT_TENANT_POLICY, adoptableMachines: ['/dc/vm/by-hand/*'], ...tenants };
  const adoption = findRequested(seen, { tenants: rules, inspections: looked, isGone: asked.isGone ?? (() => false) });
  return { ...base, placement, ...(adoption !== undefined && { adoption }), ...asked.observed };
}

export function decided(store: InventoryStore, asked: Asked): AdoptionDecision {
  return adoptionDecision(observedAdoption(store, asked));
}

/** The refusals by code, and their sentences. */
export function refusals(store: InventoryStore, asked: Asked): readonly (readonly [string, string])[] {
  return decided(store, asked).refused.map(({ refusal: { code, message } }) => [code, message] as const);
}

/** The steps of the plan, and the conditions that the status has. */
export function plannedAdoption(store: InventoryStore, asked: Asked) {
  const observed = observedAdoption(store, asked);
  const planned = plan(observed);
  const status = statusOf(observed, planned);
  const condition = (type: string) => status?.conditions?.find((candidate) => candidate.type === type);
  return { ...planned, steps: planned.actions.map(({ kind }) => kind), status, condition };
}
