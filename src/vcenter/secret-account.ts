/** The account of a VCenter: the Secret that it names, in the operator's namespace. */
import { VCenterReason } from '../api/vcenter-conditions';
import { ApiError, type ApiServer, isApiError, type KubernetesObject, ResourceClient } from '../kubernetes';
import { type Credentials, VsphereError } from '../vsphere';

/** Why there is no account. A reason of the condition CredentialsValid. */
export type NoAccountReason =
  | 'SecretNotFound'
  | 'SecretForbidden'
  | 'SecretUnreadable'
  | 'KeysMissing'
  | 'AmbiguousKeys';

export type Account =
  | { readonly kind: 'Found'; readonly credentials: Credentials }
  | { readonly kind: 'None'; readonly reason: NoAccountReason; readonly message: string };

/** Rejects only with the signal's reason. */
export type ReadAccount = (secretName: string, signal: AbortSignal) => Promise<Account>;

interface Secret extends KubernetesObject {
  /** Values in base64. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The original operator's names first. */
const PAIRS = [
  ['VC_USER', 'VC_PASS'],
  ['username', 'password'],
] as const;
/** All keys that may hold a part of an account. */
export const ACCOUNT_KEYS: readonly string[] = PAIRS.flat();
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a Secret by its name: no list and no watch, so that no other Secret comes into memory. */
export function accountReader(server: ApiServer, namespace: string): ReadAccount {
  const secrets = new ResourceClient<Secret>(server, { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' });
  return async (name, signal) => {
    const where = `Secret ${namespace}/${name}`;
    try {
      return accountIn(await secrets.get(namespace, name, signal), where);
    } catch (error) {
      signal.throwIfAborted();
      if (isApiError(error, 'NotFound'))
        return none(
          VCenterReason.SecretNotFound,
          `${where} does not exist: create it with the keys username and password`,
        );
      if (isApiError(error, 'Forbidden'))
        return none(
          VCenterReason.SecretForbidden,
          `the operator may not read ${where}: grant it get on Secrets in its namespace`,
        );
      const why = error instanceof ApiError ? error.message : 'the answer is not a Secret';
      return none(VCenterReason.SecretUnreadable, `${where} cannot be read: ${why}`);
    }
  };
}

/** Messages name the Secret and its keys, never what is in them (R10). */
export function accountIn({ data = {} }: Pick<Secret, 'data'>, where: string): Account {
  const given = PAIRS.filter((pair) => pair.every((key) => Object.hasOwn(data, key)));
  const [pair, another] = given;
  if (another !== undefined)
    return none(VCenterReason.AmbiguousKeys, `${where} has both VC_USER/VC_PASS and username/password: keep one pair`);
  if (pair === undefined)
    return none(VCenterReason.KeysMissing, `${where} has no account: put it into the keys username and password`);
  const [userName, password] = pair.map((key) => textOf(data[key]));
  if (!userName || !password)
    return none(
      VCenterReason.KeysMissing,
      `${where}: ${pair.join(' or ')} is empty or no text: put the account into these keys`,
    );
  return { kind: 'Found', credentials: { userName, password } };
}

/** For a login. Throws a VsphereError CredentialsUnreadable. */
export function credentialsOf(account: Account): Credentials {
  if (account.kind === 'Found') return account.credentials;
  throw new VsphereError('CredentialsUnreadable', account.message, 'NotSent');
}

function none(reason: NoAccountReason, message: string): Account {
  return { kind: 'None', reason, message };
}

/** A line break at the end is not part of the value: editors put one there. */
function textOf(encoded: unknown): string {
  if (typeof encoded !== 'string') return '';
  try {
    return UTF_8.decode(Buffer.from(encoded, 'base64')).replace(/\r?\n$/, '');
  } catch {
    return '';
  }
}
