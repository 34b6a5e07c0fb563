/** What people put right after a story: all that the operator cannot repair. */
import { Annotation } from '../../src/api/vm-group';
import { MODEL_ACCOUNT, type ModelMachine } from '../fakes/vcenter';
import { answerLegacy } from './disturbances/original-operator';
import { repairTemplates } from './disturbances/templates';
import { GUEST_CANARY, GUEST_SECRET, NAMESPACE } from './spec';
import { VCENTER } from './vcenter-administrator';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

/** Ends the faults, and removes disconnected hosts, names that foreign machines have, and pauses. */
export function endDisturbances(world: SimulatedWorld): void {
  world.endFaults();
  world.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
  makeVCenterAgain(world);
  repairTemplates(world);
  world.other?.endDisturbances();
  for (const machine of world.vcenter.machines) freeItsName(world, machine);
  // In half of the seeds no person asks for a retry: every retry must come by itself (R8).
  const isHelped = world.random() < 0.5;
  for (const group of world.users.list()) {
    // With Soft, a guest that does not answer waits for a person.
    const { paused, powerOff } = group.spec;
    answerLegacy(world, group);
    if (powerOff?.mode === 'Soft') world.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    if (paused) world.users.changeSpec(group, { paused: false });
    if (isHelped) world.users.annotate(group, Annotation.Retry, 'faults have ended');
  }
}

/** With a restore of etcd the object may be gone that the groups live on by now: they wait for it. */
function makeVCenterAgain({ administrator, users }: SimulatedWorld): void {
  if (administrator === undefined || administrator.vcenter !== undefined) return;
  if (users.list().some(({ status }) => status?.vcenter?.name === VCENTER)) administrator.create();
}

/** A machine that no group owns must not have the name of a replica. */
function freeItsName(world: SimulatedWorld, machine: ModelMachine): void {
  const { ref, name, connectionState, madeBy } = machine;
  const { hand } = world.vcenter;
  if (connectionState !== 'connected') hand.connect(ref, 'connected');
  const owner = ownerOf(machine);
  const isOwned = owner?.cluster === world.clusterId;
  const isOther = madeBy !== MODEL_ACCOUNT.userName;
  if (isOwned || !(/-replica-[a-z]{8}$/.test(name) || (isOther && owner !== undefined))) return;
  if (isOther) {
    world.forget(ref);
    hand.destroy(ref);
  } else if (owner === undefined && machine.busy === undefined) hand.rename(ref, `kept-${world.nextNumber()}`);
}
