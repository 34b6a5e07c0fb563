/** Things that happen to an operator. One drawn step at a time. */
import { Annotation } from '../../src/api/vm-group';
import { MODEL_ACCOUNT } from '../fakes/vcenter';
import type { Disturbance } from './disturbances/disturbance';
import { FAILURES } from './disturbances/failures';
import { BY_HAND } from './disturbances/hands';
import { BY_USERS } from './disturbances/users';
import { GUEST_CANARY, GUEST_SECRET, NAMESPACE } from './spec';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

const STEPS: readonly Disturbance[] = [...BY_USERS, ...BY_HAND, ...FAILURES];
export const DISTURBANCES: readonly string[] = STEPS.map(({ name }) => name);
const TOTAL_WEIGHT = STEPS.reduce((sum, { weight }) => sum + weight, 0);

/** Does one drawn thing and tells it. */
export function disturb(world: SimulatedWorld): void {
  let draw = world.random() * TOTAL_WEIGHT;
  for (const { name, weight, happens } of STEPS) {
    draw -= weight;
    if (draw >= 0) continue;
    const told = happens(world);
    if (told === undefined) return;
    world.tally.meet('disturbance', name);
    world.say(`STEP ${told}`);
    return;
  }
}

/** Takes away what no operator could cope with: hosts that are gone, names that others hold, pauses. */
export function endDisturbances(world: SimulatedWorld): void {
  world.heal();
  world.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
  for (const machine of world.vcenter.machines) {
    if (machine.connectionState !== 'connected') world.vcenter.hand.connect(machine.ref, 'connected');
    const isOurs = machine.madeBy === MODEL_ACCOUNT.userName;
    const blocks = /-replica-[a-z]{8}$/.test(machine.name) || ownerOf(machine) !== undefined;
    if (isOurs || !blocks) continue;
    world.ownership.forget(machine.ref);
    world.vcenter.hand.destroy(machine.ref);
  }
  // In half of the seeds nobody helps: every retry has to come by itself (R8).
  const isHelped = world.random() < 0.5;
  for (const group of world.users.list()) {
    // Whoever asks guests only has to see himself to those that do not answer.
    const { paused, powerOff } = group.spec;
    if (powerOff?.mode === 'Soft') world.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    if (paused) world.users.changeSpec(group, { paused: false });
    if (isHelped) world.users.annotate(group, Annotation.Retry, 'healed');
  }
}
