/**
 * DRS rules that keep the machines of a group on different hosts, or on those of a failure domain: which it should have, by
 * cluster. The inventory does not show rules: they are looked at live when the machines of a cluster change, and after a restart, so that a settled group
 * reads nothing (R4).
 */
import type { VmGroup } from '../../api/vm-group';
import { type ManagedObjectReference, refKey } from '../../vsphere/port';
import type { VCenterAction } from './action';
import { unusable } from './failure-domain';
import { clusterRef, type HostGroupRule, type HostRules, hostRulesKey, leavesRule } from './host-rule-wish';
import { operationsOf } from './in-flight-index';
import type { Observation, Replica } from './observation';
import type { Placement } from './placement';
import type { TenantPolicy } from './tenant-policy';

/** A group in so few clusters at once is usual. Each has an entry in the status. */
const MOST_CLUSTERS = 64;

type Asked = Pick<Observation, 'group' | 'placement'>;

/** Whether the group asks for rules now. One that is being deleted has none. */
export function wantsHostRules({ group, placement }: Asked): boolean {
  if (group.metadata.deletionTimestamp !== undefined) return false;
  return wantsApart(group) || hostGroupDomains(placement).length > 0;
}

export function wantsApart({ spec }: { readonly spec: Pick<VmGroup['spec'], 'placement'> }): boolean {
  return spec.placement?.hostAntiAffinity === 'Preferred';
}

/** The failure domains of the group that have a DRS host group. */
function hostGroupDomains({ domains = [] }: Placement) {
  return domains.flatMap(({ name, hostGroup }) =>
    hostGroup === undefined ? [] : [{ failureDomain: name, hostGroup }],
  );
}

/** Whether anybody has to know in which clusters the machines of the group are. */
export function usesHostRules(asked: Asked): boolean {
  return wantsHostRules(asked) || (asked.group.status?.hostRuleClusters?.length ?? 0) > 0;
}

/** By cluster: what the group should have there. Clusters where it may still have a rule that it should not have are listed too. */
export function hostRulesOf(observed: Observation): readonly HostRules[] {
  const { group, hostRules, replicas, placement } = observed;
  if (!usesHostRules(observed) && hostRules === undefined) return [];
  const wants = wantsHostRules(observed);
  const members = new Map<string, Replica[]>();
  for (const value of group.status?.hostRuleClusters ?? []) members.set(value, []);
  for (const [value, { isLeft }] of hostRules ?? []) if (isLeft) members.set(value, members.get(value) ?? []);
  const domains = wants ? hostGroupDomains(placement) : [];
  const usable = (placement.domains ?? []).filter((domain) => !unusable(domain));
  const findable = new Set(usable.map(({ name }) => name));
  const kept: ManagedObjectReference[] = [];
  for (const replica of wants ? replicas : []) {
    const change = changeOf(replica, observed);
    // Nobody knows whether vCenter takes a machine into a rule while it is being made.
    if (change === 'Clone') continue;
    const isKnown = replica.cluster !== undefined && (domains.length === 0 || isPlaced(replica, findable));
    if (!isKnown || change === 'Destroy') kept.push(replica.machine.ref);
    // A cluster is looked at for machines too of which it may tell the failure domain. It is enough to keep them apart.
    if (replica.cluster === undefined) continue;
    const there = members.get(replica.cluster.value) ?? [];
    members.set(replica.cluster.value, change === undefined ? [...there, replica] : there);
  }
  // R1: a machine that is out of sight is not gone.
  for (const { ref, isShown } of wants ? observed.known.machines : []) if (!isShown) kept.push(ref);
  for (const { ref } of wants ? observed.unreadable : []) kept.push(ref);
  return [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, MOST_CLUSTERS)
    .map(([value, there]) => ({
      cluster: clusterRef(value),
      apart: wantsApart(group) ? refsOf(there) : [],
      kept: sorted(kept),
      ...(domains.length > 0 && {
        domains: domains.map((domain) => ({
          ...domain,
          machines: refsOf(
            there.filter((one) => one.failureDomain === domain.failureDomain && isPlaced(one, findable)),
          ),
        })),
      }),
    }));
}

/**
 * Whether it is known in which of the failure domains the machine is. Where a domain is that cannot be found now, nobody knows;
 * and one of a domain that was taken out stays on its hosts until another machine has taken its place.
 */
function isPlaced({ failureDomain }: Replica, findable: ReadonlySet<string>): boolean {
  return failureDomain !== undefined && findable.has(failureDomain);
}

function refsOf(replicas: readonly Replica[]): readonly ManagedObjectReference[] {
  return sorted(replicas.map(({ machine }) => machine.ref));
}

function changeOf(replica: Replica, observed: Observation): 'Clone' | 'Destroy' | undefined {
  const operations = operationsOf(replica, observed).map(({ operation }) => operation);
  if (operations.includes('Clone')) return 'Clone';
  return operations.includes('Destroy') ? 'Destroy' : undefined;
}

/** Whether a look has shown that the group has what it should have there. */
export function isAsWished(rules: HostRules, { hostRules }: Observation): boolean {
  return hostRules?.get(rules.cluster.value)?.wish === hostRulesKey(rules);
}

/** R7: where a later process has to look for rules of the group, also when it asks for none by then. Undefined: nowhere. */
export function hostRuleClusters(observed: Observation): readonly string[] | undefined {
  const { group, vcenter } = observed;
  const before = group.status?.hostRuleClusters ?? [];
  const all =
    vcenter.kind === 'Ready'
      ? hostRulesOf(observed)
          .filter(
            (rules) => leavesRule(rules) || (before.includes(rules.cluster.value) && !isAsWished(rules, observed)),
          )
          .map(({ cluster }) => cluster.value)
      : before;
  return all.length === 0 ? undefined : all;
}

/**
 * Whether rules may be written as they were planned: the group still asks for them, and the stored status names the cluster.
 * Else a later process would not look for them there (R7).
 */
export function mayWriteHostRules(
  action: VCenterAction,
  stored: VmGroup | undefined,
  { failureDomains = [] }: Pick<TenantPolicy, 'failureDomains'>,
): boolean {
  if (action.kind !== 'WriteHostRules' || !leavesRule(action.rules)) return true;
  if (stored === undefined || stored.metadata.deletionTimestamp !== undefined) return false;
  const { apart, domains = [], cluster } = action.rules;
  if (apart.length > 0 && !wantsApart(stored)) return false;
  const isThere = (wanted: HostGroupRule) =>
    failureDomains.some(({ name, hostGroup }) => name === wanted.failureDomain && hostGroup === wanted.hostGroup);
  return domains.every(isThere) && stored.status?.hostRuleClusters?.includes(cluster.value) === true;
}

function sorted(refs: readonly ManagedObjectReference[]): readonly ManagedObjectReference[] {
  const byKey = new Map(refs.map((ref) => [refKey(ref), ref]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ref]) => ref);
}
