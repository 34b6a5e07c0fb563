/** Disturbs the operator: one drawn step at a time. */
import { Annotation } from '../../src/api/vm-group';
import { MODEL_ACCOUNT } from '../fakes/vcenter';
import { BY_ADMINISTRATORS } from './disturbances/administrators';
import type { Disturbance } from './disturbances/disturbance';
import { FAILURES } from './disturbances/failures';
import { BY_USERS } from './disturbances/users';
import { GUEST_CANARY, GUEST_SECRET, NAMESPACE } from './spec';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

const STEPS: readonly Disturbance[] = [...BY_USERS, ...BY_ADMINISTRATORS, ...FAILURES];
export const DISTURBANCES: readonly string[] = STEPS.map(({ name }) => name);
const TOTAL_WEIGHT = STEPS.reduce((sum, { weight }) => sum + weight, 0);

/** Does one drawn disturbance, and notes it. */
export function disturb(world: SimulatedWorld): void {
  let draw = world.random() * TOTAL_WEIGHT;
  for (const { name, weight, happens } of STEPS) {
    draw -= weight;
    if (draw >= 0) continue;
    const description = happens(world);
    if (description === undefined) return;
    world.tally.meet('disturbance', name);
    world.say(`STEP ${description}`);
    return;
  }
}

/** Removes what the operator cannot repair: disconnected hosts, names that foreign machines have, pauses. */
export function endDisturbances(world: SimulatedWorld): void {
  world.endFaults();
  world.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
  for (const machine of world.vcenter.machines) {
    if (machine.connectionState !== 'connected') world.vcenter.hand.connect(machine.ref, 'connected');
    const isOurs = machine.madeBy === MODEL_ACCOUNT.userName;
    const blocks = /-replica-[a-z]{8}$/.test(machine.name) || ownerOf(machine) !== undefined;
    if (isOurs || !blocks) continue;
    world.ownership.forget(machine.ref);
    world.vcenter.hand.destroy(machine.ref);
  }
  // In half of the seeds no person asks for a retry: every retry must come by itself (R8).
  const isHelped = world.random() < 0.5;
  for (const group of world.users.list()) {
    // With Soft, a guest that does not answer waits for a person.
    const { paused, powerOff } = group.spec;
    if (powerOff?.mode === 'Soft') world.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    if (paused) world.users.changeSpec(group, { paused: false });
    if (isHelped) world.users.annotate(group, Annotation.Retry, 'faults have ended');
  }
}
