/** Which privileges groups need that name no place of their own. */
import { ConditionReason } from '../../api/reasons';
import type { VmGroupSpec } from '../../api/vm-group';
import type { Inventory } from '../../vsphere/port';
import type { Placement } from '../model/placement';
import { merged, type PrivilegeNeed, privilegeNeeds } from '../model/required-privileges';
import type { PlacementDefaults } from '../model/tenant-policy';
import { withFolderRules } from './folder-rules';
import { resolvePlacement } from './placement';
import type { PlacementRules } from './resolution';

/**
 * What is needed on the objects that a group without placement would use: in the default datacenter, or in each that is
 * visible. `places` are further defaults to judge by, such as failure domains; default: those of the rules. Left out are
 * places that the allow-lists refuse, for no group gets there, and what each namespace has of its own. The template is not
 * known.
 */
export function defaultPrivilegeNeeds(
  inventory: Inventory,
  rules: PlacementRules,
  places: readonly PlacementDefaults[] = [rules.tenants.defaults],
): readonly PrivilegeNeed[] {
  const needs = places.flatMap((defaults) => {
    const tenants = { ...rules.tenants, defaults };
    return specsFor(defaults, inventory).flatMap((spec) => needsOf(spec, inventory, { ...rules, tenants }));
  });
  return merged(needs);
}

function specsFor({ datacenter }: PlacementDefaults, inventory: Inventory): readonly VmGroupSpec[] {
  if (datacenter !== undefined) return [NAMELESS];
  const all = inventory.entitiesOfType(['Datacenter']);
  return all.map(({ ref }) => ({ ...NAMELESS, placement: { datacenter: inventory.pathOf(ref) } }));
}

function needsOf(spec: VmGroupSpec, inventory: Inventory, rules: PlacementRules): readonly PrivilegeNeed[] {
  const { namespaceFolder, namespacePools } = rules.tenants;
  const shared = { ...rules, tenants: { ...rules.tenants, namespaceFolder: undefined, namespacePools: [] } };
  const names = resolvePlacement({ spec, namespace: '', uid: undefined }, inventory, shared);
  const question = { spec, placement: names, folder: { kind: 'Missing' }, inventory, rules: shared } as const;
  const { parentFolder, resourcePool, datastore, problems } = withFolderRules(question);
  if (problems.some(({ reason }) => reason === ConditionReason.NotAllowed)) return [];
  const placement: Placement = {
    problems,
    ...(parentFolder && namespaceFolder === undefined && { parentFolder }),
    ...(resourcePool && namespacePools.length === 0 && { resourcePool }),
    ...(datastore && { datastore }),
  };
  return privilegeNeeds({ spec, placement, source: undefined }, inventory);
}

/** Only its placement is looked at. */
const NAMELESS: VmGroupSpec = {
  ...{ cpu: 1, memory: 1, replicas: 0, template: '' },
  ...{ powerState: 'PoweredOn', deletionPolicy: 'Delete', paused: false },
  ...{ minReadySeconds: 0, progressDeadlineSeconds: 1 },
};
