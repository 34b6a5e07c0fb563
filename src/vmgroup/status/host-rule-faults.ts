import { type Fault, faultSubject } from '../model/fault';
import { hostRulesOf } from '../model/host-rules';
import type { Observation } from '../model/observation';

/** Faults of DRS rules. Of a group that stays they are best effort, and stop nothing. */
export function hostRuleFaults(observed: Observation): { readonly name: string; readonly fault: Fault }[] {
  return hostRulesOf(observed).flatMap(({ cluster }) => {
    const fault = observed.faults.get(faultSubject(cluster));
    return fault === undefined ? [] : [{ name: `DRS rules of ${cluster.value}`, fault }];
  });
}
