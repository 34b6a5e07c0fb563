/** Writes the DRS rules of a group in one cluster: reads them live, and changes what differs in one task. */
import { apartRuleName } from '../../api/host-rule-name';
import type { CallContext, ClusterChange, ClusterRules, ManagedObjectReference } from '../../vsphere/port';
import { leavesRule } from '../model/host-rule-wish';
import { wantsApart } from '../model/host-rules';
import { ActError } from './act-error';
import { domainsFoundIn, hostGroupChanges } from './host-group-rules';
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
import { Refusals } from './rule-refusals';

/** Undefined if nothing differs, or if the cluster is gone. Throws an ActError if all that differs is refused. */
export async function writeHostRules(
  action: HostRulesWrite,
  context: HostRulesContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { cluster } = action.rules;
  const found = await context.calls.readClusterRules(cluster, call);
  if (found === undefined) return undefined;
  if (leavesRule(action.rules) && !found.drsEnabled) context.hostRulesNotEnforced(cluster, found.name);
  if (action.rules.domains !== undefined) context.domainsFound(domainsFoundIn(found, action, context));
  const refusals = new Refusals();
  const changes = [
    ...(await refusals.of(() => apartChanges(action, found, context, call))),
    ...(await hostGroupChanges(action, found, refusals, context, call)),
  ];
  if (changes.length === 0) {
    if (refusals.first !== undefined) throw refusals.first;
    return undefined;
  }
  // The reads may have taken long: the field, or the group, may be gone by now.
  if (!context.isAllowed(action))
    throw new ActError(
      'RulesChanged',
      'what the group asks for has changed since the DRS rules were planned: they are planned again',
    );
  // The next look finds nothing else to write, and tells the refusal.
  if (refusals.first !== undefined) context.hostRulesRefused(cluster);
  return context.calls.changeClusterRules(cluster, changes, call);
}

async function apartChanges(
  action: HostRulesWrite,
  found: ClusterRules,
  context: HostRulesContext,
  call: CallContext,
): Promise<readonly ClusterChange[]> {
  const name = apartRuleName(context.group, context.clusterId);
  const rule = found.rules.find((candidate) => candidate.name === name);
  const { apart, kept } = action.rules;
  const present = rule?.kind === 'AntiAffinity' ? rule.machines : [];
  const asks = wantsApart(context.group);
  const machines = union(apart, asks ? intersection(present, kept) : []);
  if (rule === undefined) return machines.length > 1 ? [{ kind: 'AntiAffinity', name, machines }] : [];
  const isRight = rule.kind === 'AntiAffinity' && rule.enabled && !rule.mandatory && areEqual(present, machines);
  if (machines.length > 1 && isRight) return [];
  const isKind = rule.kind === 'AntiAffinity' && rule.key !== undefined;
  const foreign = isKind
    ? await whyForeign({ name, machines: present }, action, context, call)
    : 'is not the one that keeps machines apart, or cannot be read';
  if (machines.length > 1 && foreign !== undefined) throw notOurs(name, found.name, foreign);
  if (foreign !== undefined) {
    context.hostRuleKept(name, found.name, foreign);
    return [];
  }
  if (machines.length > 1) return [{ kind: 'AntiAffinity', name, machines, replaces: replacing(rule) }];
  return rule.key === undefined ? [] : [{ kind: 'RemoveRule', key: rule.key }];
}
