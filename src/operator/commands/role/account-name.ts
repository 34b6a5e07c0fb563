/** The account in vCenter that gets the roles. */
import { SettingsError } from '../../settings/settings-error';

export interface AccountName {
  /** As in operator@vsphere.local. */
  readonly atDomain: string;
  /** As in vsphere.local\operator: the form of `Permission.principal`. */
  readonly inDomain: string;
}

/** Throws SettingsError for a name without a domain: vCenter would look for a user of its own operating system. */
export function accountName(given: string): AccountName {
  const [, user, domain] = /^([^\\@]+)@([^\\@]+)$/.exec(given) ?? [];
  if (user !== undefined && domain !== undefined) return { atDomain: given, inDomain: `${domain}\\${user}` };
  const [, before, after] = /^([^\\@]+)\\([^\\@]+)$/.exec(given) ?? [];
  if (before !== undefined && after !== undefined) return { atDomain: `${after}@${before}`, inDomain: given };
  throw new SettingsError(`--account "${given}": give NAME@DOMAIN or DOMAIN\\NAME, such as operator@vsphere.local`);
}
