/** The storage policy of a group: its name, whether it is allowed (R15), and whether vCenter is known to have it. */
import { escapedName } from '../../api/escaped-name';
import type { ManagedObjectReference } from '../../vsphere/port';
import { refusalBy, remedyBy } from './allow-list-refusal';
import { fitsAny } from './path-glob';
import { quotedName } from './quoted-name';
import type { TenantPolicy } from './tenant-policy';

/** Inventory and stream do not have storage policies, so their names are looked up before a machine is made. */
export interface NamedPolicy {
  readonly name: string;
  /** The field that names it. */
  readonly field: string;
  /** A live read has found one policy of that name. */
  readonly isFound?: true;
}

/** The policy for which no machine is made, since nobody has seen yet whether vCenter has it, or since it has not. */
export function policyWaitedFor({ storagePolicy }: { readonly storagePolicy?: NamedPolicy }): NamedPolicy | undefined {
  return storagePolicy?.isFound === true ? undefined : storagePolicy;
}

type Rules = Pick<TenantPolicy, 'source' | 'storagePolicies'>;

/** What a look for the policy, and its fault, are about. No object of vCenter has such a reference. */
export function policySubject(name: string): ManagedObjectReference {
  return { type: 'StoragePolicy', value: name };
}

/** A policy lies in no folder: what looks like a slash of a path, in its name or in a pattern, is one of the name. */
function isAmong(name: string, patterns: readonly string[]): boolean {
  return fitsAny(
    escapedName(name),
    patterns.map((pattern) => pattern.replace(/%(?!25|2f|5c)|[/\\]/gi, escapedName)),
  );
}

/** Undefined where the policy may be used. */
export function whyPolicyRefused({ name, field }: NamedPolicy, rules: Rules): string | undefined {
  const { storagePolicies: patterns } = rules;
  if (patterns === undefined || isAmong(name, patterns)) return undefined;
  const own = patterns.length === 0 ? `take ${field} out` : `set ${field} to one of these`;
  return `storage policy ${quotedName(name)} ${refusalBy(rules, patterns)}: ${own}, or ${remedyBy(rules, 'storagePolicies')}`;
}
