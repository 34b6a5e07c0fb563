import { DISK_COUNT_KEY, MARK_KEYS } from '../../api/ownership';
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { RegisteredVCenter } from '../../vcenter/registry';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import {
  AuthKind,
  type CredentialsProvider,
  connectVCenter,
  type RefusedLogins,
  type ServerAddress,
  serverName,
  staticCredentials,
  type TrustProvider,
  VsphereError,
} from '../../vsphere';
import {
  readCaFile,
  readCredentialsDirectory,
  type TrustSettings as Trust,
  type VCenterSettings,
} from '../settings/environment';
import type { Flags } from '../settings/flags';
import { SettingsError } from '../settings/settings-error';
import type { Logger } from '../telemetry/logger';

/** The vCenter that the operator's environment names. Nothing is sent before its connection runs. */
export function connectImplicitVCenter(options: {
  readonly flags: Pick<Flags, 'vsphereTransport' | 'maxConcurrentTasks' | 'tenants'>;
  readonly vcenter: VCenterSettings;
  /** Of the process. */
  readonly refusedLogins: RefusedLogins;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}): RegisteredVCenter {
  const { flags, vcenter, refusedLogins, clock, random, logger } = options;
  const connection = connectVCenter({
    server: { host: vcenter.host, port: vcenter.port },
    trust: atConnect(trustOf(vcenter.trust)),
    credentials: atConnect(credentialsOf(vcenter)),
    auth: vcenter.auth,
    refusedLogins,
    proxy: vcenter.proxy,
    transportKind: flags.vsphereTransport,
    watchedExtraConfigKeys: MARK_KEYS,
    liveExtraConfigKeys: [DISK_COUNT_KEY],
    maxConcurrentTasks: flags.maxConcurrentTasks,
    clock,
    random,
    log: logger.named('vsphere'),
  });
  const tenants = { ...flags.tenants, tagsNeedPassword: vcenter.auth !== AuthKind.Password };
  return { name: IMPLICIT_VCENTER, host: hostOf(vcenter), defaultFolder: vcenter.folder, tenants, connection };
}

/** The host, with the port unless it is that of HTTPS. */
export function hostOf(server: ServerAddress): string {
  return serverName(server).replace(/:443$/, '');
}

/** A file that can't be used while the operator runs is a failure of the connection, which waits until it can. */
export function atConnect<T>(read: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      throw new VsphereError('CredentialsUnreadable', error.message, 'NotSent', { cause: error });
    }
  };
}

/** What to trust. A CA file is read again at each call. */
export function trustOf(trust: Trust): TrustProvider {
  switch (trust.kind) {
    case 'Insecure':
      return async () => ({ verification: 'Insecure' });
    case 'Verified': {
      const { caFile, fingerprints } = trust;
      return async () => ({ fingerprints, ...(caFile !== undefined && { caBundle: readCaFile(caFile) }) });
    }
  }
}

export function credentialsOf({ credentials }: Pick<VCenterSettings, 'credentials'>): CredentialsProvider {
  switch (credentials.kind) {
    case 'Environment':
      return staticCredentials({ userName: credentials.userName, password: credentials.password });
    case 'Directory':
      return () => readCredentialsDirectory(credentials.directory);
  }
}
