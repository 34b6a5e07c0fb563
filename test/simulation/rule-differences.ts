/** What differs from the right DRS rules of all groups. */
import { apartRuleName, hostRulePrefix } from '../../src/api/host-rule-name';
import type { VmGroup } from '../../src/api/vm-group';
import { LANDMARK, type ModelMachine, type VCenterModel } from '../fakes/vcenter';
import type { ModelEntry } from '../fakes/vcenter/cluster-rules';
import { machinesOf } from './group-differences';

/** The groups of one cluster. */
export interface RuleSite {
  readonly clusterId: string;
  readonly groups: readonly VmGroup[];
  /** Whether a rule with this prefix may be left: of a group that is gone, or of which a restored status does not tell. */
  readonly mayBeLeft: (prefix: string) => boolean;
}

export function ruleDifferences(vcenter: VCenterModel, sites: readonly RuleSite[]): readonly string[] {
  const rules = vcenter.compute.rules.rulesOf(LANDMARK.cluster);
  const differences: string[] = [];
  const wanted = new Set<string>();
  for (const { clusterId, groups } of sites)
    for (const group of groups) {
      const name = apartRuleName(group, clusterId);
      const own = idsOf(machinesOf(group, { machines: vcenter.machines, clusterId }));
      if (group.spec.placement?.hostAntiAffinity !== 'Preferred' || own.length < 2) continue;
      wanted.add(name);
      const rule = rules.find((candidate) => candidate.name === name);
      const has = (rule?.vm ?? []).map(({ value }) => value).sort();
      const isAPersons = has.some((id) => !own.includes(id));
      if (!isAPersons && has.join() !== own.join())
        differences.push(`the DRS rule ${name} has ${has.join()}, and not ${own.join()}`);
    }
  for (const rule of rules) {
    const prefix = rule.name.split('.', 2).join('.').concat('.');
    if (wanted.has(rule.name) || isAPersons(rule, vcenter, sites)) continue;
    if (!sites.some(({ mayBeLeft }) => mayBeLeft(prefix))) differences.push(`the DRS rule ${rule.name} is left`);
  }
  return differences;
}

/** R1: a rule with a machine that has not the marks of its group, as when somebody took them off, stays as it is. */
function isAPersons(rule: ModelEntry, vcenter: VCenterModel, sites: readonly RuleSite[]): boolean {
  const own = sites.flatMap(({ clusterId, groups }) =>
    groups
      .filter((group) => rule.name.startsWith(hostRulePrefix(group, clusterId)))
      .flatMap((group) => idsOf(machinesOf(group, { machines: vcenter.machines, clusterId }))),
  );
  return (rule.vm ?? []).some(({ value }) => !own.includes(value));
}

function idsOf(machines: readonly ModelMachine[]): readonly string[] {
  return machines.map(({ ref }) => ref.value).sort();
}
