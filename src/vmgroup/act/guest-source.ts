/** The texts of spec.guest: in the spec, in a Secret, or too long to be kept in memory. */
import { GUEST_SECRET_ROLE } from '../../api/guest-secret-role';
import { isLeftOut, keptText } from '../../api/left-out';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { ReadSecret, ReadSpec } from '../model/port';
import { ActError } from './act-error';

export type Guest = NonNullable<VmGroupSpec['guest']>;
export type GuestSource = NonNullable<NonNullable<Guest['ignition']>['config']>;

/** All texts that a guest may have. */
export function sourcesOf({ cloudInit, ignition }: Guest): readonly (GuestSource | undefined)[] {
  return [cloudInit?.userData, cloudInit?.metadata, ignition?.config];
}

/** The store keeps no long texts (R14). They are read again, and count only while they are those that were planned for. */
export async function wholeGuest(
  kept: Guest,
  { group, readSpec }: { readonly group: VmGroup; readonly readSpec: ReadSpec },
  signal: AbortSignal,
): Promise<Guest> {
  if (!sourcesOf(kept).some((source) => isLeftOut(source?.value))) return kept;
  const { namespace, name } = group.metadata;
  const of = `${fieldOf(kept)} of VmGroup ${namespace}/${name}`;
  let spec: VmGroupSpec | undefined;
  try {
    spec = await readSpec(group, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    throw new ActError('GuestDataUnreadable', `${of} could not be read: ${why}`);
  }
  const whole = spec?.guest;
  const planned = sourcesOf(kept);
  const isSame = whole && sourcesOf(whole).every((source, index) => isText(source, planned[index]));
  if (!isSame)
    throw new ActError('GuestDataUnreadable', `${of} was changed just now: the clone waits for the new plan`);
  return whole;
}

/** Whether the text is the one that is kept. */
function isText(whole: GuestSource | undefined, kept: GuestSource | undefined): boolean {
  return (whole?.value && keptText(whole.value)) === kept?.value;
}

/** What a message names. */
export function fieldOf({ ignition }: Guest): string {
  return ignition === undefined ? 'spec.guest.cloudInit' : 'spec.guest.ignition';
}

/** The text of a source of this field. Throws an ActError. */
export async function textOf(
  source: GuestSource | undefined,
  { field, namespace }: { readonly field: string; readonly namespace: string },
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
      throw new ActError('SecretNotFound', `${secret} was not found: create it, or correct ${field}`);
    case 'KeyMissing':
      throw new ActError('SecretKeyMissing', `${secret} has no key ${key}: add it, or correct ${field}`);
    case 'NotText':
      throw new ActError(
        'GuestDataInvalid',
        `key ${key} of ${secret} is not UTF-8 text: give the data of ${field} as text`,
      );
    case 'Forbidden':
      throw new ActError(
        'SecretForbidden',
        `the operator may not read ${secret}: make the Role ${GUEST_SECRET_ROLE} in namespace ${namespace} with get on secrets, bound to the operator's service account`,
      );
    case 'Failed':
      throw new ActError('SecretUnreadable', `${secret} could not be read: ${answer.message}`);
  }
}
