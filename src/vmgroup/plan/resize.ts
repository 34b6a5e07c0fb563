import { canResizeHot } from '../model/hot-add';
import { operationsOf } from '../model/in-flight-index';
import { type Amount, amountOfSize, growth, isNothing } from '../model/limits';
import { hasSize, sizeOf } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import type { RoomLeft } from './room-left';

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

/** What a replica needs beside what it has, to get the size of the spec. A size that vCenter does not report counts as right. */
function growthOf({ machine }: Replica, { group }: Observation): Amount {
  const wanted = sizeOf(group);
  const { numCpu = wanted.numCpu, memoryMiB = wanted.memoryMiB } = machine;
  return growth(amountOfSize({ numCpu, memoryMiB }), amountOfSize(wanted));
}

/**
 * The replicas that would grow now, and for which there is no room. One that is powered off gets room first: it waits for
 * nothing else. Those that go off for their size are next, then those that can grow while they run.
 */
export function refuseGrowth(
  keep: readonly Replica[],
  restart: ReadonlySet<Replica>,
  observed: Observation,
  left: RoomLeft,
): ReadonlySet<Replica> {
  const isOff = ({ machine }: Replica) => machine.powerState === 'poweredOff';
  const hot = keep.filter((replica) => !isOff(replica) && !restart.has(replica) && canResizeHot(replica, observed));
  const growing = [...keep.filter(isOff), ...restart, ...hot].filter(
    (replica) => !isNothing(growthOf(replica, observed)) && !isBeingResized(replica, observed),
  );
  return new Set(growing.filter((replica) => !left.take('Grow', growthOf(replica, observed))));
}

/** Its place is taken already. */
function isBeingResized(replica: Replica, observed: Observation): boolean {
  return operationsOf(replica, observed).some(({ operation }) => operation === 'Reconfigure');
}
