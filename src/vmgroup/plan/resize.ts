import { canResizeHot } from '../model/hot-add';
import { hasSize } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';

/**
 * Whether a running replica must be powered off to get its size, and may be. Only a change of the spec allows a
 * restart, never a size that somebody changed in vCenter.
 */
export function needsRestart(replica: Replica, observed: Observation): boolean {
  const { machine } = replica;
  return (
    observed.resizing &&
    observed.policy.resize === 'PowerCycle' &&
    machine.powerState === 'poweredOn' &&
    machine.connectionState === 'connected' &&
    !hasSize(machine, observed.group) &&
    machine.details !== undefined &&
    !canResizeHot(replica, observed)
  );
}
