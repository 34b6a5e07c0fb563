/** The snapshot that the disks of a linked clone are based on. */
import type { VmGroupSpec } from '../../api/vm-group';
import type { CallContext, ManagedObjectReference, VimClient } from '../../vsphere/port';
import { quotedName } from '../model/quoted-name';
import { ActError } from './act-error';

/**
 * Undefined for a full clone. One snapshot of that name, or the current one where the spec names none. Only linked clones
 * cost the read. Throws an ActError where it is not there, or several have the name: there is no fall-back to a full clone.
 */
export async function snapshotFor(
  { clone, template: named }: VmGroupSpec,
  template: ManagedObjectReference,
  calls: Pick<VimClient, 'readSnapshots'>,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  if (clone?.mode !== 'Linked') return undefined;
  const all = (await calls.readSnapshots(template, call)) ?? [];
  const wanted = clone.snapshot;
  const found = all.filter(({ name, isCurrent }) => (wanted === undefined ? isCurrent : name === wanted));
  const [only, ...others] = found;
  const source = `template ${quotedName(named)}`;
  if (only === undefined)
    throw new ActError(
      'SnapshotNotFound',
      wanted === undefined
        ? `${source} has no snapshot, which linked clones are based on: take one, or set spec.clone.mode to Full`
        : `${source} has no snapshot ${quotedName(wanted)}: correct spec.clone.snapshot, or take a snapshot of that name`,
    );
  if (others.length > 0)
    throw new ActError(
      'SnapshotAmbiguous',
      `${source} has ${found.length} snapshots ${quotedName(wanted ?? '')}: rename the others, or name another one in spec.clone.snapshot`,
    );
  return only.ref;
}
