/** What runs inside the machines: some time after they are switched on, their tools run and tell an address. */
import { type ManagedObjectReference, refKey } from '../../src/vsphere/port';
import { within, withinMagnitudes } from '../fakes/vcenter/chance';
import type { SimulatedWorld } from './world';

/** Lets the guests of a world boot, each in its own time. */
export function bootGuests(world: SimulatedWorld): void {
  const { clock, random, vcenter } = world;
  const slowestMs = withinMagnitudes({ from: 1_000, to: 120_000 }, random);
  const booting = new Set<string>();
  const boot = (ref: ManagedObjectReference) => {
    booting.delete(refKey(ref));
    const machine = vcenter.truth.machines.get(refKey(ref));
    if (machine?.powerState !== 'poweredOn' || machine.guest.toolsRunning) return;
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
