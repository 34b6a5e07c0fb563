/** The failure domains that a group is spread over, and what their names stand for. */
import { ConditionReason } from '../../api/reasons';
import type { ManagedObjectReference } from '../../vsphere/port';
import type { DomainPlacement, Placement, PlacementProblem } from '../model/placement';
import type { FailureDomain, TenantPolicy } from '../model/tenant-policy';
import { whyPlaceNotAllowed } from './allow-list';
import { type InDatacenter, listed, type PlacedGroup } from './resolution';
import { resolvePool } from './resource-pool';

/**
 * The names of a group's failure domains; undefined if it uses none. Those of its list; else all of the VCenter, unless the
 * group names a cluster or pool: it then has a place of its own, as it had before the VCenter got its first domain.
 */
export function domainNamesOf(
  { spec }: Pick<PlacedGroup, 'spec'>,
  { failureDomains = [] }: TenantPolicy,
): readonly string[] | undefined {
  const { failureDomains: own, cluster, resourcePool } = spec.placement ?? {};
  if (own !== undefined) return own;
  if (cluster !== undefined || resourcePool !== undefined || failureDomains.length === 0) return undefined;
  return failureDomains.map(({ name }) => name);
}

/** While nothing can be resolved: which domains the group has is known all the same, and which of them have a host group. */
export function unresolvedDomains(
  names: readonly string[],
  { failureDomains = [] }: TenantPolicy,
): readonly DomainPlacement[] {
  const hostGroups = new Map(failureDomains.map(({ name, hostGroup }) => [name, hostGroup]));
  return names.map((name) => ({ name, ...withHostGroup(hostGroups.get(name)), problems: [] }));
}

/** It is no name of the inventory: a domain has it also while its place is not found, so that its DRS rules stay. */
function withHostGroup(hostGroup: string | undefined): Pick<DomainPlacement, 'hostGroup'> {
  return hostGroup === undefined || hostGroup === '' ? {} : { hostGroup };
}

/**
 * What each domain stands for, within what the rules allow (R15). A problem with one is its own (R14): the others go on.
 * `placement`: what else the spec names.
 */
export function resolveDomains(
  names: readonly string[],
  placement: Placement,
  resolution: InDatacenter,
  resolveDatastore: (resolution: InDatacenter) => ManagedObjectReference | undefined,
): readonly DomainPlacement[] {
  const { failureDomains = [] } = resolution.rules.tenants;
  const known = new Map(failureDomains.map((domain) => [domain.name, domain]));
  return names.map((name) => {
    const domain = known.get(name);
    if (domain === undefined) return { name, problems: [unknownDomain(name, resolution)] };
    const problems: PlacementProblem[] = [];
    const here = { ...resolution, domain, problems };
    const resourcePool = resolvePool(here);
    const datastore = resolveDatastore(here);
    const place = { ...(resourcePool && { resourcePool }), ...(datastore && { datastore }) };
    const refused = whyPlaceNotAllowed({ ...placement, ...place }, here);
    const told = [...problems, ...refused].map((problem) => about(domain, problem));
    return { name, ...(told.length === 0 && place), ...withHostGroup(domain.hostGroup), problems: told };
  });
}

/** What prevents any replica, if no domain can be used. */
export function problemsOfAll(domains: readonly DomainPlacement[]): readonly PlacementProblem[] {
  return domains.some(({ problems }) => problems.length === 0) ? [] : domains.flatMap(({ problems }) => problems);
}

function about({ name }: FailureDomain, problem: PlacementProblem): PlacementProblem {
  return { ...problem, message: `failure domain "${name}": ${problem.message}` };
}

function unknownDomain(name: string, { rules }: InDatacenter): PlacementProblem {
  const field = 'spec.placement.failureDomains';
  const { source, failureDomains = [] } = rules.tenants;
  const has = failureDomains.length === 0 ? 'none' : listed(failureDomains.map((domain) => domain.name));
  return {
    reason: ConditionReason.FailureDomainUnknown,
    field,
    message: `failure domain "${name}" is not known: ${source} has ${has}; correct ${field}, or have an administrator add it to spec.failureDomains`,
  };
}
