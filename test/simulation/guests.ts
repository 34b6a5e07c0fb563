/**
 * The guests of the machines. Some time after power-on they set guestinfo.ready, and their VMware Tools run and report an
 * address.
 */

import type { Clock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import { type ManagedObjectReference, refKey } from '../../src/vsphere/port';
import type { VCenterModel } from '../fakes/vcenter';
import { within, withinMagnitudes } from '../fakes/vcenter/chance';

/** Lets the guests of a vCenter boot, each after a drawn time. */
export function bootGuests(vcenter: VCenterModel, clock: Clock, random: Random): void {
  const slowestMs = withinMagnitudes({ from: 1_000, to: 120_000 }, random);
  const booting = new Set<string>();
  const boot = (ref: ManagedObjectReference) => {
    booting.delete(refKey(ref));
    const machine = vcenter.truth.machines.get(refKey(ref));
    if (machine?.powerState !== 'poweredOn' || machine.guest.toolsRunning) return;
    vcenter.hand.setGuestInfo(ref, 'ready', 'true');
    vcenter.hand.setGuest(ref, { toolsRunning: true, ipAddresses: [`10.0.0.${ref.value.replace(/\D/g, '')}`] });
  };
  vcenter.truth.onChange((ref) => {
    const key = refKey(ref);
    const machine = vcenter.truth.machines.get(key);
    if (machine?.powerState !== 'poweredOn' || machine.guest.toolsRunning || booting.has(key)) return;
    booting.add(key);
    clock.setTimer(within({ from: 500, to: slowestMs }, random), () => boot(ref));
  });
}
