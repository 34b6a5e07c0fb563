/** Looks at a server without credentials, for `vm-operator check`: certificate, trust and clock. */
import { request } from 'node:https';
import { type Clock, deadline } from '../../time/clock';
import type { ShownCertificate, VsphereFailure } from '../port';
import { toFailure, transportError, VsphereError } from '../vim25/vsphere-error';
import type { ProxyAddress } from './proxy';
import { type ServerAddress, serverName } from './server-address';
import { Trust, type TrustSettings } from './trust';
import { TrustedAgent } from './trusted-agent';

const TIMEOUT_MS = 15_000;

export interface ServerProbe {
  /** Absent if the server was not reached, or if it does not speak TLS. */
  readonly certificate?: ShownCertificate;
  /** Why the server cannot be used. With TLSUntrusted and FingerprintMismatch there is a certificate too. */
  readonly failure?: VsphereFailure;
  /** How far the server's clock is ahead of ours (negative: behind), within a second; absent without a header Date. */
  readonly clockAheadMs?: number;
}

/**
 * Connects as a connection to vCenter does, and sends one HEAD request without credentials. Rejects only if it is
 * aborted.
 */
export async function probeServer(options: {
  readonly server: ServerAddress;
  readonly trust: TrustSettings;
  readonly proxy?: ProxyAddress | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<ServerProbe> {
  const { server, trust: settings, proxy, clock, signal } = options;
  const limit = deadline(clock, TIMEOUT_MS, signal, () =>
    transportError('Timeout', `${serverName(server)} did not answer within ${TIMEOUT_MS / 1000} s`, 'NotSent'),
  );
  let trust: Trust | undefined;
  let agent: TrustedAgent | undefined;
  try {
    trust = new Trust(settings, clock);
    agent = new TrustedAgent({ address: server, trust, clock, proxy });
    const clockAheadMs = await readClock(server, agent, clock, limit.signal);
    return { ...certificateSeenBy(trust), ...(clockAheadMs !== undefined && { clockAheadMs }) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...certificateSeenBy(trust), failure: toFailure(VsphereError.from(error)) };
  } finally {
    agent?.destroy();
    limit.done();
  }
}

function certificateSeenBy(trust: Trust | undefined): Pick<ServerProbe, 'certificate'> {
  return trust?.shown === undefined ? {} : { certificate: trust.shown };
}

function readClock(
  { host, port }: ServerAddress,
  agent: TrustedAgent,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path: '/sdk', method: 'HEAD', agent }, (answer) => {
      const serverWallMs = Date.parse(answer.headers.date ?? '');
      answer.resume();
      // The header has whole seconds, rounded down.
      resolve(Number.isNaN(serverWallMs) ? undefined : serverWallMs + 500 - clock.wallMs());
    });
    const onAbort = () => sent.destroy(signal.reason);
    sent.on('error', reject).on('close', () => signal.removeEventListener('abort', onAbort));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    sent.end();
  });
}
