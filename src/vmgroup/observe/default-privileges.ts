/** Which privileges groups need that name no place of their own. */
import { ConditionReason } from '../../api/reasons';
import type { VmGroupSpec } from '../../api/vm-group';
import type { Inventory } from '../../vsphere/port';
import { defaultPlaces } from '../model/default-places';
import type { Placement } from '../model/placement';
import { merged, type PrivilegeNeed, privilegeNeeds } from '../model/required-privileges';
import type { PlacementDefaults } from '../model/tenant-policy';
import { ofNoNamespace, withoutPlacement } from './default-place';
import { withFolderRules } from './folder-rules';
import type { PlacementRules } from './resolution';

/**
 * What is needed on the objects that a group without placement would use: in the default datacenter, or in each that is
 * visible. `places` are further defaults to judge by; default: those of the rules, and each failure domain. Left out are
 * places that the allow-lists refuse, for no group gets there, and what each namespace has of its own. The template is not
 * known.
 */
export function defaultPrivilegeNeeds(
  inventory: Inventory,
  rules: PlacementRules,
  places: readonly PlacementDefaults[] = defaultPlaces(rules.tenants),
): readonly PrivilegeNeed[] {
  const needs = places.flatMap((defaults) => {
    const placed = { ...rules, tenants: { ...rules.tenants, defaults } };
    return withoutPlacement(inventory, placed).flatMap((group) => needsOf(group, inventory, placed));
  });
  return merged(needs);
}

function needsOf(
  { spec, placement: names }: { readonly spec: VmGroupSpec; readonly placement: Placement },
  inventory: Inventory,
  rules: PlacementRules,
): readonly PrivilegeNeed[] {
  const { namespaceFolder, namespacePools } = rules.tenants;
  const shared = { ...rules, tenants: ofNoNamespace(rules.tenants) };
  const question = { spec, placement: names, folder: { kind: 'Missing' }, inventory, rules: shared } as const;
  const { parentFolder, resourcePool, datastore, datacenter, storagePolicy, problems } = withFolderRules(question);
  if (problems.some(({ reason }) => reason === ConditionReason.NotAllowed)) return [];
  const placement: Placement = {
    problems,
    ...(parentFolder && namespaceFolder === undefined && { parentFolder }),
    ...(resourcePool && namespacePools.length === 0 && { resourcePool }),
    ...(datastore && { datastore }),
    ...(datacenter && { datacenter }),
    ...(storagePolicy && { storagePolicy }),
  };
  return privilegeNeeds({ spec, placement, source: undefined }, inventory);
}
