import { DISK_COUNT_KEY, MARK_KEYS } from '../../api/ownership';
import type { VCenter } from '../../api/vcenter';
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import {
  AuthKind,
  type CredentialsProvider,
  connectVCenter,
  proxyFromEnvironment,
  type RefusedLogins,
  type TrustSettings,
  type VCenterConnection,
} from '../../vsphere';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';

export interface ConnectObjectOptions {
  readonly flags: Pick<Flags, 'vsphereTransport' | 'maxConcurrentTasks'>;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the process. */
  readonly refusedLogins: RefusedLogins;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The vCenter that a VCenter object names. Nothing is sent before its connection runs. */
export function connectVCenterObject(
  { spec, metadata }: VCenter,
  credentials: CredentialsProvider,
  { flags, environment, refusedLogins, clock, random, logger }: ConnectObjectOptions,
): VCenterConnection {
  const { host, port } = spec.endpoint;
  const server = { host, port: port ?? 443 };
  return connectVCenter({
    server,
    // R14: read when it connects, so that a bundle that cannot be read is a failure that the status tells.
    trust: async () => trustOfObject(spec.tls),
    credentials,
    auth: spec.credentials.method ?? AuthKind.Password,
    refusedLogins,
    proxy: proxyFromEnvironment(environment, server),
    transportKind: flags.vsphereTransport,
    watchedExtraConfigKeys: MARK_KEYS,
    liveExtraConfigKeys: [DISK_COUNT_KEY],
    maxConcurrentTasks: spec.limits?.maxConcurrentTasks ?? flags.maxConcurrentTasks,
    clock,
    random,
    log: logger.named(`vsphere.${metadata.name}`),
  });
}

/** R11: an empty list of fingerprints never means that any certificate is taken. */
export function trustOfObject(tls: VCenter['spec']['tls']): TrustSettings {
  if (tls?.insecureSkipVerify) return { verification: 'Insecure' };
  const { caBundle, sha256Fingerprints = [] } = tls ?? {};
  return { fingerprints: sha256Fingerprints, ...(caBundle !== undefined && { caBundle }) };
}
