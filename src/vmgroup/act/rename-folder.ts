import { readOwnership } from '../../api/ownership';
import { type CallContext, type ManagedObjectReference, refKey } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { nameList } from '../model/name-list';
import { ActError } from './act-error';
import type { VerifyContext } from './verify';

/** A folder with more machines than this that are not the group's is another's. */
const MOST_READS = 20;

/**
 * Gives the original operator's folder the group's name, if a live read shows that it is the group's: it is empty, or holds
 * replicas of the group, and none of its machines waits for its adoption. The original named its folders NAMESPACE-NAME, so
 * the groups shop-prod/web and shop/prod-web have one name for theirs: a folder of another's machines stays as it is (R1).
 */
export async function renameFolder(
  { folder, name, replicas }: Extract<VCenterAction, { kind: 'RenameFolder' }>,
  context: VerifyContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const children = await context.calls.readFolderChildren(folder, call);
  if (children === undefined) return undefined;
  const own = new Set(replicas.map(refKey));
  const others = children.filter((child) => !own.has(refKey(child)));
  if (others.length === children.length && children.length > 0)
    throw new ActError(
      'FolderNotEmpty',
      `the folder ${folder.value} holds ${nameList(others.map(({ value }) => value))} and no machine of this group: it is not renamed`,
    );
  const machines = others.filter(({ type }) => type === 'VirtualMachine');
  for (const machine of machines.slice(0, MOST_READS)) await verifyNotWaiting(machine, context, call);
  return context.calls.rename(folder, name, call);
}

async function verifyNotWaiting(
  ref: ManagedObjectReference,
  { group, calls }: VerifyContext,
  call: CallContext,
): Promise<void> {
  const machine = await calls.readVirtualMachine(ref, call);
  if (machine === undefined || machine.isTemplate || !machine.name.startsWith(`${group.metadata.name}-replica-`))
    return;
  if (readOwnership(machine) !== undefined) return;
  throw new ActError('FolderNotEmpty', `${machine.name} is taken over first: the folder is renamed after that`);
}
