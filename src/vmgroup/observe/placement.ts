import { readOwnership } from '../../api/ownership';
import { ConditionReason } from '../../api/reasons';
import { type RepeatedAddress, repeatedAddress } from '../../api/static-addresses';
import type {
  Inventory,
  Lookup,
  ManagedEntity,
  ManagedEntityType,
  ManagedObjectReference,
  VirtualMachine,
} from '../../vsphere/port';
import { customizationProblems } from '../model/customization';
import { extraConfigProblems } from '../model/extra-config';
import { datacenterOf } from '../model/lineage';
import type { Placement, PlacementProblem } from '../model/placement';
import { quotedName, slashMistake } from '../model/quoted-name';
import { tagProblems } from '../model/tags';
import { whyNotAllowed } from './allow-list';
import { resolveDatastore } from './datastore';
import { domainNamesOf, problemsOfAll, resolveDomains, unresolvedDomains } from './failure-domains';
import { resolveFolder } from './parent-folder';
import {
  ambiguous,
  expectOne,
  expectOnly,
  fromDefaults,
  fromSpec,
  type InDatacenter,
  type PlacedGroup,
  type PlacementRules,
  type Resolution,
} from './resolution';
import { resolvePool } from './resource-pool';
import { resolveStoragePolicy } from './storage-policy';

const NETWORK: readonly ManagedEntityType[] = ['Network', 'DistributedVirtualPortgroup', 'OpaqueNetwork'];

/**
 * Resolves all names of a spec against the inventory, within what the rules allow to its namespace (R15). Pure and without
 * I/O, so a change in vCenter counts at once. Where the group's own folder may be, withFolderRules says.
 */
export function resolvePlacement(group: PlacedGroup, inventory: Inventory, rules: PlacementRules): Placement {
  const resolution: Resolution = {
    ...{ ...group, rules, inventory },
    problems: [extraConfigProblems, customizationProblems, tagProblems].flatMap((of) => of(group.spec, rules.tenants)),
  };
  const { problems } = resolution;
  const login = rules.tenants.tagsNeedPassword ? { tagsNeedPassword: true as const } : {};
  const datacenter = resolveDatacenter(resolution);
  const names = domainNamesOf(group, rules.tenants);
  if (datacenter === undefined)
    return { problems, ...login, ...(names && { domains: unresolvedDomains(names, rules.tenants) }) };
  const here = { ...resolution, datacenter };
  const folders = resolveFolder(here);
  const resourcePool = names === undefined ? resolvePool(here) : undefined;
  const datastore = names === undefined ? resolveDatastore(here) : undefined;
  const storagePolicy = resolveStoragePolicy(here);
  const networks = resolveNetworks(here);
  const template = resolveTemplate(here);
  const named = {
    datacenter,
    problems,
    ...login,
    ...folders,
    ...(resourcePool && { resourcePool }),
    ...(datastore && { datastore }),
    ...(storagePolicy && { storagePolicy }),
    ...(networks && { networks }),
    ...(template && { template }),
    ...(isJudgedByPath(rules) && { isJudgedByPath: true as const }),
  };
  const domains = names && resolveDomains(names, named, here, resolveDatastore);
  const placement = domains === undefined ? named : { ...named, domains };
  const ofDomains = domains === undefined ? [] : problemsOfAll(domains);
  return { ...placement, problems: [...problems, ...ofDomains, ...whyNotAllowed(placement, here)] };
}

function isJudgedByPath({ tenants }: PlacementRules): boolean {
  return Object.values(tenants.allowed).some((patterns) => patterns !== undefined);
}

function resolveDatacenter(resolution: Resolution): ManagedEntity | undefined {
  const { inventory, problems, folder } = resolution;
  const own = fromSpec('datacenter', resolution);
  // A machine is cloned to a folder of the same datacenter only.
  const settled = own === undefined && folder !== undefined ? datacenterOf(folder, inventory) : undefined;
  if (settled !== undefined) return settled;
  const wanted = own ?? fromDefaults('datacenter', resolution);
  const about = {
    noun: 'datacenter',
    field: wanted?.field ?? 'spec.placement.datacenter',
    notFound: ConditionReason.DatacenterNotFound,
    instead: wanted?.instead,
  };
  if (wanted !== undefined)
    return expectOne(inventory.findEntity(['Datacenter'], wanted.name), wanted.name, about, problems);
  const all = inventory.entitiesOfType(['Datacenter']);
  return expectOnly({ all, where: 'the vCenter', about, inventory, problems });
}

/** All networks or none: a machine with only some of its adapters connected would be of no use. */
function resolveNetworks({
  spec,
  inventory,
  datacenter,
  problems,
}: InDatacenter): readonly ManagedObjectReference[] | undefined {
  if (!spec.networks?.length) return undefined;
  const twice = repeatedAddress(spec);
  if (twice !== undefined) problems.push(addressProblem(twice));
  const found = spec.networks.map(({ name, network }) => {
    const about = {
      noun: 'network',
      field: `spec.networks[${name}].network`,
      notFound: ConditionReason.NetworkNotFound,
    };
    return expectOne(inventory.findEntity(NETWORK, network, datacenter.ref), network, about, problems);
  });
  const refs = found.flatMap((entity) => (entity === undefined ? [] : [entity.ref]));
  return refs.length === spec.networks.length ? refs : undefined;
}

function addressProblem({ network, first, second, address }: RepeatedAddress): PlacementProblem {
  const field = `spec.networks[${network}].addresses`;
  return {
    reason: ConditionReason.AddressRepeated,
    field,
    message: `${field}[${second}] is ${quotedName(address)}, the address of entry ${first}: give each replica an address of its own`,
  };
}

function resolveTemplate({ spec, inventory, datacenter, problems, rules }: InDatacenter): Placement['template'] {
  const field = 'spec.template';
  const found: Lookup<VirtualMachine> = inventory.findVirtualMachine(spec.template, datacenter.ref);
  switch (found.kind) {
    case 'Found': {
      const refusal = whyNoSource(found.object, spec.template, rules);
      if (refusal === undefined) return { ref: found.object.ref, path: found.path };
      problems.push({ ...refusal, field });
      return undefined;
    }
    case 'NotFound':
      problems.push({
        reason: ConditionReason.TemplateNotFound,
        field,
        message: `template ${quotedName(spec.template)} was not found in datacenter ${datacenter.name}${slashMistake(spec.template)}: correct ${field}, or create a template of that name`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(spec.template, { noun: 'template', field }, found.candidatePaths));
      return undefined;
  }
}

/** R15: a clone of a machine gives its disks, with all that is on them, to the author of the group. */
function whyNoSource(
  source: VirtualMachine,
  wanted: string,
  { tenants }: PlacementRules,
): { readonly reason: ConditionReason; readonly message: string } | undefined {
  const owner = readOwnership(source);
  if (owner !== undefined) {
    const remedy = tenants.allowMachineSources ? 'a template or to a machine that no group owns' : 'a template';
    const message = `template ${quotedName(wanted)} is a replica of VmGroup ${owner.group}: set spec.template to ${remedy}`;
    return { reason: ConditionReason.TemplateNotFound, message };
  }
  if (source.isTemplate || tenants.allowMachineSources) return undefined;
  const why = source.unreadable
    ? 'is not known to be a template, since vCenter does not tell its configuration, and the disks of a machine are not copied'
    : 'is a machine and no template, and the disks of a machine are not copied';
  const message = `template ${quotedName(wanted)} ${why}: set spec.template to a template, or have an administrator start the operator with --allow-machine-sources`;
  return { reason: ConditionReason.NotAllowed, message };
}
