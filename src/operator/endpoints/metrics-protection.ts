import type { ApiServer } from '../../kubernetes';
import type { Clock } from '../../time/clock';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import { CertificateFiles } from './certificate-files';
import type { Protection } from './http-endpoint';
import { MetricsAuthorizer } from './metrics-authorizer';
import { type KeyAndCertificate, selfSignedCertificate } from './self-signed-certificate';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** The protection of /metrics; undefined without --metrics-secure. Throws SettingsError when the certificate cannot be read. */
export function metricsProtection(
  flags: Flags,
  options: {
    /** For reviews of tokens, and nothing else. */
    readonly reviews: ApiServer;
    readonly namespace: string;
    readonly clock: Clock;
    readonly logger: Logger;
  },
): Protection | undefined {
  if (!flags.metricsSecure) return undefined;
  const authorizer = new MetricsAuthorizer(options.reviews, options.clock);
  return {
    certificate: certificateOf(flags.metricsCertPath, options),
    admit: (reader) => authorizer.admit(reader),
  };
}

function certificateOf(
  folder: string | undefined,
  { namespace, clock, logger }: { readonly namespace: string; readonly clock: Clock; readonly logger: Logger },
): () => KeyAndCertificate {
  if (folder !== undefined) {
    const files = new CertificateFiles({ folder, clock, log: logger.named('metrics') });
    return () => files.current();
  }
  const service = `codeconnect-vm-operator-metrics.${namespace}.svc`;
  const names = [service, `${service}.cluster.local`, 'localhost', '127.0.0.1', '::1'];
  const nowMs = clock.wallMs();
  const made = selfSignedCertificate({ names, notBeforeMs: nowMs - HOUR_MS, notAfterMs: nowMs + YEAR_MS });
  return () => made;
}
