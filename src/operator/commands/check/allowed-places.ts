/** Whether the allow-lists of a VCenter mean what they say: patterns that fit nothing, and defaults that they refuse. */
import { ConditionReason } from '../../../api/reasons';
import { nameList } from '../../../vmgroup/model/name-list';
import { fitsAny } from '../../../vmgroup/model/path-glob';
import { quotedName } from '../../../vmgroup/model/quoted-name';
import type { AllowedPlaces } from '../../../vmgroup/model/tenant-policy';
import { withoutPlacement } from '../../../vmgroup/observe/default-place';
import { withFolderRules } from '../../../vmgroup/observe/folder-rules';
import type { PlacementRules } from '../../../vmgroup/observe/resolution';
import type { Inventory, ManagedEntityType } from '../../../vsphere';
import { type Finding, ok, warning } from './check-steps';

const KINDS = [
  { kind: 'templates', noun: 'template' },
  { kind: 'resourcePools', noun: 'resource pool' },
  { kind: 'folders', noun: 'folder' },
  { kind: 'datastores', noun: 'datastore' },
  { kind: 'networks', noun: 'network' },
] as const satisfies readonly { readonly kind: keyof AllowedPlaces; readonly noun: string }[];

const TYPES: Readonly<Record<Exclude<keyof AllowedPlaces, 'templates'>, readonly ManagedEntityType[]>> = {
  resourcePools: ['ResourcePool', 'VirtualApp'],
  folders: ['Folder'],
  datastores: ['Datastore'],
  networks: ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'],
};

/** One line for each list that is given, and one for each pattern that fits nothing. */
export function checkAllowed(inventory: Inventory, rules: PlacementRules): readonly Finding[] {
  const { allowed, extraConfigKeys, storagePolicies, customizationSpecs, tags, adoptableMachines } = rules.tenants;
  const lists = KINDS.flatMap(({ kind, noun }): readonly Finding[] => {
    const patterns = allowed[kind];
    if (patterns === undefined) return [];
    const field = `spec.allowed.${kind}`;
    if (patterns.length === 0)
      return [
        warning(`${field} is empty: no ${noun} may be used`, 'add a pattern, or leave the list out to allow any'),
      ];
    const paths = [...pathsOf(kind, inventory, rules)];
    const fitting = paths.filter((path) => fitsAny(path, patterns)).length;
    return [
      ...patterns.flatMap((pattern, index) =>
        paths.some((path) => fitsAny(path, [pattern])) ? [] : [fitsNothing(`${field}[${index}]`, pattern, noun, paths)],
      ),
      ok(`${field} allows ${fitting} of ${paths.length} ${noun}${paths.length === 1 ? '' : 's'}`),
    ];
  });
  return [
    ...lists,
    ...policiesOf(storagePolicies),
    ...tagsOf(tags),
    ...keysOf(extraConfigKeys),
    ...specificationsOf(customizationSpecs),
    ...adoptionsOf(adoptableMachines),
    ...refusedDefaults(inventory, rules),
  ];
}

/** The names are looked up with the first group that has a policy. */
function policiesOf(patterns: readonly string[] | undefined): readonly Finding[] {
  if (patterns === undefined) return [];
  const list =
    patterns.length === 0 ? 'no storage policy' : `the storage policies ${nameList(patterns.map(quotedName))}`;
  return [ok(`spec.allowed.storagePolicies allows ${list} in spec.placement.storagePolicy`)];
}

/** Tags need a login of their own, which a check does not make: no pattern is known to fit nothing. */
function tagsOf(patterns: readonly string[] | undefined): readonly Finding[] {
  if (patterns === undefined) return [];
  const list = patterns.length === 0 ? 'no tag' : `the tags ${nameList(patterns.map(quotedName))}`;
  return [ok(`spec.allowed.tags allows ${list} in spec.tags`)];
}

/** Of keys vCenter has no list, so no pattern is known to fit nothing but those for what no group may set. */
function keysOf(patterns: readonly string[] | undefined): readonly Finding[] {
  if (patterns === undefined) return [];
  const field = 'spec.allowed.extraConfigKeys';
  const useless = patterns.flatMap((pattern, index) =>
    /^(guestinfo|codeconnect)\./i.test(pattern)
      ? [warning(`${field}[${index}] is ${quotedName(pattern)}: no group may set such a key`, 'take it out')]
      : [],
  );
  const list = patterns.length === 0 ? 'no key' : `the keys ${nameList(patterns.map(quotedName))}`;
  return [...useless, ok(`${field} allows ${list} in spec.extraConfig`)];
}

/** They are not in the inventory, and the privilege to read them is not needed by who uses none. */
function specificationsOf(patterns: readonly string[] | undefined): readonly Finding[] {
  if (patterns === undefined) return [];
  const list = patterns.length === 0 ? 'none' : nameList(patterns.map(quotedName));
  return [ok(`spec.allowed.customizationSpecs allows ${list} in spec.guest.customizationSpec.name`)];
}

/** With `$(namespace)` a pattern is another one for each namespace, so none is known to fit nothing. */
function adoptionsOf(patterns: readonly string[] | undefined): readonly Finding[] {
  if (patterns === undefined) return [];
  const list = patterns.length === 0 ? 'no machine' : `the machines ${nameList(patterns.map(quotedName))}`;
  return [ok(`spec.allowed.adoptableMachines allows ${list} in spec.adopt`)];
}

function fitsNothing(field: string, pattern: string, noun: string, [example]: readonly string[]): Finding {
  const remedy = 'correct the pattern, or take it out';
  return warning(
    `${field} is ${quotedName(pattern)}: no ${noun} has such a path`,
    example === undefined ? remedy : `${remedy}; a path is written as ${example}`,
  );
}

/** The folder of groups that name none counts, though it is made with the first group. */
function* pathsOf(kind: keyof AllowedPlaces, inventory: Inventory, rules: PlacementRules): Iterable<string> {
  if (kind === 'templates') {
    for (const { ref, isTemplate } of inventory.virtualMachines())
      if (isTemplate || rules.tenants.allowMachineSources) yield inventory.pathOf(ref);
    return;
  }
  for (const { ref } of inventory.entitiesOfType(TYPES[kind])) yield inventory.pathOf(ref);
  if (kind !== 'folders') return;
  for (const { placement } of withoutPlacement(inventory, rules)) {
    const { parentFolder } = placement;
    if (parentFolder?.kind === 'Missing') yield `${inventory.pathOf(parentFolder.within)}/${parentFolder.name}`;
  }
}

/** What groups leave out is judged too. The same sentence comes from each datacenter that lacks the place. */
function refusedDefaults(inventory: Inventory, rules: PlacementRules): readonly Finding[] {
  const refused = withoutPlacement(inventory, rules).flatMap(({ spec, placement }) => {
    const judged = withFolderRules({ spec, placement, folder: { kind: 'Missing' }, inventory, rules });
    return judged.problems.filter(({ reason }) => reason === ConditionReason.NotAllowed);
  });
  const messages = [...new Set(refused.map(({ message }) => message))];
  return messages.map((message) => warning(`a group that names no place of its own is refused: ${message}`));
}
