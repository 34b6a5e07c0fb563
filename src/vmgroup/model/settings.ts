/**
 * What a machine gets by a live read and a change, and the inventory does not show: nothing of it is watched, so that machines
 * of groups that do not use it cost nothing. Which parts a machine has is known to this process only; a later one looks again.
 */
import { hasStaticAddresses } from '../../api/static-addresses';
import type { Observation, Replica } from './observation';
import { isReady } from './readiness';
import type { SettingsPart } from './settings-part';

/** The parts that the machine should be given now, and has not been given by this process. */
export function settingsDue(replica: Replica, observed: Observation): readonly SettingsPart[] {
  const written = observed.written.get(replica.machine.ref.value);
  return wantedParts(replica, observed).filter((part) => !written?.has(part));
}

function wantedParts(replica: Replica, { group }: Observation): readonly SettingsPart[] {
  const { powerState, details } = replica.machine;
  // A guest reads it at its first boot, and the adapters of a clone have their MAC addresses only after it.
  if (powerState === 'poweredOff') return hasStaticAddresses(group.spec) ? ['network'] : [];
  const { cleanup, userData } = group.spec.guest?.cloudInit ?? {};
  // Without tools no guest has read anything yet, whatever counts as ready.
  const hasRead = isReady(replica) && details?.toolsRunning === true;
  return cleanup === true && userData !== undefined && hasRead ? ['cleanup'] : [];
}
