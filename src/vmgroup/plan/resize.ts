import { canResizeHot } from '../model/hot-add';
import { hasSize } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';

/**
 * Whether a running replica has to be switched off for its size, and may be. A restart is for a change of the spec only,
 * never for a size that somebody changed in vCenter.
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
