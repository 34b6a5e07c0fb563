/** Writes the DRS rules of a group in one cluster: reads them live, and changes what differs in one task. */
import { apartRuleName } from '../../api/host-rule-name';
import { readOwnership } from '../../api/ownership';
import {
  type CallContext,
  type ClusterChange,
  type ClusterRule,
  type ClusterRules,
  type ManagedObjectReference,
  refKey,
} from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { leavesRule } from '../model/host-rule-wish';
import { nameList } from '../model/name-list';
import { quotedName } from '../model/quoted-name';
import { ActError } from './act-error';
import type { VerifyContext } from './verify';

export interface HostRulesContext extends VerifyContext {
  isAllowed(action: VCenterAction): boolean;
  /** DRS is off in the cluster with this name. */
  hostRulesNotEnforced(cluster: ManagedObjectReference, name: string): void;
  /** The rule stays, because it holds what is not the group's. */
  hostRuleKept(rule: string, cluster: string, why: string): void;
}

type Write = Extract<VCenterAction, { readonly kind: 'WriteHostRules' }>;

/** Undefined if nothing differs, or if the cluster is gone. Throws an ActError. */
export async function writeHostRules(
  action: Write,
  context: HostRulesContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { cluster } = action.rules;
  const found = await context.calls.readClusterRules(cluster, call);
  if (found === undefined) return undefined;
  if (leavesRule(action.rules) && !found.drsEnabled) context.hostRulesNotEnforced(cluster, found.name);
  const change = await apartChange(action, found, context, call);
  if (change === undefined) return undefined;
  // The reads may have taken long: the field, or the group, may be gone by now.
  if (!context.isAllowed(action))
    throw new ActError(
      'RulesChanged',
      'what the group asks for has changed since the DRS rules were planned: they are planned again',
    );
  return context.calls.changeClusterRules(cluster, [change], call);
}

async function apartChange(
  action: Write,
  found: ClusterRules,
  context: HostRulesContext,
  call: CallContext,
): Promise<ClusterChange | undefined> {
  const name = apartRuleName(context.group, context.clusterId);
  const rule = found.rules.find((candidate) => candidate.name === name);
  const { apart, kept } = action.rules;
  const present = rule?.kind === 'AntiAffinity' ? rule.machines : [];
  const machines = union(apart, intersection(present, kept));
  if (rule === undefined) return machines.length > 1 ? { kind: 'AntiAffinity', name, machines } : undefined;
  const isRight = rule.kind === 'AntiAffinity' && rule.enabled && !rule.mandatory && areEqual(present, machines);
  if (machines.length > 1 && isRight) return undefined;
  const foreign = await whyForeign(rule, action, context, call);
  if (machines.length > 1 && foreign !== undefined)
    throw new ActError(
      'HostRuleNotOurs',
      `the DRS rule ${quotedName(name)} of cluster ${found.name} ${foreign}: it is left as it is; rename it, or take that out of it`,
    );
  if (foreign !== undefined) {
    context.hostRuleKept(name, found.name, foreign);
    return undefined;
  }
  const { key, ruleUuid } = rule;
  // whyForeign has told of a rule without a key.
  if (machines.length < 2) return key === undefined ? undefined : { kind: 'RemoveRule', key };
  return {
    kind: 'AntiAffinity',
    name,
    machines,
    replaces: { ...(key !== undefined && { key }), ...(ruleUuid !== undefined && { ruleUuid }) },
  };
}

/** More machines than this that are not known to be the group's are somebody else's. */
const MOST_READS = 20;

/**
 * R1: the name says that the group made the rule, but a person may have changed it since. It is the group's while each of its
 * machines is, or is gone. Undefined if it is. Throws while nobody can say.
 */
async function whyForeign(
  rule: ClusterRule,
  { own }: Pick<Write, 'own'>,
  context: HostRulesContext,
  call: CallContext,
): Promise<string | undefined> {
  if (rule.kind !== 'AntiAffinity') return 'is not the one that keeps machines apart, or cannot be read';
  if (rule.key === undefined) return 'has no key';
  const unknown = difference(rule.machines, own);
  if (unknown.length > MOST_READS) return `has ${unknown.length} machines that are not of this group`;
  const foreign: string[] = [];
  for (const ref of unknown) {
    const machine = await context.calls.readVirtualMachine(ref, call);
    if (machine === undefined) continue;
    if (machine.unreadable)
      throw new ActError(
        'HostDisconnected',
        `vCenter does not tell the configuration of ${machine.name}, which the DRS rule ${quotedName(rule.name)} has: the rule is left alone until it does`,
      );
    const owner = readOwnership(machine);
    const isOwn = owner?.cluster === context.clusterId && owner.groupUid === context.group.metadata.uid;
    if (!isOwn) foreign.push(machine.name);
  }
  return foreign.length === 0 ? undefined : `has ${nameList(foreign)}, which is not of this group`;
}

type Refs = readonly ManagedObjectReference[];

function union(some: Refs, others: Refs): Refs {
  return [...some, ...difference(others, some)];
}

function difference(some: Refs, others: Refs): Refs {
  const keys = new Set(others.map(refKey));
  return some.filter((ref) => !keys.has(refKey(ref)));
}

function intersection(some: Refs, others: Refs): Refs {
  return difference(some, difference(some, others));
}

function areEqual(some: Refs, others: Refs): boolean {
  return some.length === others.length && difference(some, others).length === 0;
}
