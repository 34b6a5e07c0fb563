/** What differs from the right DRS rules of all groups. */
import { apartRuleName, hostRulePrefix } from '../../src/api/host-rule-name';
import type { VCenterSpecFailureDomain } from '../../src/api/vcenter';
import type { VmGroup } from '../../src/api/vm-group';
import { LANDMARK, type ModelMachine, type VCenterModel } from '../fakes/vcenter';
import type { ModelEntry } from '../fakes/vcenter/cluster-rules';
import { machinesOf } from './group-differences';
import { inNoDomain, wantedHostRules, whyNotHostRule } from './host-rule-differences';

/** The groups of one cluster. */
export interface RuleSite {
  readonly clusterId: string;
  readonly groups: readonly VmGroup[];
  /** The failure domains that a group has. */
  readonly zonesOf: (group: VmGroup) => readonly VCenterSpecFailureDomain[];
  /**
   * Whether a rule of this name may be left: of a group that is gone, of which a restored status does not tell, or of which an
   * event has told that it stays because a person's machine was in it.
   */
  readonly mayBeLeft: (name: string) => boolean;
}

export function ruleDifferences(vcenter: VCenterModel, sites: readonly RuleSite[]): readonly string[] {
  const rules = vcenter.compute.rules.rulesOf(LANDMARK.cluster);
  const groups = vcenter.compute.rules.groupsOf(LANDMARK.cluster);
  const differences: string[] = [];
  const wanted = new Set<string>();
  for (const site of sites)
    for (const group of site.groups) {
      const { clusterId } = site;
      const name = apartRuleName(group, clusterId);
      const machines = machinesOf(group, { machines: vcenter.machines, clusterId });
      for (const rule of wantedHostRules(group, clusterId, machines, site.zonesOf(group))) {
        wanted.add(rule.name);
        const members = groups.find((candidate) => candidate.name === rule.name);
        if (members !== undefined && isAPersons(members, vcenter, sites)) continue;
        const why = whyNotHostRule(rule, rules, groups);
        if (why !== undefined) differences.push(why);
      }
      const own = idsOf(machines);
      if (group.spec.placement?.hostAntiAffinity !== 'Preferred' || own.length < 2) continue;
      wanted.add(name);
      const rule = rules.find((candidate) => candidate.name === name);
      const has = (rule?.vm ?? []).map(({ value }) => value).sort();
      const isForeign = has.some((id) => !own.includes(id));
      if (!isForeign && has.join() !== own.join())
        differences.push(`the DRS rule ${name} has ${has.join()}, and not ${own.join()}`);
    }
  for (const { name } of [...rules, ...groups]) {
    if (!name.startsWith('vmop.') || wanted.has(name)) continue;
    const members = [...rules, ...groups].filter((candidate) => candidate.name === name);
    if (members.some((entry) => isAPersons(entry, vcenter, sites))) continue;
    if (keepsUnplaced(members, vcenter, sites)) continue;
    if (!sites.some(({ mayBeLeft }) => mayBeLeft(name))) differences.push(`the DRS rule or group ${name} is left`);
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

/** Machines of no failure domain any more stay on the hosts of their former one. */
function keepsUnplaced(entries: readonly ModelEntry[], vcenter: VCenterModel, sites: readonly RuleSite[]): boolean {
  const kept = entries.flatMap(({ vm = [] }) => vm.map(({ value }) => value));
  const unplaced = sites.flatMap(({ clusterId, groups }) =>
    groups.flatMap((group) => [
      ...inNoDomain(group, new Set(idsOf(machinesOf(group, { machines: vcenter.machines, clusterId })))),
    ]),
  );
  return kept.length > 0 && kept.every((value) => unplaced.includes(value));
}

function idsOf(machines: readonly ModelMachine[]): readonly string[] {
  return machines.map(({ ref }) => ref.value).sort();
}
