/** The snapshots of a template or machine, read live. */
import type { CallContext, ManagedObjectReference, Snapshot } from '../port';
import { readObject } from '../property/property-reader';
import { propertyIn, refOf, textOf } from '../property/property-value';
import type { Session } from '../session/session';
import type { AnyValue } from '../vim25/describe';

const SNAPSHOT_PATH = 'snapshot';
/** More than a tree of vCenter can have, which ends at 32 levels. */
const MOST_SNAPSHOTS = 1_000;

type Fields = Readonly<Record<string, AnyValue | undefined>>;

/** Undefined if the machine is gone. */
export async function readSnapshots(
  session: Session,
  machine: ManagedObjectReference,
  call: CallContext,
): Promise<readonly Snapshot[] | undefined> {
  const content = await readObject(session, machine, [SNAPSHOT_PATH], call);
  if (content === undefined) return undefined;
  const info = propertyIn(content, SNAPSHOT_PATH);
  // Unset: it has none.
  if (!isFields(info)) return [];
  const current = snapshotOf(info.currentSnapshot)?.value;
  const found: Snapshot[] = [];
  const waiting = [...listOf(info.rootSnapshotList)];
  for (let tree = waiting.shift(); tree !== undefined && found.length < MOST_SNAPSHOTS; tree = waiting.shift()) {
    const ref = snapshotOf(tree.snapshot);
    const name = textOf(tree.name);
    if (ref !== undefined && name !== undefined) found.push({ ref, name, isCurrent: ref.value === current });
    waiting.push(...listOf(tree.childSnapshotList));
  }
  return found;
}

/** The types of the tree have no description: a reference may be its text alone, and a list of one its entry. */
function snapshotOf(value: AnyValue | undefined): ManagedObjectReference | undefined {
  return typeof value === 'string' ? { type: 'VirtualMachineSnapshot', value } : refOf(value);
}

function listOf(value: AnyValue | undefined): readonly Fields[] {
  return (Array.isArray(value) ? value : [value]).filter(isFields);
}

function isFields(value: AnyValue | undefined): value is AnyValue & Fields {
  return typeof value === 'object' && !Array.isArray(value);
}
