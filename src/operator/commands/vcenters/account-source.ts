/** Where `plan` and `check` take the account of a VCenter from. What is said of it never holds a part of it (R10). */
import type { VCenter } from '../../../api/vcenter';
import { type Account, accountIn } from '../../../vcenter/secret-account';
import { type CredentialsProvider, staticCredentials } from '../../../vsphere';
import { credentialsOf } from '../../manager/implicit-vcenter';
import { accountOfEnvironment } from '../../settings/environment';
import type { SecretManifest } from '../manifest/manifest';

export type FoundAccount =
  | {
      readonly kind: 'Found';
      readonly credentials: CredentialsProvider;
      /** Such as Secret ns/name. */
      readonly place: string;
      /** Why it is not the account that the operator would use. */
      readonly note?: string;
    }
  | { readonly kind: 'None'; readonly message: string };

export interface AccountSources {
  readonly secrets: readonly SecretManifest[];
  /** The operator's own. */
  readonly namespace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the cluster. */
  readonly readAccount: (secretName: string) => Promise<Account>;
}

/** A Secret of the files first, then that of the cluster; without either VC_USER and VC_PASS. */
export async function findAccount({ spec }: VCenter, sources: AccountSources): Promise<FoundAccount> {
  const { secrets, namespace, environment, readAccount } = sources;
  const { name } = spec.credentials.secretRef;
  const where = `Secret ${namespace}/${name}`;
  const given = secrets.find((secret) => secret.name === name && secret.namespace === namespace);
  if (given !== undefined) return found(accountIn(given, `${where} in ${given.source}`), where);
  const account = await readAccount(name);
  if (account.kind === 'Found' || !MAY_BE_ABSENT.has(account.reason)) return found(account, where);
  const elsewhere = secrets.find((secret) => secret.name === name);
  if (elsewhere !== undefined)
    return {
      kind: 'None',
      message: `Secret ${elsewhere.namespace}/${name} in ${elsewhere.source} is in another namespace than the operator, which reads ${where}: set its metadata.namespace to ${namespace}, or POD_NAMESPACE here to the operator's`,
    };
  const why =
    account.reason === 'SecretForbidden' ? `the account of the kubeconfig may not read ${where}` : account.message;
  const own = accountOfEnvironment(environment);
  if (own === undefined)
    return { kind: 'None', message: `${why}; or name its manifest with -f, or set VC_USER and VC_PASS` };
  const place = own.kind === 'Directory' ? own.directory : 'VC_USER and VC_PASS';
  const note = `the account in ${place} is used, for ${why}`;
  return { kind: 'Found', credentials: credentialsOf({ credentials: own }), place, note };
}

/** The others say that the Secret is there, and wrong. */
const MAY_BE_ABSENT: ReadonlySet<string> = new Set(['SecretNotFound', 'SecretForbidden', 'SecretUnreadable']);

function found(account: Account, where: string): FoundAccount {
  if (account.kind === 'None') return { kind: 'None', message: account.message };
  return { kind: 'Found', credentials: staticCredentials(account.credentials), place: where };
}
