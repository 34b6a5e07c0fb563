/** What a disturbance is, and what it may happen to. */
import type { VmGroup } from '../../../src/api/vm-group';
import { refKey } from '../../../src/vsphere/port';
import { MODEL_ACCOUNT, type ModelMachine, oneOf } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import type { VCenterAdministrator, VCenterName } from '../vcenter-administrator';
import { ownerOf } from '../watchers/watcher';
import type { SimulatedWorld } from '../world';

/** What the disturbance did, in words; undefined if it was not possible. */
export type Description = string | undefined;

export interface Disturbance {
  readonly name: string;
  readonly weight: number;
  readonly happens: (world: SimulatedWorld) => Description;
  /** It notes itself in the tally, when it has its effect. A story that ends before that has not met it. */
  readonly countsItself?: true;
}

/** How long something is away. A story waits for longer before it ends the disturbances. */
export const AWAY_MS = { from: 1_000, to: 280_000 };

export function withGroup(world: SimulatedWorld, step: (group: VmGroup) => Description): Description {
  const living = world.users.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const group = living[Math.floor(world.random() * living.length)];
  return group && step(group);
}

export function withReplica(world: SimulatedWorld, step: (machine: ModelMachine) => Description): Description {
  const replicas = world.vcenter.machines.filter(
    (machine) =>
      machine.madeBy === MODEL_ACCOUNT.userName &&
      machine.busy === undefined &&
      ownerOf(machine)?.cluster === world.clusterId,
  );
  const machine = replicas[Math.floor(world.random() * replicas.length)];
  return machine && step(machine);
}

/** A machine that the status names. No process can know of another one after a restart, if its folder is renamed too. */
export function withRecorded(world: SimulatedWorld, step: (machine: ModelMachine) => Description): Description {
  return withReplica(world, (machine) => {
    const uid = ownerOf(machine)?.groupUid;
    const group = world.users.list().find(({ metadata }) => metadata.uid === uid);
    const isRecorded = group?.status?.replicas?.some(({ moRef }) => moRef === machine.ref.value);
    return isRecorded === true ? step(machine) : undefined;
  });
}

/** Once VCenters are made, one of them. */
export function withVCenter(
  { administrator, random }: SimulatedWorld,
  step: (name: VCenterName, administrator: VCenterAdministrator) => Description,
): Description {
  if (administrator?.vcenter('main') === undefined) return undefined;
  const [first = 'main', ...others] = administrator.names;
  return step(oneOf([first, ...others], random), administrator);
}

/** Mostly the leader. */
export function withProcess(world: SimulatedWorld, step: (process: OperatorProcess) => string): Description {
  const { processes } = world;
  const any = processes[Math.floor(world.random() * processes.length)];
  const process = world.random() < 0.7 ? (world.leader ?? any) : any;
  return process && step(process);
}

export function folderOf(world: SimulatedWorld, group: VmGroup) {
  const name = `${group.metadata.namespace}.${group.metadata.name}`;
  const folder = [...world.vcenter.truth.entities.values()].find((candidate) => candidate.name === name);
  return folder !== undefined && world.vcenter.truth.entities.has(refKey(folder.ref)) ? folder.ref : undefined;
}
