/** What guests have not set yet of spec.readiness.guestInfo. */
import type { Observation } from '../model/observation';
import { quotedName } from '../model/quoted-name';
import { meets } from '../model/readiness';

/** Of a whole group: more would hide the faults behind them. */
const MOST_TOLD = 3;

/**
 * One line per replica that waits for its guest only. R10: it says what the spec asks for, and nothing of what the guest has
 * set instead.
 */
export function guestInfoMessages({ group, policy, replicas }: Observation): readonly string[] {
  const { guestInfo: wanted, readiness, readinessAdapter } = policy;
  if (wanted === undefined || group.spec.powerState === 'PoweredOff') return [];
  const waiting = replicas.filter(
    ({ machine, readySince }) => readySince === undefined && meets(readiness, machine, readinessAdapter),
  );
  return waiting.slice(0, MOST_TOLD).map(({ machine: { name, guestInfo = {} } }) => {
    const missing = wanted.find(({ key, value }) => guestInfo[key] !== value);
    if (missing === undefined) return `${name} is not ready`;
    const { key, value } = missing;
    return Object.hasOwn(guestInfo, key)
      ? `${name} is not ready: guestinfo.${key} is not yet ${quotedName(value)}`
      : `${name} is not ready: vCenter has not told guestinfo.${key} yet`;
  });
}
