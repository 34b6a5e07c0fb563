import { instanceUuid, type Slot } from '../../api/identity';
import { machineNameOf, nameProblem } from '../../api/naming';
import { networkRecord } from '../../api/network-record';
import { DISK_COUNT_KEY, marksFor } from '../../api/ownership';
import { policyOf } from '../../api/policy';
import { adapterAddresses, hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { CloneRequest } from '../../vsphere/port';
import type { Action } from '../model/action';
import { sizeOf } from '../model/machine-size';
import type { ReadSecret, ReadSpec } from '../model/port';
import { ActError } from './act-error';
import { extraConfigOfClone } from './extra-config-changes';
import type { GuestDataMaker, GuestOf } from './guest-data';
import { GuestDataError } from './guest-data-error';
import { fieldOf, type GuestSource, sourcesOf, textOf, wholeGuest } from './guest-source';

export interface CloneContext {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly readSecret: ReadSecret;
  readonly guestData: Pick<GuestDataMaker, 'extraConfigOf' | 'refusalOf' | 'refused'>;
  readonly readSpec: ReadSpec;
}

/** The clone request for a slot's machine. Reads the Secrets that its guest data names. Throws an ActError. */
export async function cloneRequest(
  action: Extract<Action, { kind: 'Clone' }> & {
    /** Default: the first choice of the slot. */
    readonly instanceUuid?: string | undefined;
  },
  context: CloneContext,
  signal: AbortSignal,
): Promise<CloneRequest> {
  const { group, clusterId } = context;
  const { name, namespace, uid } = group.metadata;
  const problem = nameProblem(group, action.slot);
  if (problem !== undefined) throw new ActError('NameInvalid', problem);
  const uuid = action.instanceUuid ?? instanceUuid(uid, action.slot);
  const owner = { cluster: clusterId, group: `${namespace}/${name}`, groupUid: uid, slot: action.slot };
  const { slot, failureDomain } = action;
  const guest = await guestInfoOf({ group, slot, clusterId, instanceUuid: uuid, failureDomain }, context, signal);
  return {
    template: action.template,
    folder: action.folder,
    name: machineNameOf(group, action.slot),
    resourcePool: action.resourcePool,
    ...(action.datastore !== undefined && { datastore: action.datastore }),
    ...(action.hostGroup !== undefined && { hostGroup: action.hostGroup }),
    ...(action.networks !== undefined && { networks: action.networks }),
    ...(action.oneOfMany && { oneOfMany: action.oneOfMany }),
    ...sizeOf(group),
    instanceUuid: uuid,
    // For the administrator. Never compared.
    annotation: `managed by VmGroup ${namespace}/${name}`,
    extraConfig: {
      ...withoutAnswers(group.spec),
      ...extraConfigOfClone(group.spec, uuid),
      ...guest,
      ...networkRecordOf(group.spec, action.slot),
      ...marksFor(owner, uuid),
    },
    diskCountKey: DISK_COUNT_KEY,
    // vApp properties of the template would take precedence over guestinfo.
    ...(guest !== undefined && { removeVAppConfig: true }),
  };
}

async function guestInfoOf(
  of: GuestOf,
  context: CloneContext,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { group, readSecret, guestData } = context;
  const { guest = {} } = group.spec;
  const { ignition, customizationSpec } = guest;
  const isOther = ignition !== undefined || customizationSpec !== undefined;
  // Static addresses reach the guest with its metadata, or its customization.
  const cloudInit = guest.cloudInit ?? (!isOther && hasStaticAddresses(group.spec) ? {} : undefined);
  const kept = ignition ?? cloudInit;
  if (kept === undefined) return undefined;
  const before = guestData.refusalOf(kept);
  if (before !== undefined) throw new ActError(before.code, before.message);
  const whole = await wholeGuest(guest, context, signal);
  const about = { field: fieldOf(guest), namespace: group.metadata.namespace };
  const read = (source: GuestSource | undefined) => textOf(source, about, readSecret, signal);
  const [userData, metadata, config] = await Promise.all(sourcesOf(whole).map(read));
  try {
    const texts = {
      ...(userData !== undefined && { userData }),
      ...(metadata !== undefined && { metadata }),
      ...(config !== undefined && { ignition: config }),
    };
    return await guestData.extraConfigOf(texts, of, signal);
  } catch (error) {
    if (!(error instanceof GuestDataError)) throw error;
    // What is in a Secret may change without a change of the spec.
    const isInSecret = sourcesOf(guest).some((source) => source?.secretKeyRef !== undefined);
    if (!isInSecret) guestData.refused(kept, error);
    throw new ActError(error.code, error.message);
  }
}

/**
 * vCenter copies extraConfig from the template, and what a guest answered there is no answer of this one. An empty value removes
 * the key.
 */
function withoutAnswers(spec: VmGroupSpec): Readonly<Record<string, string>> {
  return Object.fromEntries((policyOf(spec).guestInfo ?? []).map(({ key }) => [`guestinfo.${key}`, '']));
}

function networkRecordOf(spec: VmGroupSpec, { ordinal }: Slot): Readonly<Record<string, string>> {
  return hasStaticAddresses(spec) ? networkRecord(adapterAddresses(spec, ordinal)) : {};
}
