/** A group shop/web, machines of an earlier operator in an inventory, and what is planned and told about them. */
import { marksFor } from '../../../src/api/ownership';
import { FINALIZER, ORIGINAL_FINALIZER, type VmGroup } from '../../../src/api/vm-group';
import type { GroupFolder, Observation } from '../../../src/vmgroup/model/observation';
import type { Orphans } from '../../../src/vmgroup/model/orphan';
import { type AdoptionRule, DEFAULT_TENANT_POLICY } from '../../../src/vmgroup/model/tenant-policy';
import { findOrphans } from '../../../src/vmgroup/observe/orphans';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { aGroup, anObservation, CLUSTER_ID } from './observation';

const PARENT = { type: 'Folder', value: 'vm-operator' };

export function orphanWorld(): InventoryStore {
  const store = new InventoryStore();
  addFolder(store, 'dc', { type: 'Folder', value: 'root' }, 'Datacenter');
  addFolder(store, 'vm', { type: 'Datacenter', value: 'dc' });
  addFolder(store, 'vm-operator', { type: 'Folder', value: 'vm' });
  return store;
}

export function addFolder(
  store: InventoryStore,
  name: string,
  parent = PARENT,
  type = 'Folder',
): ManagedObjectReference {
  const ref = { type, value: name };
  store.apply(ref, [
    { path: 'name', value: name },
    { path: 'parent', value: parent },
  ]);
  return ref;
}

export function addMachine(
  store: InventoryStore,
  name: string,
  parent: ManagedObjectReference,
  extraConfig: Readonly<Record<string, string>> = {},
  isTemplate = false,
): void {
  store.apply({ type: 'VirtualMachine', value: name }, [
    { path: 'name', value: name },
    { path: 'parent', value: parent },
    { path: 'config.template', value: isTemplate },
    { path: 'config.instanceUuid', value: `uuid-of-${name}` },
    ...Object.entries(extraConfig).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
  ]);
}

/** Marks of a machine of this name. */
export const marks = (name: string, cluster: string, groupUid: string, ordinal = 0, group = 'shop/web') =>
  marksFor({ cluster, group, groupUid, slot: { ordinal, revision: 'former' } }, `uuid-of-${name}`);

export function withAnnotations(
  annotations: Record<string, string>,
  finalizers = [FINALIZER, ORIGINAL_FINALIZER],
): VmGroup {
  return aGroup({ replicas: 2 }, { metadata: { ...aGroup().metadata, annotations, finalizers } });
}

export function found(
  group: VmGroup,
  store: InventoryStore,
  rule: Partial<Omit<AdoptionRule, 'clusterId'>> = {},
  ofOperator = true,
): Orphans {
  const { placement } = anObservation(group, within(store, ofOperator));
  const seen = { group, clusterId: CLUSTER_ID, placement, folder: folderOf(store), inventory: store };
  return findOrphans(seen, { tenants: DEFAULT_TENANT_POLICY, isLiving: () => false, ...rule });
}

const folderOf = (store: InventoryStore): GroupFolder => {
  const own = store.entitiesIn(PARENT).find(({ name }) => name === 'shop.web');
  const isOurs = { createdByOperator: true, isOurs: true };
  return own ? { kind: 'Found', ref: own.ref, path: store.pathOf(own.ref), ...isOurs } : { kind: 'Missing' };
};

function within(store: InventoryStore, ofOperator = true): Partial<Observation> {
  const placement = anObservation(aGroup()).placement;
  const parentFolder = { kind: 'Found', ref: PARENT, path: '/dc/vm/vm-operator' } as const;
  return {
    placement: { ...placement, parentFolder: ofOperator ? { ...parentFolder, ofOperator } : parentFolder },
    folder: folderOf(store),
  };
}

export function planned(group: VmGroup, store: InventoryStore, rest: Partial<Observation> = {}) {
  const observed = anObservation(group, { ...within(store), orphans: found(group, store), ...rest });
  const { actions } = plan(observed);
  const status = statusOf(observed, plan(observed));
  const condition = (type: string) => status?.conditions?.find((candidate) => candidate.type === type)?.reason;
  return { actions, steps: actions.map(({ kind }) => kind), phase: status?.phase, condition };
}
