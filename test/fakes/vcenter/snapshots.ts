/** The snapshots of the model's templates, and what a clone makes of one. */
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import { notFound } from './model-fault';
import type { ModelMachine } from './objects';

/** VirtualMachineSnapshotInfo: each is the child of the one before, and the last is the current one. */
export function snapshotInfo({ snapshots = [] }: ModelMachine): AnyValue | undefined {
  const current = snapshots.at(-1);
  if (current === undefined) return undefined;
  const rootSnapshotList = snapshots.reduceRight<readonly AnyValue[]>(
    (childSnapshotList, { ref, name }) => [
      { xsiType: 'VirtualMachineSnapshotTree', snapshot: ref, name, childSnapshotList },
    ],
    [],
  );
  return { xsiType: 'VirtualMachineSnapshotInfo', currentSnapshot: current.ref, rootSnapshotList };
}

/** Whether the clone's disks are children of a snapshot's. Throws for a snapshot that the template has not. */
export function isLinkedClone(
  { spec }: Pick<ParametersOf<'CloneVM_Task'>, 'spec'>,
  { snapshots = [] }: ModelMachine,
): boolean {
  const { snapshot, location } = spec;
  if (snapshot === undefined) return false;
  if (!snapshots.some(({ ref }) => ref.value === snapshot.value)) throw notFound(snapshot);
  return location.diskMoveType === 'createNewChildDiskBacking';
}
