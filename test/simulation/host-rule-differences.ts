/** What differs from the right DRS rule and group of machines of a failure domain that has a host group. */
import { domainRuleName } from '../../src/api/host-rule-name';
import type { VCenterSpecFailureDomain } from '../../src/api/vcenter';
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine } from '../fakes/vcenter';
import type { ModelEntry } from '../fakes/vcenter/cluster-rules';

export interface WantedHostRule {
  readonly name: string;
  readonly hostGroup: string;
  readonly machines: readonly string[];
  /** Machines that are in none of the domains, as where a domain is another place since: they stay where they are. */
  readonly mayStay: ReadonlySet<string>;
}

/** Where two domains have one pool, only the status tells which one a machine is in. */
export function wantedHostRules(
  group: VmGroup,
  clusterId: string,
  machines: readonly ModelMachine[],
  zones: readonly VCenterSpecFailureDomain[],
): readonly WantedHostRule[] {
  const ids = new Set(machines.map(({ ref }) => ref.value));
  const mayStay = inNoDomain(group, ids);
  return zones.flatMap(({ name, hostGroup }) => {
    const there = (group.status?.replicas ?? []).flatMap(({ moRef, failureDomain }) =>
      failureDomain === name && moRef !== undefined && ids.has(moRef) ? [moRef] : [],
    );
    if (hostGroup === undefined || there.length === 0) return [];
    return [{ name: domainRuleName(group, clusterId, name), hostGroup, machines: there.sort(), mayStay }];
  });
}

/** References of those of the machines that are in no failure domain, as the status tells. */
export function inNoDomain({ status }: VmGroup, ids: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    (status?.replicas ?? []).flatMap(({ moRef, failureDomain }) =>
      failureDomain === undefined && moRef !== undefined && ids.has(moRef) ? [moRef] : [],
    ),
  );
}

export function whyNotHostRule(
  { name, hostGroup, machines, mayStay }: WantedHostRule,
  rules: readonly ModelEntry[],
  groups: readonly ModelEntry[],
): string | undefined {
  const has = (groups.find((candidate) => candidate.name === name)?.vm ?? [])
    .map(({ value }) => value)
    .filter((value) => machines.includes(value) || !mayStay.has(value))
    .sort();
  if (has.join() !== machines.join()) return `the DRS group ${name} has ${has.join()}, and not ${machines.join()}`;
  const rule = rules.find((candidate) => candidate.name === name);
  const isRight =
    rule?.enabled === true &&
    rule.mandatory === false &&
    rule.vmGroupName === name &&
    rule.affineHostGroupName === hostGroup;
  return isRight ? undefined : `the DRS rule ${name} does not keep its group on ${hostGroup}: ${JSON.stringify(rule)}`;
}
