/** What a clone with a storage policy needs to know: the policy, and the datastores that fit it (docs/vsphere.md#storage-policies). */
import type { CallContext, ClonePolicy, ManagedObjectReference, PolicyFit } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { isAllowed } from '../model/allowed-places';
import { datastoresIn } from '../model/datastore-members';
import { quotedName } from '../model/quoted-name';
import type { NamedPolicy } from '../model/storage-policy';
import type { ActContext } from './act-context';
import { ActError } from './act-error';
import { findStoragePolicy } from './find-storage-policy';

type Clone = Extract<VCenterAction, { kind: 'Clone' }>;

const MOST_REASONS = 3;

/** Undefined without a policy, which costs no call. Throws an ActError where no datastore fits: nothing is sent then. */
export async function storagePolicyFor(
  action: Clone,
  context: ActContext,
  call: CallContext,
): Promise<ClonePolicy | undefined> {
  const { storagePolicy, template } = action;
  if (storagePolicy === undefined) return undefined;
  const { calls, inventory } = context;
  const id = await findStoragePolicy(storagePolicy, calls, call);
  const disks = (await calls.readCloneSource(template, call))?.disks;
  if (disks === undefined)
    throw new ActError(
      'DisksUnreadable',
      `the disks of template ${inventory.pathOf(template)} cannot be read, and each gets storage policy ${quotedName(storagePolicy.name)}: give the operator's account System.Read on it`,
    );
  const fits = await calls.checkStoragePolicy(id, await candidatesOf(action, context, call), call);
  const datastores = fits.flatMap(({ datastore, objection }) => (objection === undefined ? [datastore] : []));
  if (datastores.length === 0) throw noneFits(action, storagePolicy, fits, context);
  return { id, datastores, disks: disks.map(({ key }) => key) };
}

/** R15: a datastore that nobody names must be an allowed one. Those that are named were judged. */
async function candidatesOf(
  { datastore, resourcePool }: Clone,
  { calls, inventory, tenants }: ActContext,
  call: CallContext,
): Promise<readonly ManagedObjectReference[]> {
  if (datastore !== undefined) return datastoresIn(datastore, inventory);
  const seen = await calls.readPoolDatastores(resourcePool, call);
  return seen.filter((ref) => isAllowed(ref, tenants.allowed.datastores, inventory));
}

/** R15: whether each datastore that may be chosen still is allowed. Those that the action names are judged with it. */
export function areStillAllowed(
  { datastore }: Clone,
  policy: ClonePolicy | undefined,
  { tenants, inventory }: ActContext,
): boolean {
  if (policy === undefined || datastore !== undefined) return true;
  return policy.datastores.every((ref) => isAllowed(ref, tenants.allowed.datastores, inventory));
}

function noneFits(
  { datastore, resourcePool }: Clone,
  { name, field }: NamedPolicy,
  fits: readonly PolicyFit[],
  { inventory }: ActContext,
): ActError {
  const policy = `storage policy ${quotedName(name)}`;
  const reasons = fits
    .slice(0, MOST_REASONS)
    .map((fit) => `${inventory.pathOf(fit.datastore)}: ${fit.objection ?? 'unknown'}`);
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')}${fits.length > MOST_REASONS ? '; and others' : ''})`;
  if (datastore !== undefined && datastore.type !== 'StoragePod')
    return new ActError(
      'DatastoreNotForPolicy',
      `datastore ${inventory.pathOf(datastore)} does not fit ${policy}${why}: set spec.placement.datastore to one that does, or ${field} to another policy`,
    );
  const where =
    datastore === undefined
      ? `that the hosts of resource pool ${inventory.pathOf(resourcePool)} see and that is allowed`
      : `of datastore cluster ${inventory.pathOf(datastore)}`;
  return new ActError(
    'NoDatastoreForPolicy',
    `no datastore ${where} fits ${policy}${why}: make one fit, or set ${field} to another policy`,
  );
}
