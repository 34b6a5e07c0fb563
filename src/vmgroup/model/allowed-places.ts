/** R15: whether an object is one that an administrator allows, by the path that it has now. */
import { groupFolderName } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import type { Inventory, ManagedObjectReference } from '../../vsphere/port';
import type { VCenterAction } from './action';
import { datastoresIn } from './datastore-members';
import { fitsAny } from './path-glob';
import { whyPolicyRefused } from './storage-policy';
import type { AllowedPlaces, TenantPolicy } from './tenant-policy';

/** Undefined patterns allow any object; one that the account does not see fits no pattern. */
export function isAllowed(
  ref: ManagedObjectReference,
  patterns: readonly string[] | undefined,
  inventory: Pick<Inventory, 'pathOf'>,
): boolean {
  return patterns === undefined || fitsAny(inventory.pathOf(ref), patterns);
}

/**
 * Where the disks of a clone may go: to the datastore that is named, to any of a datastore cluster, else to those of the
 * template. Empty where vCenter does not tell them: then nobody knows whether they are allowed.
 */
export function datastoresOfClone(
  { datastore, template }: { readonly datastore?: ManagedObjectReference; readonly template: ManagedObjectReference },
  inventory: Pick<Inventory, 'virtualMachine' | 'entitiesIn'>,
): readonly ManagedObjectReference[] {
  if (datastore !== undefined) return datastoresIn(datastore, inventory);
  return inventory.virtualMachine(template)?.datastores ?? [];
}

type Clone = Extract<VCenterAction, { readonly kind: 'Clone' }>;

/** Whether an administrator still allows the storage policy that a clone was planned with, if it has one. */
export function mayUsePolicy(action: VCenterAction, rules: TenantPolicy): boolean {
  if (action.kind !== 'Clone' || action.storagePolicy === undefined) return true;
  return whyPolicyRefused(action.storagePolicy, rules) === undefined;
}

/** Whether the failure domain that a clone goes to, if it goes to one, has not been taken out of the VCenter meanwhile. */
export function isDomainStillThere(action: VCenterAction, { failureDomains = [] }: TenantPolicy): boolean {
  if (action.kind !== 'Clone' || action.failureDomain === undefined) return true;
  return failureDomains.some(({ name }) => name === action.failureDomain);
}

/**
 * Whether an action may be sent as it was planned. Names were judged when it was planned; since then a person may have
 * changed the rules, or moved or renamed an object. The template's own networks are not in the inventory: see
 * act/template-networks.ts.
 */
export function isStillAllowed(
  action: VCenterAction,
  { metadata }: VmGroup,
  allowed: AllowedPlaces,
  inventory: Inventory,
): boolean {
  switch (action.kind) {
    case 'Clone':
      return isCloneAllowed(action, allowed, inventory);
    case 'CreateFolder':
      // A level of the default folder is made on the way to where the groups' folders may be.
      return (
        action.name !== groupFolderName(metadata.namespace, metadata.name) ||
        isAllowed(action.parent, allowed.folders, inventory)
      );
    default:
      // Machines that exist are looked after, wherever they are.
      return true;
  }
}

/** Only allowed datastores are offered to the choice, right before the clone. */
function isChosenByPolicy({ datastore, storagePolicy }: Clone): boolean {
  return datastore === undefined && storagePolicy !== undefined;
}

function isCloneAllowed(clone: Clone, allowed: AllowedPlaces, inventory: Inventory): boolean {
  const { template, resourcePool, folder, networks } = clone;
  const all = (refs: readonly (ManagedObjectReference | undefined)[], patterns: readonly string[] | undefined) =>
    patterns === undefined ||
    (refs.length > 0 && refs.every((ref) => ref !== undefined && isAllowed(ref, patterns, inventory)));
  return (
    all([template], allowed.templates) &&
    all([resourcePool], allowed.resourcePools) &&
    all([inventory.entity(folder)?.parent], allowed.folders) &&
    (isChosenByPolicy(clone) || all(datastoresOfClone(clone, inventory), allowed.datastores)) &&
    (networks === undefined || all(networks, allowed.networks))
  );
}
