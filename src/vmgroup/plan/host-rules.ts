import { faultSubject } from '../model/fault';
import { type HostRules, isLookedAtAgain, machinesOnHosts } from '../model/host-rule-wish';
import { hostRulesOf, isAsWished } from '../model/host-rules';
import type { Observation } from '../model/observation';
import type { Attempts } from './attempts';
import { predecessorQuietAtMs } from './gates';

/** Machines come and go one after the other: what comes within this time after a write goes into the next one. */
const GATHER_MS = 10_000;
/** Of those, some are powered on only once they are in a rule. */
const GATHER_FOR_POWER_ON_MS = 2_000;

/** Adds the looks at clusters whose DRS rules are not known to be as they should be. Returns whether there are any. */
export function addHostRules(attempts: Attempts, observed: Observation): boolean {
  const due = hostRulesOf(observed).filter((rules) => !isAsWished(rules, observed));
  // R7: a request of an earlier process may still arrive, and would undo this one.
  const quietAtMs = predecessorQuietAtMs(observed);
  if (quietAtMs !== undefined && due.length > 0) attempts.again(quietAtMs);
  for (const rules of quietAtMs === undefined ? due : []) {
    const last = observed.hostRules?.get(rules.cluster.value);
    // A first rule, and the end of one, wait for nothing, except for the looks after a change without a known end (R8).
    const gathers = last?.isLeft === true && (hasMachines(rules) || isLookedAtAgain(last));
    const gatherMs = withoutRule([rules], observed).size > 0 ? GATHER_FOR_POWER_ON_MS : GATHER_MS;
    const dueAtMs = gathers ? last.atMs + gatherMs : 0;
    if (dueAtMs > observed.now.monotonicMs) attempts.again(dueAtMs);
    else attempts.add(rules.cluster, { step: { kind: 'WriteHostRules', rules, own: ownMachines(observed) } });
  }
  return due.length > 0;
}

/**
 * refKeys of machines that are not powered on yet: their failure domain has a DRS host group, and the rule that keeps them
 * there is still to be written, so DRS would power them on anywhere. One that cannot be written holds up nothing.
 */
export function waitingForHostRules(observed: Observation): ReadonlySet<string> {
  const { domains = [] } = observed.placement;
  if (domains.every(({ hostGroup }) => hostGroup === undefined)) return NO_MACHINES;
  return withoutRule(hostRulesOf(observed), observed);
}

function withoutRule(wished: readonly HostRules[], { hostRules, faults }: Observation): ReadonlySet<string> {
  const waiting = wished.flatMap((rules) => {
    if (faults.has(faultSubject(rules.cluster))) return [];
    const written = hostRules?.get(rules.cluster.value)?.onHosts;
    return [...machinesOnHosts(rules)].filter((machine) => !written?.has(machine));
  });
  return new Set(waiting);
}

const NO_MACHINES: ReadonlySet<string> = new Set();

function hasMachines({ apart, domains = [] }: HostRules): boolean {
  return apart.length > 0 || domains.some(({ machines }) => machines.length > 0);
}

/** Machines with the marks of the group, and those that had them when they were last seen. */
function ownMachines({ replicas, known }: Observation) {
  return [...replicas.map(({ machine }) => machine.ref), ...known.machines.map(({ ref }) => ref)];
}
