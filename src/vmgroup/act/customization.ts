/** The customization of a clone's guest, by a specification that is stored in vCenter. */
import type { Slot } from '../../api/identity';
import { hostNameOf, LONGEST_WINDOWS_NAME } from '../../api/naming';
import { adapterAddresses, hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type {
  CallContext,
  CloneCustomization,
  ManagedObjectReference,
  StoredCustomization,
  VimClient,
} from '../../vsphere/port';
import { CUSTOMIZATION_FIELD, customizationSpecName } from '../model/customization';
import { quotedName } from '../model/quoted-name';
import { ActError } from './act-error';

export interface CustomizedClone {
  readonly slot: Slot;
  readonly template: ManagedObjectReference;
  readonly networks?: readonly ManagedObjectReference[] | undefined;
}

/**
 * Undefined for a group without one. It is read for each clone: what an administrator changes goes into the next machine, and
 * nothing of it is kept (R10). Throws an ActError for one with which vCenter would make a machine and fail then.
 */
export async function customizationFor(
  { slot, template, networks }: CustomizedClone,
  {
    group,
    calls,
  }: { readonly group: VmGroup; readonly calls: Pick<VimClient, 'readCustomizationSpec' | 'readCloneSource'> },
  call: CallContext,
): Promise<CloneCustomization | undefined> {
  const name = customizationSpecName(group.spec);
  if (name === undefined) return undefined;
  const stored = await calls.readCustomizationSpec(name, call);
  const what = `customization specification ${quotedName(name)}`;
  if (stored === undefined)
    throw new ActError(
      'CustomizationSpecNotFound',
      `${what} was not found in vCenter: correct ${CUSTOMIZATION_FIELD}, or make it`,
    );
  if (stored.unknown !== undefined)
    throw new ActError(
      'CustomizationSpecUnknown',
      `${what} has ${stored.unknown}, which this version of the operator does not know and would lose: take it out there, or name another one in ${CUSTOMIZATION_FIELD}`,
    );
  const adapters = networks?.length ?? (await calls.readCloneSource(template, call))?.adapters;
  refuseUnfit(stored, { what, adapters, group });
  const hostName = hostNameOf(group, slot);
  // As a fixed name vCenter takes a computer name only: "A specified parameter was not correct: spec.identity.hostName".
  if (stored.kind !== 'CloudinitPrep' && hostName.includes('.'))
    throw new ActError(
      'NameInvalid',
      `spec.naming.hostname gives "${hostName}": a customization takes no domain in the name, so give it without dots`,
    );
  if (stored.kind === 'Sysprep' && hostName.length > LONGEST_WINDOWS_NAME)
    throw new ActError(
      'NameInvalid',
      `spec.naming.hostname gives "${hostName}", which has ${hostName.length} characters: Windows takes at most ${LONGEST_WINDOWS_NAME}, so shorten it`,
    );
  return { stored, hostName, adapters: adapterAddresses(group.spec, slot.ordinal) };
}

function refuseUnfit(
  stored: StoredCustomization,
  { what, adapters, group }: { readonly what: string; readonly adapters: number | undefined; readonly group: VmGroup },
): void {
  // Its metadata has the whole network.
  if (stored.kind === 'CloudinitPrep') {
    if (!hasStaticAddresses(group.spec)) return;
    throw new ActError(
      'CustomizationSpecUnfit',
      `${what} is for cloud-init, whose metadata has the network: take addresses out of spec.networks, or name one for Linux or Windows in ${CUSTOMIZATION_FIELD}`,
    );
  }
  if (adapters === undefined || adapters === stored.adapters) return;
  throw new ActError(
    'CustomizationSpecUnfit',
    `${what} has settings for ${stored.adapters} network adapters and the replica has ${adapters}: give both the same number, there or in spec.networks`,
  );
}
