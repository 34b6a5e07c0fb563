/** Sends a clone: the reads before it, and the refusals that they end in. */
import type { CallContext, ManagedObjectReference } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { nameList } from '../model/name-list';
import type { ActContext } from './act-context';
import { ActError, rulesChanged } from './act-error';
import { cloneDisks } from './clone-disks';
import { cloneRequest } from './clone-request';
import { snapshotFor } from './clone-snapshot';
import { areStillAllowed, storagePolicyFor } from './clone-storage';
import { customizationFor } from './customization';
import { findFormerMachines } from './former-machines';
import { verifyOwnAddresses } from './own-addresses';
import { readNetworkRefusal } from './template-networks';
import { attributeRecordsOfClone } from './write-attributes';

/** R2: a slot that had a machine is filled again only if that machine exists nowhere, whatever the inventory shows. */
export async function clone(
  action: Extract<VCenterAction, { kind: 'Clone' }>,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference> {
  await verifyOwnAddresses(action, context, call);
  const former = action.again ? await findFormerMachines(action.slot, context, call) : undefined;
  if (former !== undefined && former.there.length > 0) {
    const names = nameList(
      former.there.map(({ ref, name, connectionState }) => `${name || ref.value} (${connectionState})`),
    );
    throw new ActError(
      former.there.some(({ ref }) => context.isShown(ref)) ? 'StillThere' : 'NotInInventory',
      `${names} is the former machine of this replica: the clone waits until it is gone`,
    );
  }
  const made = await cloneRequest({ ...action, instanceUuid: former?.freeUuid }, context, call.signal);
  const disks = await disksOf(action, context, call);
  const snapshot = await snapshotFor(context.group.spec, action.template, context.calls, call);
  const storagePolicy = await storagePolicyFor(action, context, call);
  const customization = await customizationFor(action, context, call);
  const records = await attributeRecordsOfClone(context.group.spec, made.instanceUuid, context.calls, call);
  const request = {
    ...made,
    extraConfig: { ...records, ...made.extraConfig },
    ...(disks !== undefined && { disks }),
    ...(snapshot !== undefined && { snapshot }),
    ...(storagePolicy !== undefined && { storagePolicy }),
    ...(customization !== undefined && { customization }),
  };
  const refusal = await readNetworkRefusal(action, context, call);
  if (refusal !== undefined) throw new ActError('NetworkNotAllowed', refusal);
  // R15: the reads may have taken long.
  if (!context.isAllowed(action) || !areStillAllowed(action, storagePolicy, context)) throw rulesChanged('clone');
  return context.calls.cloneVirtualMachine(request, call);
}

/** What the request does to the template's disks. Only a group that asks for disks costs the read. */
async function disksOf(
  { template, disks }: Extract<VCenterAction, { kind: 'Clone' }>,
  { calls, inventory }: ActContext,
  call: CallContext,
) {
  if (disks === undefined) return undefined;
  const source = await calls.readCloneSource(template, call);
  return cloneDisks(disks, source ?? {}, inventory.pathOf(template));
}
