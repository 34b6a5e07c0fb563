import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiServer } from '../kubernetes';
import type { Clock } from '../time/clock';
import type { Flags } from './flags';
import type { Protection } from './http-endpoint';
import { MetricsAuthorizer } from './metrics-authorizer';
import { type KeyAndCertificate, selfSignedCertificate } from './self-signed-certificate';
import { SettingsError } from './settings-error';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;

/** How /metrics is protected, if that is asked for. Throws SettingsError when the given certificate cannot be read. */
export function metricsProtection(
  flags: Flags,
  options: { readonly server: ApiServer; readonly namespace: string; readonly clock: Clock },
): Protection | undefined {
  if (!flags.metricsSecure) return undefined;
  const authorizer = new MetricsAuthorizer(options.server, options.clock);
  return {
    certificate: certificate(flags.metricsCertPath, options),
    admit: (authorization, route) => authorizer.admit(authorization, route),
  };
}

function certificate(
  folder: string | undefined,
  { namespace, clock }: { readonly namespace: string; readonly clock: Clock },
): KeyAndCertificate {
  if (folder === undefined) {
    const service = `codeconnect-vm-operator-metrics.${namespace}.svc`;
    const names = [service, `${service}.cluster.local`, 'localhost', '127.0.0.1', '::1'];
    const nowMs = clock.wallMs();
    return selfSignedCertificate({ names, notBeforeMs: nowMs - HOUR_MS, notAfterMs: nowMs + YEAR_MS });
  }
  try {
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    return { cert: read('tls.crt'), key: read('tls.key') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new SettingsError(`--metrics-cert-path ${folder}: ${code}; it must hold tls.crt and tls.key`);
  }
}
