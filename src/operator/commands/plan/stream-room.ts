/** The room in the limits of one vCenter, for all groups that are planned together (R15). */

import { amountOf, amountOfSize, type Limits } from '../../../vmgroup/model/limits';
import { sizeOf } from '../../../vmgroup/model/machine-size';
import type { Observation } from '../../../vmgroup/model/observation';
import { machinePlace, type Place, slotPlace } from '../../../vmgroup/model/place';
import { type Holder, holderOf, type Quota } from '../../../vmgroup/model/quota';
import type { MachineUsage } from '../../../vmgroup/observe/machine-usage';
import { VCenterQuota, type VCenterQuotaOptions } from '../../../vmgroup/observe/vcenter-quota';
import type { SlotChange } from '../../../vmgroup/preview/forecast';
import { UID_OF_A_NEW_GROUP } from './stored-group';

/**
 * Groups count together, in the order of their manifests: what one will take is not there for those after it. What one will
 * give back is not counted on: nobody knows when it is free.
 */
export class StreamRoom {
  readonly #quota: VCenterQuota;

  constructor(usage: MachineUsage, limits: Limits, waiting: Pick<VCenterQuotaOptions, 'clock' | 'signal'>) {
    this.#quota = new VCenterQuota({ usage, limits: () => limits, wake: () => undefined, ...waiting });
  }

  /** For the observation of a group. */
  get holders(): Pick<Quota, 'present' | 'used'> {
    return {
      present: (namespace) => this.#quota.present(namespace),
      used: (holder, spent, unseen) => this.#quota.used(apart(holder), spent, unseen),
    };
  }

  /** Takes what a group will use once all is carried out, as far as it fits. */
  take(observed: Observation, ahead: readonly SlotChange[]): void {
    const { group, placement, room } = observed;
    if (room === undefined || group.spec.paused || group.metadata.deletionTimestamp !== undefined) return;
    const target = amountOfSize(sizeOf(group));
    for (const change of ahead) {
      const place = placeOf(change, target);
      // Names that are not found, or not allowed, hold up what is made, and nothing else.
      if (place === undefined || (place.machine === undefined && placement.problems.length > 0)) continue;
      this.#quota.reserve(apart(holderOf(group)), place, room.isUncertain);
    }
  }
}

function placeOf({ kind, slot, replica }: SlotChange, target: Place['target']): Place | undefined {
  switch (kind) {
    case 'Create':
      return { key: slotPlace(slot), target };
    case 'Adopt':
      return (
        replica && {
          ...{ key: machinePlace(replica.machine.ref), machine: replica.machine.ref },
          ...{ target: amountOf(replica.machine), anySize: true },
        }
      );
    case 'Resize':
    case 'Replace':
      return replica && { key: machinePlace(replica.machine.ref), machine: replica.machine.ref, target };
    case 'Remove':
    case 'Release':
    case 'PowerOn':
    case 'PowerOff':
      return undefined;
  }
}

/** New groups have no UID yet, and are not one for that. */
function apart(holder: Holder): Holder {
  return holder.uid === UID_OF_A_NEW_GROUP ? { ...holder, uid: holder.key } : holder;
}
