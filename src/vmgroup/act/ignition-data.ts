/**
 * The Ignition config of a replica's guest, as extraConfig of its clone: Ignition reads guestinfo.ignition.config.data with its
 * encoding on the platform vmware (https://coreos.github.io/ignition/supported-platforms/).
 */
import { GuestDataError } from './guest-data-error';
import { refuseLarge } from './guest-data-limit';
import { ENCODING, encodedGuestData } from './guest-encoding';

const FIELD = 'spec.guest.ignition.config';

/** `replaced` puts the values of the replica in the place of variables. Throws a GuestDataError. */
export function ignitionInfo(text: string, replaced: (text: string) => string): Readonly<Record<string, string>> {
  // A variable may be eight times as long as its name: what is too large already is not made larger.
  refuseLarge(text, FIELD);
  const config = replaced(text);
  refuseLarge(config, FIELD);
  if (!isIgnition(config))
    // R10: nothing of the text, which may hold passwords.
    throw new GuestDataError(
      'GuestDataInvalid',
      `${FIELD} is not an Ignition config: give JSON such as {"ignition": {"version": "3.4.0"}}, which butane makes of its YAML`,
    );
  return {
    'guestinfo.ignition.config.data': encodedGuestData(config),
    'guestinfo.ignition.config.data.encoding': ENCODING,
  };
}

/** Of another text the guest would not boot, and nothing in vCenter would tell why. */
function isIgnition(text: string): boolean {
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config !== 'object' || config === null || !('ignition' in config)) return false;
    const { ignition } = config;
    return (
      typeof ignition === 'object' && ignition !== null && 'version' in ignition && typeof ignition.version === 'string'
    );
  } catch {
    // It is no JSON, or nested so deeply that nobody can read it.
    return false;
  }
}
