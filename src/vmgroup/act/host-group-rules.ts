/**
 * The DRS rules that keep the machines of a failure domain on the hosts of its host group: a group of machines and a rule, both
 * of one VmGroup, so that several operators may share a cluster. The host group is an administrator's.
 */
import { domainRuleName, domainRulePrefix } from '../../api/host-rule-name';
import type { CallContext, ClusterChange, ClusterRules } from '../../vsphere/port';
import type { HostGroupRule } from '../model/host-rule-wish';
import { quotedName } from '../model/quoted-name';
import { ActError } from './act-error';
import {
  areEqual,
  type HostRulesContext,
  type HostRulesWrite,
  intersection,
  notOurs,
  replacing,
  union,
  whyForeign,
} from './own-rules';
import type { Refusals } from './rule-refusals';

/** By machine of the group: the failure domain in whose group of machines it is; undefined: in none. */
export function domainsFoundIn(
  { groups }: ClusterRules,
  { rules: { domains = [] }, own }: HostRulesWrite,
  { group, clusterId }: HostRulesContext,
): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>(own.map(({ value }) => [value, undefined]));
  for (const { failureDomain } of domains) {
    const name = domainRuleName(group, clusterId, failureDomain);
    const members = groups.find((candidate) => candidate.kind === 'Machines' && candidate.name === name)?.members ?? [];
    for (const { value } of members) if (found.has(value)) found.set(value, failureDomain);
  }
  return found;
}

/** R14: what cannot be written of one domain is a refusal of its own, and the others go on. */
export async function hostGroupChanges(
  action: HostRulesWrite,
  found: ClusterRules,
  refusals: Refusals,
  context: HostRulesContext,
  call: CallContext,
): Promise<readonly ClusterChange[]> {
  const { domains = [], kept } = action.rules;
  const changes: ClusterChange[] = [];
  const wanted = new Set<string>();
  for (const domain of domains) {
    const name = domainRuleName(context.group, context.clusterId, domain.failureDomain);
    const present = found.groups.find((group) => group.name === name)?.members ?? [];
    const machines = union(domain.machines, intersection(present, kept));
    if (machines.length === 0) continue;
    wanted.add(name);
    const toWrite = { ...domain, machines };
    changes.push(...(await refusals.of(() => changesOf(name, toWrite, action, found, context, call))));
  }
  return [...changes, ...(await refusals.of(() => removals(wanted, action, found, context, call)))];
}

async function changesOf(
  name: string,
  { hostGroup, machines }: HostGroupRule,
  action: HostRulesWrite,
  found: ClusterRules,
  context: HostRulesContext,
  call: CallContext,
): Promise<readonly ClusterChange[]> {
  if (!found.groups.some((group) => group.kind === 'Hosts' && group.name === hostGroup))
    throw new ActError(
      'HostGroupNotFound',
      `cluster ${found.name} has no DRS host group ${quotedName(hostGroup)}: make it, or correct hostGroup of the failure domain`,
    );
  const group = found.groups.find((candidate) => candidate.name === name);
  const rule = found.rules.find((candidate) => candidate.name === name);
  if (group !== undefined && group.kind !== 'Machines')
    throw notOurs(name, found.name, 'names a group of another kind');
  if (rule !== undefined && (rule.kind !== 'MachinesToHosts' || rule.key === undefined))
    throw notOurs(name, found.name, 'is not the one that keeps machines on hosts, or cannot be read');
  const isSameGroup = group !== undefined && areEqual(group.members, machines);
  const isSameRule =
    rule?.kind === 'MachinesToHosts' &&
    rule.enabled &&
    !rule.mandatory &&
    rule.machineGroup === name &&
    rule.hostGroup === hostGroup &&
    rule.otherHostGroup === undefined;
  if (isSameGroup && isSameRule) return [];
  const foreign = await whyForeign({ name, machines: group?.members ?? [] }, action, context, call);
  if (foreign !== undefined) throw notOurs(name, found.name, foreign);
  const members = { kind: 'MachineGroup', name, isEdit: group !== undefined, machines } as const;
  const toHosts = { kind: 'MachinesToHosts', name, machineGroup: name, hostGroup } as const;
  return [
    ...(isSameGroup ? [] : [members]),
    ...(isSameRule ? [] : [{ ...toHosts, ...(rule !== undefined && { replaces: replacing(rule) }) }]),
  ];
}

/** Of domains without machines, and of those that the group has no more, once no machine that stays where it is found is in them. */
async function removals(
  wanted: ReadonlySet<string>,
  action: HostRulesWrite,
  found: ClusterRules,
  context: HostRulesContext,
  call: CallContext,
): Promise<readonly ClusterChange[]> {
  const prefix = domainRulePrefix(context.group, context.clusterId);
  const staying = found.groups.filter(({ members }) => intersection(members, action.rules.kept).length > 0);
  const needed = new Set([...wanted, ...staying.map(({ name }) => name)]);
  const isOver = ({ name }: { readonly name: string }) => name.startsWith(prefix) && !needed.has(name);
  const changes: ClusterChange[] = [];
  const keptNames = new Set<string>();
  for (const { name, kind, members } of found.groups.filter(isOver)) {
    const foreign =
      kind === 'Machines'
        ? await whyForeign({ name, machines: members }, action, context, call)
        : 'is a group of another kind, or cannot be read';
    if (foreign === undefined) changes.push({ kind: 'RemoveGroup', name });
    else {
      keptNames.add(name);
      context.hostRuleKept(name, found.name, foreign);
    }
  }
  for (const { name, key } of found.rules.filter(isOver))
    if (key !== undefined && !keptNames.has(name)) changes.unshift({ kind: 'RemoveRule', key });
  return changes;
}
