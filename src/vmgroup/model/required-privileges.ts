/** Which privileges the operator needs, and on which objects. */
import { hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroupSpec } from '../../api/vm-group';
import {
  type CloneSource,
  type Inventory,
  type ManagedObjectReference,
  type ObjectPrivileges,
  refKey,
} from '../../vsphere/port';
import { datastoresIn } from './datastore-members';
import { diskSizesOf } from './disk-sizes';
import { FEATURES, type Feature, privilegesAt } from './features';
import { wantsApart } from './host-rules';
import { clusterAround } from './lineage';
import type { Placement } from './placement';

/** An object that the operator works on, and the privileges that it needs there. */
export interface PrivilegeNeed {
  readonly object: ManagedObjectReference;
  /** What it is, as in: resource pool. */
  readonly noun: string;
  readonly path: string;
  readonly privileges: readonly string[];
}

const { machines } = FEATURES;
const [EDIT_DEVICE, CONNECT_DEVICE, ADD_OR_REMOVE_DEVICE] = FEATURES.networks.folder;

/** What of a group decides which privileges it needs. */
export interface PrivilegeQuestion {
  readonly spec: Pick<VmGroupSpec, 'networks' | 'guest' | 'powerState' | 'disks' | 'placement' | 'customAttributes'>;
  readonly placement: Placement;
  /** What vCenter tells of the template; undefined if it told nothing. */
  readonly source: CloneSource | undefined;
  /** The folder that the annotation `legacy: Adopt` is about. */
  readonly legacyFolder?: ManagedObjectReference | undefined;
  /** Machines of spec.adopt, and the folder that it names. */
  readonly adopted?: readonly ManagedObjectReference[];
}

/** The needs of one group, as far as its names were resolved. */
export function privilegeNeeds(question: PrivilegeQuestion, inventory: Inventory): readonly PrivilegeNeed[] {
  const { spec, placement, source, legacyFolder, adopted = [] } = question;
  const needs: PrivilegeNeed[] = [];
  const need = (object: ManagedObjectReference | undefined, noun: string, ...privileges: readonly string[]) => {
    if (object !== undefined) needs.push({ object, noun, path: inventory.pathOf(object), privileges });
  };
  const { parentFolder, networks, template } = placement;
  const places = placement.domains ?? [placement];
  const onMachines = [
    ...machines.folder,
    ...(spec.powerState === 'PoweredOff' ? [] : FEATURES['power-on'].folder),
    ...adapterPrivileges(spec.networks?.length ?? 0, source?.adapters),
    ...(hasGuestData(spec) ? FEATURES['guest-data'].folder : []),
    ...(diskSizesOf({ spec }) === undefined ? [] : FEATURES.disks.folder),
    ...(spec.customAttributes?.length ? FEATURES['custom-attributes'].folder : []),
  ];
  need(parentFolder?.kind === 'Missing' ? parentFolder.within : parentFolder?.ref, 'folder', ...onMachines);
  need(legacyFolder, 'folder', ...onMachines, ...FEATURES['legacy-folders'].folder);
  for (const object of adopted)
    need(object, object.type === 'Folder' ? 'folder' : 'machine', ...privilegesAt('adopted', adoptionFeatures(spec)));
  for (const place of places) {
    const { resourcePool, datastore } = place;
    need(resourcePool, 'resource pool', ...machines.pool);
    // With a policy alone it is not known before the clone which datastore fits.
    const ofTemplate = placement.storagePolicy === undefined ? (source?.datastores ?? []) : [];
    const hasHostGroup = 'hostGroup' in place && place.hostGroup !== undefined;
    if (wantsApart({ spec }) || hasHostGroup)
      need(resourcePool && clusterAround(resourcePool, inventory), 'cluster', ...FEATURES['drs-rules'].cluster);
    for (const store of datastore === undefined ? ofTemplate : datastoresIn(datastore, inventory))
      need(store, 'datastore', ...machines.datastore);
  }
  for (const network of networks ?? source?.networks ?? []) need(network, 'network', ...machines.network);
  if (placement.storagePolicy !== undefined)
    need(rootOf(placement, inventory), 'root of the vCenter', ...FEATURES['storage-policies'].root);
  const machine = template && inventory.virtualMachine(template.ref);
  if (machine !== undefined)
    need(
      machine.ref,
      machine.isTemplate ? 'template' : 'machine to clone from',
      ...(machine.isTemplate ? machines.template : FEATURES['machine-sources'].template),
      ...(spec.guest?.customizationSpec === undefined ? [] : FEATURES.customization.template),
    );
  return needs;
}

/** The folder that holds all datacenters. The inventory does not show it. */
function rootOf({ datacenter }: Placement, inventory: Inventory): ManagedObjectReference | undefined {
  let ref = datacenter?.parent;
  while (ref !== undefined && inventory.entity(ref)?.parent !== undefined) ref = inventory.entity(ref)?.parent;
  return ref;
}

/** Whether the operator gives the guest data by itself, and not by a customization specification alone. */
export function hasGuestData(spec: Pick<VmGroupSpec, 'guest' | 'networks'>): boolean {
  const { cloudInit, ignition, customizationSpec } = spec.guest ?? {};
  const isByMetadata = hasStaticAddresses(spec) && customizationSpec === undefined;
  return cloudInit !== undefined || ignition !== undefined || isByMetadata;
}

/** What is done to a machine of the group that it did not make. vCenter lists the privileges of tags with no object. */
function adoptionFeatures(spec: PrivilegeQuestion['spec']): readonly Feature[] {
  return [
    'adoption',
    ...(spec.powerState === 'PoweredOff' ? [] : (['power-on'] as const)),
    ...(diskSizesOf({ spec }) === undefined ? [] : (['disks'] as const)),
    ...(spec.customAttributes?.length ? (['custom-attributes'] as const) : []),
  ];
}

/** With `wanted` networks and a template of `existing` adapters: they are edited, added or removed. */
function adapterPrivileges(wanted: number, existing: number | undefined): readonly string[] {
  if (wanted === 0) return [];
  return [
    ...(existing === 0 ? [] : [EDIT_DEVICE]),
    // An adapter that is added gets its connection, too.
    CONNECT_DEVICE,
    ...(existing === wanted ? [] : [ADD_OR_REMOVE_DEVICE]),
  ];
}

/** Each object once, with all privileges that are needed there. */
export function merged(needs: readonly PrivilegeNeed[]): readonly PrivilegeNeed[] {
  const byObject = Map.groupBy(needs, ({ object }) => refKey(object));
  return [...byObject.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, privileges: [...new Set(same.flatMap(({ privileges }) => privileges))] }];
  });
}

/** The privileges that the account lacks on an object; undefined when vCenter gave no answer about it. */
export function missingPrivileges(
  { object, privileges }: PrivilegeNeed,
  granted: readonly ObjectPrivileges[],
): readonly string[] | undefined {
  const answer = granted.find((candidate) => refKey(candidate.object) === refKey(object));
  if (answer === undefined) return undefined;
  const held = new Set(answer.privileges);
  return privileges.filter((privilege) => !held.has(privilege));
}
