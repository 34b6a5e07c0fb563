import type { HostRules } from '../model/host-rule-wish';
import { hostRulesOf, isAsWished } from '../model/host-rules';
import type { Observation } from '../model/observation';
import type { Attempts } from './attempts';
import { predecessorQuietAtMs } from './gates';

/** Machines come and go one after the other: what comes within this time after a write goes into the next one. */
const GATHER_MS = 10_000;

/** Adds the looks at clusters whose DRS rules are not known to be as they should be. Returns whether there are any. */
export function addHostRules(attempts: Attempts, observed: Observation): boolean {
  const due = hostRulesOf(observed).filter((rules) => !isAsWished(rules, observed));
  // R7: a request of an earlier process may still arrive, and would undo this one.
  const quietAtMs = predecessorQuietAtMs(observed);
  if (quietAtMs !== undefined && due.length > 0) attempts.again(quietAtMs);
  for (const rules of quietAtMs === undefined ? due : []) {
    const last = observed.hostRules?.get(rules.cluster.value);
    // A first rule, and the end of one, wait for nothing.
    const gathers = last?.isLeft === true && hasMachines(rules);
    const dueAtMs = gathers ? last.atMs + GATHER_MS : 0;
    if (dueAtMs > observed.now.monotonicMs) attempts.again(dueAtMs);
    else attempts.add(rules.cluster, { step: { kind: 'WriteHostRules', rules, own: ownMachines(observed) } });
  }
  return due.length > 0;
}

function hasMachines({ apart, domains = [] }: HostRules): boolean {
  return apart.length > 0 || domains.some(({ machines }) => machines.length > 0);
}

/** Machines with the marks of the group, and those that had them when they were last seen. */
function ownMachines({ replicas, known }: Observation) {
  return [...replicas.map(({ machine }) => machine.ref), ...known.machines.map(({ ref }) => ref)];
}
