/** Gives our marks to a machine that a person asked us to take over. It keeps its name, its place and its instanceUuid. */
import { DISK_COUNT_KEY, marksFor } from '../../api/ownership';
import type { CallContext, MachineShape, ManagedObjectReference } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { dataDisksOf, shapeDifferences, type WantedShape } from '../model/machine-shape';
import type { AdoptionRule } from '../model/tenant-policy';
import { ActError } from './act-error';
import { firstDisk, positionOf, positionsText, ROOT_DISK } from './disk-positions';
import { type VerifyContext, verifyAdoptable } from './verify';

/**
 * R1: owner and shape are read live, right before. Undefined if the machine is gone. Throws an ActError if it got another owner
 * meanwhile, or has another shape by now.
 */
export async function adopt(
  action: Extract<VCenterAction, { kind: 'Adopt' }>,
  context: VerifyContext & AdoptionRule,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { slot, wanted } = action;
  const disks = wanted === undefined ? {} : await verifyShape(action, wanted, context, call);
  const machine = await verifyAdoptable(action, context, call);
  if (machine?.instanceUuid === undefined) return undefined;
  const { name, namespace, uid } = context.group.metadata;
  const owner = { cluster: context.clusterId, group: `${namespace}/${name}`, groupUid: uid, slot };
  const extraConfig = { ...marksFor(owner, machine.instanceUuid), ...disks };
  // Two clusters may ask for one machine at the same moment: the second write is refused.
  return context.calls.reconfigure(machine, { extraConfig }, call);
}

/**
 * The record of how many disks are the group's: further ones are somebody's data, so that the machine is not destroyed with
 * them (own-disks.ts).
 */
async function verifyShape(
  { machine: { ref, name } }: Extract<VCenterAction, { kind: 'Adopt' }>,
  wanted: WantedShape,
  { calls }: VerifyContext,
  call: CallContext,
): Promise<Readonly<Record<string, string>>> {
  const shape = (await calls.readMachineShapes([ref], call)).get(ref.value);
  // Whether it is gone the read of its owner tells.
  const differences = shape === undefined ? [] : shapeDifferences(shape, wanted);
  if (differences.length > 0)
    throw new ActError('ShapeDiffers', `${name} has changed: ${differences.join('; ')}: it is left as it is`);
  return { [DISK_COUNT_KEY]: `${wanted.disksKiB.length}${shape === undefined ? '' : places(shape, wanted)}` };
}

function places(shape: MachineShape, wanted: WantedShape): string {
  const root = firstDisk(shape.disks);
  if (wanted.dataDisks.length === 0 || root === undefined) return '';
  const data = [...dataDisksOf(shape, wanted)].map(([name, disk]) => [name, positionOf(disk)] as const);
  return positionsText(new Map([[ROOT_DISK, positionOf(root)], ...data]));
}
