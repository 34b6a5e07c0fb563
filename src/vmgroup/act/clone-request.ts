import { GUEST_SECRET_ROLE } from '../../api/guest-secret-role';
import { instanceUuid, type Slot } from '../../api/identity';
import { isLeftOut, keptText } from '../../api/left-out';
import { machineNameOf, nameProblem } from '../../api/naming';
import { networkRecord } from '../../api/network-record';
import { DISK_COUNT_KEY, marksFor } from '../../api/ownership';
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
  const guest = await guestInfoOf({ group, slot: action.slot, clusterId, instanceUuid: uuid }, context, signal);
  return {
    template: action.template,
    folder: action.folder,
    name: machineNameOf(group, action.slot),
    resourcePool: action.resourcePool,
    ...(action.datastore !== undefined && { datastore: action.datastore }),
    ...(action.networks !== undefined && { networks: action.networks }),
    ...(action.oneOfMany && { oneOfMany: action.oneOfMany }),
    ...sizeOf(group),
    instanceUuid: uuid,
    // For the administrator. Never compared.
    annotation: `managed by VmGroup ${namespace}/${name}`,
    extraConfig: {
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
  // Static addresses reach the guest with its metadata.
  const kept = group.spec.guest?.cloudInit ?? (hasStaticAddresses(group.spec) ? {} : undefined);
  if (kept === undefined) return undefined;
  const before = guestData.refusalOf(kept);
  if (before !== undefined) throw new ActError(before.code, before.message);
  const cloudInit = await wholeCloudInit(kept, context, signal);
  const read = (source: Source | undefined) => textOf(source, group.metadata.namespace, readSecret, signal);
  const [userData, metadata] = await Promise.all([read(cloudInit.userData), read(cloudInit.metadata)]);
  try {
    const texts = { ...(userData !== undefined && { userData }), ...(metadata !== undefined && { metadata }) };
    return await guestData.extraConfigOf(texts, of, signal);
  } catch (error) {
    if (!(error instanceof GuestDataError)) throw error;
    // What is in a Secret may change without a change of the spec.
    const isInSecret = [kept.userData, kept.metadata].some((source) => source?.secretKeyRef !== undefined);
    if (!isInSecret) guestData.refused(kept, error);
    throw new ActError(error.code, error.message);
  }
}

function networkRecordOf(spec: VmGroupSpec, { ordinal }: Slot): Readonly<Record<string, string>> {
  return hasStaticAddresses(spec) ? networkRecord(adapterAddresses(spec, ordinal)) : {};
}

type CloudInit = NonNullable<NonNullable<VmGroupSpec['guest']>['cloudInit']>;
type Source = NonNullable<CloudInit['userData'] | CloudInit['metadata']>;

/** The store keeps no long texts (R14). They are read again, and count only while they are those that were planned for. */
async function wholeCloudInit(
  kept: CloudInit,
  { group, readSpec }: CloneContext,
  signal: AbortSignal,
): Promise<CloudInit> {
  if (!isLeftOut(kept.userData?.value) && !isLeftOut(kept.metadata?.value)) return kept;
  const { namespace, name } = group.metadata;
  const of = `spec.guest.cloudInit of VmGroup ${namespace}/${name}`;
  let spec: VmGroupSpec | undefined;
  try {
    spec = await readSpec(group, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw new ActError('GuestDataUnreadable', `${of} could not be read: ${why}`);
  }
  const whole = spec?.guest?.cloudInit;
  const same = (one: Source | undefined, other: Source | undefined) =>
    (one?.value && keptText(one.value)) === other?.value;
  if (whole === undefined || !same(whole.userData, kept.userData) || !same(whole.metadata, kept.metadata))
    throw new ActError('GuestDataUnreadable', `${of} was changed just now: the clone waits for the new plan`);
  return whole;
}

async function textOf(
  source: Source | undefined,
  namespace: string,
  readSecret: ReadSecret,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (source?.secretKeyRef === undefined) return source?.value;
  const { name, key } = source.secretKeyRef;
  const answer = await readSecret(namespace, name, key, signal);
  const secret = `Secret ${namespace}/${name}`;
  switch (answer.kind) {
    case 'Found':
      return answer.value;
    case 'NotFound':
      throw new ActError('SecretNotFound', `${secret} was not found: create it, or correct spec.guest.cloudInit`);
    case 'KeyMissing':
      throw new ActError('SecretKeyMissing', `${secret} has no key ${key}: add it, or correct spec.guest.cloudInit`);
    case 'NotText':
      throw new ActError('GuestDataInvalid', `key ${key} of ${secret} is not UTF-8 text: give cloud-init data as text`);
    case 'Forbidden':
      throw new ActError(
        'SecretForbidden',
        `the operator may not read ${secret}: make the Role ${GUEST_SECRET_ROLE} in namespace ${namespace} with get on secrets, bound to the operator's service account`,
      );
    case 'Failed':
      throw new ActError('SecretUnreadable', `${secret} could not be read: ${answer.message}`);
  }
}
