/**
 * What a machine gets by a live read and a change, and the inventory does not show: nothing of it is watched, so that machines
 * of groups that do not use it cost nothing. Which parts a machine has is known to this process only; a later one looks again.
 */
import { extraConfigDigest } from '../../api/extra-config-record';
import { type GivenList, hasGiven, isAskedFor, isToldAsGiven } from '../../api/given-lists';
import { hasStaticAddresses } from '../../api/static-addresses';
import { attributePartOf } from './attributes';
import { customizationSpecName } from './customization';
import { isExtraConfigRefused } from './extra-config';
import type { Observation, Replica } from './observation';
import { isReady } from './readiness';
import { extraConfigPart, isExtraConfigPart, type SettingsPart } from './settings-part';

/** The parts that the machine should be given now, and has not been given by this process. */
export function settingsDue(replica: Replica, observed: Observation): readonly SettingsPart[] {
  const written = observed.written.get(replica.machine.ref.value);
  return wantedParts(replica, observed).filter((part) => !written?.has(part));
}

/** Of a machine that stays powered off: no guest is about to read what is for the first boot. */
export function settingsDueWhileOff(replica: Replica, observed: Observation): readonly SettingsPart[] {
  return settingsDue(replica, observed).filter(isExtraConfigPart);
}

/** Whether a machine may have entries of the list, as far as anybody knows: R7, a later process has to take them away. */
export function mayHaveGiven(list: GivenList, observed: Observation): boolean {
  const { group, replicas, known, unreadable, inFlight, unclaimedClones, written, vcenter } = observed;
  if (isAskedFor(list, group.spec)) return true;
  if (!isToldAsGiven(list, group)) return false;
  const none =
    list === 'extraConfig' ? extraConfigPart(extraConfigDigest(group.spec)) : attributePartOf(list, group.spec);
  if (vcenter.kind !== 'Ready' || unclaimedClones || unreadable.length > 0) return true;
  if (inFlight.some(({ operation }) => operation === 'Clone')) return true;
  // R1: a machine that is out of sight is not gone.
  const refs = [...replicas.map(({ machine }) => machine.ref), ...known.machines.map(({ ref }) => ref)];
  return refs.some(({ value }) => !written.get(value)?.has(none));
}

function wantedParts(replica: Replica, observed: Observation): readonly SettingsPart[] {
  return [...partsOfGuest(replica, observed), ...extraConfigParts(replica, observed)];
}

/** A suspended machine takes no change. */
function extraConfigParts({ machine }: Replica, { group, placement }: Observation): readonly SettingsPart[] {
  if (!hasGiven('extraConfig', group) || machine.powerState === 'suspended' || isExtraConfigRefused(placement))
    return [];
  return [extraConfigPart(extraConfigDigest(group.spec))];
}

function partsOfGuest(replica: Replica, { group }: Observation): readonly SettingsPart[] {
  const { powerState, details } = replica.machine;
  // A guest reads it at its first boot, and the adapters of a clone have their MAC addresses only after it.
  // A customization has them already.
  const isByMetadata = hasStaticAddresses(group.spec) && customizationSpecName(group.spec) === undefined;
  if (powerState === 'poweredOff') return isByMetadata ? ['network'] : [];
  const { cleanup, userData } = group.spec.guest?.cloudInit ?? {};
  // Without tools no guest has read anything yet, whatever counts as ready.
  const hasRead = isReady(replica) && details?.toolsRunning === true;
  return cleanup === true && userData !== undefined && hasRead ? ['cleanup'] : [];
}
