import { EventReason } from '../../api/reasons';
import type { GroupEvent } from '../model/port';

/** The rule is in place, and nobody acts by it. */
export function hostRulesNotEnforced(cluster: string): GroupEvent {
  return {
    type: 'Warning',
    reason: EventReason.HostRulesNotEnforced,
    action: 'WriteHostRules',
    note: `DRS is off in cluster ${cluster}: nothing keeps the replicas there on the hosts that spec.placement.hostAntiAffinity or hostGroup of their failure domain asks for; turn DRS on`,
  };
}

/** R1: what is not the group's stays. */
export function hostRuleKept(rule: string, cluster: string, why: string): GroupEvent {
  return {
    type: 'Normal',
    reason: EventReason.HostRuleKept,
    action: 'WriteHostRules',
    note: `the DRS rule ${rule} of cluster ${cluster} stays, because it ${why}; remove it in vCenter if nobody needs it`,
  };
}
