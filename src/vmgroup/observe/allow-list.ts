/**
 * What an administrator's allow-lists say of the objects that a group's names were resolved to (R15). Objects that the spec
 * leaves out are judged like those that it names: the root pool of a cluster, a default, the datastores of the template.
 */
import { ConditionReason } from '../../api/reasons';
import type { ManagedObjectReference } from '../../vsphere/port';
import { refusalBy, remedyBy } from '../model/allow-list-refusal';
import { datastoresOfClone, isAllowed } from '../model/allowed-places';
import { datastoresIn } from '../model/datastore-members';
import { nameList } from '../model/name-list';
import type { Placement, PlacementProblem } from '../model/placement';
import { quotedName } from '../model/quoted-name';
import type { AllowedPlaces, TenantPolicy } from '../model/tenant-policy';
import { fromDefaults, fromSpec, type InDatacenter } from './resolution';

const POOL = 'spec.placement.resourcePool';
const DATASTORE = 'spec.placement.datastore';

/**
 * The problems with the objects of a placement but its folder: that is judged once the group's own folder is known. Pools and
 * datastores of failure domains are judged for each (whyPlaceNotAllowed).
 */
export function whyNotAllowed(placement: Placement, resolution: InDatacenter): readonly PlacementProblem[] {
  return [
    ...refusedTemplate(placement, resolution),
    ...(placement.domains === undefined ? whyPlaceNotAllowed(placement, resolution) : []),
    ...refusedNetworks(placement, resolution),
  ];
}

/** The problems with the pool and the datastores of a place. */
export function whyPlaceNotAllowed(placement: Placement, resolution: InDatacenter): readonly PlacementProblem[] {
  return [...refusedPool(placement, resolution), ...refusedDatastores(placement, resolution)];
}

export interface Refused {
  readonly kind: keyof AllowedPlaces;
  /** The object with its path, and how it comes in where the spec does not name it. */
  readonly what: string;
  readonly field: string;
  /** What the author of the group does where anything is allowed, such as `set spec.template to one of these`. */
  readonly remedy: string;
}

export function refusal({ kind, what, field, remedy }: Refused, tenants: TenantPolicy): PlacementProblem {
  const patterns = tenants.allowed[kind] ?? [];
  const own = patterns.length === 0 ? '' : `${remedy}, or `;
  const message = `${what} ${refusalBy(tenants, patterns)}: ${own}${remedyBy(tenants, kind)}`;
  return { reason: ConditionReason.NotAllowed, field, message };
}

function refusedTemplate({ template }: Placement, { rules, inventory }: InDatacenter): readonly PlacementProblem[] {
  const { tenants } = rules;
  if (template === undefined || isAllowed(template.ref, tenants.allowed.templates, inventory)) return [];
  const what = `template ${inventory.pathOf(template.ref)}`;
  const remedy = 'set spec.template to one of these';
  return [refusal({ kind: 'templates', what, field: 'spec.template', remedy }, tenants)];
}

function refusedPool({ resourcePool }: Placement, resolution: InDatacenter): readonly PlacementProblem[] {
  const { inventory, rules } = resolution;
  const { tenants } = rules;
  if (resourcePool === undefined || isAllowed(resourcePool, tenants.allowed.resourcePools, inventory)) return [];
  const isNamed = fromSpec('resourcePool', resolution) !== undefined;
  const isCluster = fromSpec('cluster', resolution) !== undefined;
  const given = isNamed || isCluster ? undefined : fromDefaults('resourcePool', resolution);
  const what = `resource pool ${inventory.pathOf(resourcePool)}${isNamed ? '' : notGiven(POOL)}`;
  const remedy = `set ${POOL} to one of these`;
  return [refusal({ kind: 'resourcePools', what, field: given?.field ?? POOL, remedy }, tenants)];
}

function refusedDatastores(placement: Placement, resolution: InDatacenter): readonly PlacementProblem[] {
  const { inventory, rules } = resolution;
  const { datastore, template } = placement;
  const { tenants } = rules;
  const patterns = tenants.allowed.datastores;
  if (patterns === undefined || (datastore === undefined && template === undefined)) return [];
  // One that is allowed, and fits the policy, is chosen for each clone.
  if (datastore === undefined && placement.storagePolicy !== undefined) return [];
  const remedy = `set ${DATASTORE} to one of these`;
  const refuse = (what: string, field: string) => [refusal({ kind: 'datastores', what, field, remedy }, tenants)];
  const pathOf = (ref: ManagedObjectReference) => inventory.pathOf(ref);
  if (datastore !== undefined) {
    // Any datastore of a cluster may be chosen, so all of them must be allowed.
    const refused = datastoresIn(datastore, inventory).filter((ref) => !isAllowed(ref, patterns, inventory));
    if (refused.length === 0) return [];
    const kind = datastore.type === 'StoragePod' ? 'datastoreCluster' : 'datastore';
    const isNamed = fromSpec(kind, resolution) !== undefined;
    const field = (isNamed ? undefined : fromDefaults(kind, resolution)?.field) ?? `spec.placement.${kind}`;
    const within = kind === 'datastore' ? '' : ` of datastore cluster ${pathOf(datastore)}`;
    return refuse(`datastore ${nameList(refused.map(pathOf))}${within}${isNamed ? '' : notGiven(DATASTORE)}`, field);
  }
  const datastores = template === undefined ? [] : datastoresOfClone({ template: template.ref }, inventory);
  if (datastores.length === 0) return [untold(placement, tenants, patterns)];
  const refused = datastores.filter((ref) => !isAllowed(ref, patterns, inventory));
  if (refused.length === 0) return [];
  return refuse(
    `datastore ${nameList(refused.map(pathOf))} of template ${template?.path}${notGiven(DATASTORE)}`,
    DATASTORE,
  );
}

/** What vCenter does not tell may be anything. */
function untold({ template }: Placement, { source }: TenantPolicy, patterns: readonly string[]): PlacementProblem {
  const allowed = patterns.length === 0 ? 'none' : `only ${nameList(patterns.map(quotedName))}`;
  return {
    reason: ConditionReason.NotAllowed,
    field: DATASTORE,
    message: `vCenter does not tell the datastore of template ${template?.path}, and ${source} allows ${allowed}: set ${DATASTORE}, or give the operator's account the privilege System.Read on the template`,
  };
}

function refusedNetworks(
  { networks = [] }: Placement,
  { spec, rules, inventory }: InDatacenter,
): readonly PlacementProblem[] {
  const { tenants } = rules;
  return networks.flatMap((network, index) => {
    if (isAllowed(network, tenants.allowed.networks, inventory)) return [];
    const field = `spec.networks[${spec.networks?.[index]?.name}].network`;
    const what = `network ${inventory.pathOf(network)}`;
    return [refusal({ kind: 'networks', what, field, remedy: `set ${field} to one of these` }, tenants)];
  });
}

function notGiven(field: string): string {
  return ` (${field} is not given)`;
}
