/** What all names of a spec have in common when they are resolved: the input, and the problems that are found. */
import { ConditionReason } from '../../api/reasons';
import type { VmGroupSpec } from '../../api/vm-group';
import type { Inventory, Lookup, ManagedEntity, ManagedObjectReference } from '../../vsphere/port';
import type { PlacementProblem } from '../model/placement';
import { quotedName, slashMistake } from '../model/quoted-name';
import type { FailureDomain, PlacementDefaults, TenantPolicy } from '../model/tenant-policy';

/** What decides, besides the spec, where a group's machines may be. */
export interface PlacementRules {
  readonly clusterId: string;
  /** Path of the folder that holds the groups' folders, below the VM folder; with the variable `$(cluster)`. */
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
  /** Whether it is known as the own folder of another group of this cluster. Absent where the groups are not known. */
  readonly isFolderOfAnother?: ((folder: ManagedObjectReference) => boolean) | undefined;
}

/** A group as far as its names are resolved. */
export interface PlacedGroup {
  readonly spec: VmGroupSpec;
  readonly namespace: string;
  /** Undefined for a manifest that is not stored. */
  readonly uid: string | undefined;
  /** Its own folder, if there is one already: it goes on in the datacenter of that, whatever the default is by now. */
  readonly folder?: ManagedObjectReference | undefined;
}

/** The input of all resolve functions. Each adds the problems that it finds to `problems`. */
export interface Resolution extends PlacedGroup {
  readonly rules: PlacementRules;
  readonly inventory: Inventory;
  readonly problems: PlacementProblem[];
  /** The failure domain that the names are resolved for. */
  readonly domain?: FailureDomain;
}

/** The same, with the datacenter: all other names are searched in it. */
export interface InDatacenter extends Resolution {
  readonly datacenter: ManagedEntity;
}

/** What a name stands for: its noun in messages, the field of the spec, and the reason when it is not found. */
export interface Wanted {
  readonly noun: string;
  readonly field: string;
  readonly notFound: ConditionReason;
  /** As of NamedBy. */
  readonly instead?: string | undefined;
}

/** A name, and the field that gives it. */
export interface NamedBy {
  readonly name: string;
  readonly field: string;
  /** The field of the spec that takes the place of a default. */
  readonly instead?: string;
}

/** What the spec gives for a field of its placement, else what the failure domain gives. */
export function fromSpec(field: keyof PlacementDefaults, { spec, domain, rules }: Resolution): NamedBy | undefined {
  const name = spec.placement?.[field];
  if (name !== undefined) return { name, field: `spec.placement.${field}` };
  const inDomain =
    domain === undefined || field === 'datacenter' || field === 'storagePolicy' ? undefined : domain[field];
  if (domain === undefined || inDomain === undefined) return undefined;
  return { name: inDomain, field: `spec.failureDomains[${domain.name}].${field} of ${rules.tenants.source}` };
}

/** What an administrator gives for it. A problem with it is not the author's. */
export function fromDefaults(field: keyof PlacementDefaults, { rules }: Resolution): NamedBy | undefined {
  const { defaults, source } = rules.tenants;
  const name = defaults[field];
  if (name === undefined) return undefined;
  return { name, field: `spec.defaults.placement.${field} of ${source}`, instead: `spec.placement.${field}` };
}

export function expectOne(
  found: Lookup<ManagedEntity>,
  wanted: string,
  about: Wanted,
  problems: PlacementProblem[],
): ManagedEntity | undefined {
  const { noun, field, notFound, instead } = about;
  switch (found.kind) {
    case 'Found':
      return found.object;
    case 'NotFound':
      problems.push({
        reason: notFound,
        field,
        message: `${noun} ${quotedName(wanted)} was not found${slashMistake(wanted)}: correct ${field},${instead === undefined ? '' : ` set ${instead},`} or create it`,
      });
      return undefined;
    case 'Ambiguous':
      problems.push(ambiguous(wanted, about, found.candidatePaths));
      return undefined;
  }
}

/** For a name that the spec leaves out: takes the only entity there is. */
export function expectOnly({
  all,
  where,
  about: { noun, field, notFound },
  inventory,
  problems,
}: {
  readonly all: readonly ManagedEntity[];
  readonly where: string;
  readonly about: Wanted;
} & Pick<Resolution, 'inventory' | 'problems'>): ManagedEntity | undefined {
  const [only, ...others] = all;
  if (only === undefined) {
    problems.push({
      reason: notFound,
      field,
      message: `${where} shows no ${noun}: create one, or give the operator's account the privilege to see it`,
    });
    return undefined;
  }
  if (others.length > 0) {
    const paths = pathsOf(all, inventory);
    problems.push({
      reason: ConditionReason.Ambiguous,
      field,
      message: `${where} has ${all.length} ${noun}s: set ${field} to one of ${listed(paths)}`,
    });
    return undefined;
  }
  return only;
}

export function ambiguous(
  wanted: string,
  { noun, field }: Omit<Wanted, 'notFound'>,
  paths: readonly string[],
): PlacementProblem {
  return {
    reason: ConditionReason.Ambiguous,
    field,
    message: `${noun} ${quotedName(wanted)} is ambiguous: set ${field} to one of the paths ${listed([...paths].sort())}`,
  };
}

export function pathsOf(
  objects: readonly { readonly ref: ManagedObjectReference }[],
  inventory: Inventory,
): readonly string[] {
  return objects.map(({ ref }) => inventory.pathOf(ref)).sort();
}

export function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
