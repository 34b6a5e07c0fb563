/**
 * Names of a group's DRS rules. The configuration of a cluster has no other place for a mark: the name itself says whose a
 * rule is (R1), by a hash of the cluster id and the group's UID that no person writes by chance and no other group has. They
 * are frozen: under other names the rules that exist would be nobody's.
 */
import { hash } from 'node:crypto';
import type { VmGroup } from './vm-group';

/** vSphere names must have fewer than 80 characters. */
const LONGEST_NAME = 79;

type Named = Pick<VmGroup, 'metadata'>;
type Identified = { readonly metadata: Pick<VmGroup['metadata'], 'uid'> };

/** What the names of all rules of the group begin with: vmop., 12 hex digits and a dot. */
export function hostRulePrefix({ metadata }: Identified, clusterId: string): string {
  return `vmop.${hash('sha256', `${clusterId}/${metadata.uid}`).slice(0, 12)}.`;
}

/** Of the rule that keeps the group's machines in one cluster apart. Cut at the end, which is for people. */
export function apartRuleName(group: Named, clusterId: string): string {
  const { namespace, name } = group.metadata;
  return `${hostRulePrefix(group, clusterId)}apart.${namespace}.${name}`.slice(0, LONGEST_NAME);
}

/** What the names of all rules and groups of a group's failure domains begin with. */
export function domainRulePrefix(group: Identified, clusterId: string): string {
  return `${hostRulePrefix(group, clusterId)}domain-`;
}

/** Of the group of machines in one failure domain, and of the rule that keeps them on its hosts. Cut at the end. */
export function domainRuleName(group: Named, clusterId: string, failureDomain: string): string {
  const { namespace, name } = group.metadata;
  const id = hash('sha256', failureDomain).slice(0, 8);
  return `${domainRulePrefix(group, clusterId)}${id}.${failureDomain}.${namespace}.${name}`.slice(0, LONGEST_NAME);
}
