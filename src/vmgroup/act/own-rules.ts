/** R1: whether a DRS rule or a group of machines is that of a VmGroup, and sets of machines. */
import { type CallContext, type ClusterRule, type ManagedObjectReference, refKey } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { nameList } from '../model/name-list';
import { quotedName } from '../model/quoted-name';
import type { ActContext } from './act-context';
import { ActError } from './act-error';
import { isOurs } from './prove-gone';
import type { VerifyContext } from './verify';

type Told = 'hostRulesNotEnforced' | 'hostRulesRefused' | 'domainsFound' | 'hostRuleKept';
export type HostRulesContext = VerifyContext & Pick<ActContext, 'isAllowed' | Told>;

export type HostRulesWrite = Extract<VCenterAction, { readonly kind: 'WriteHostRules' }>;

/** More machines than this that are not known to be the group's are somebody else's. */
const MOST_READS = 20;

/**
 * R1: the name says that the group made the rule, but a person may have changed it since. It is the group's while each of its
 * machines is, or is gone. Undefined if it is. Throws while nobody can say.
 */
export async function whyForeign(
  { name, machines }: { readonly name: string; readonly machines: Refs },
  { own }: Pick<HostRulesWrite, 'own'>,
  context: HostRulesContext,
  call: CallContext,
): Promise<string | undefined> {
  const unknown = difference(machines, own);
  if (unknown.length > MOST_READS) return `has ${unknown.length} machines that are not of this group`;
  const foreign: string[] = [];
  for (const ref of unknown) {
    const machine = await context.calls.readVirtualMachine(ref, call);
    if (machine === undefined) continue;
    if (machine.unreadable)
      throw new ActError(
        'HostDisconnected',
        `vCenter does not tell the configuration of ${machine.name}, which the DRS rule ${quotedName(name)} has: the rule is left alone until it does`,
      );
    if (!isOurs(machine, context)) foreign.push(machine.name);
  }
  return foreign.length === 0 ? undefined : `has ${nameList(foreign)}, which is not of this group`;
}

export function notOurs(name: string, cluster: string, why: string): ActError {
  return new ActError(
    'HostRuleNotOurs',
    `the DRS rule ${quotedName(name)} of cluster ${cluster} ${why}: it is left as it is; rename it, or take that out of it`,
  );
}

export type Refs = readonly ManagedObjectReference[];

export function union(some: Refs, others: Refs): Refs {
  return [...some, ...difference(others, some)];
}

export function difference(some: Refs, others: Refs): Refs {
  const keys = new Set(others.map(refKey));
  return some.filter((ref) => !keys.has(refKey(ref)));
}

export function intersection(some: Refs, others: Refs): Refs {
  return difference(some, difference(some, others));
}

export function areEqual(some: Refs, others: Refs): boolean {
  return some.length === others.length && difference(some, others).length === 0;
}

/** What an edit of the rule names it by. */
export function replacing({ key, ruleUuid }: ClusterRule): Pick<ClusterRule, 'key' | 'ruleUuid'> {
  return { ...(key !== undefined && { key }), ...(ruleUuid !== undefined && { ruleUuid }) };
}
