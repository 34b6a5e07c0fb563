/** One look at a server before anything is entrusted to it: its certificate, what our trust makes of it, and its clock. */
import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type Clock, deadline } from '../../time/clock';
import type { VsphereFailure } from '../port';
import { toFailure, transportError, VsphereError } from '../vim25/vsphere-error';
import type { ProxyAddress } from './proxy';
import { type ServerAddress, serverName } from './server-address';
import { Trust, type TrustSettings } from './trust';
import { TrustedAgent } from './trusted-agent';

const TIMEOUT_MS = 15_000;

/** The certificate that a server has shown, trusted or not. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SHA-256, as AA:BB:… */
  readonly fingerprint: string;
}

export interface ServerProbe {
  /** Absent when none was shown: the server was not reached, or does not speak TLS. */
  readonly certificate?: ShownCertificate;
  /** Why the connection is of no use; TLSUntrusted and FingerprintMismatch come with a certificate. */
  readonly failure?: VsphereFailure;
  /** How far the server's clock is ahead of ours (below 0: behind), within a second; absent when it tells no time. */
  readonly clockAheadMs?: number;
}

/** Connects as a connection to vCenter would, sends one HEAD request without credentials, and never rejects but on abort. */
export async function probeServer(options: {
  readonly server: ServerAddress;
  readonly trust: TrustSettings;
  readonly proxy?: ProxyAddress | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<ServerProbe> {
  const { server, trust: settings, proxy, clock, signal } = options;
  const limit = deadline(clock, TIMEOUT_MS, signal, () =>
    transportError('Timeout', `${serverName(server)} did not answer within ${TIMEOUT_MS / 1000} s.`, 'NotSent'),
  );
  let trust: WatchfulTrust | undefined;
  let agent: TrustedAgent | undefined;
  try {
    trust = new WatchfulTrust(settings, clock);
    agent = new TrustedAgent({ address: server, trust, clock, proxy });
    const clockAheadMs = await askForTime(server, agent, clock, limit.signal);
    return { ...shownTo(trust), ...(clockAheadMs !== undefined && { clockAheadMs }) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...shownTo(trust), failure: toFailure(VsphereError.from(error)) };
  } finally {
    agent?.destroy();
    limit.done();
  }
}

/** Judges as Trust does, and remembers what it has judged. */
class WatchfulTrust extends Trust {
  certificate: ShownCertificate | undefined;

  override objection(socket: TLSSocket, server: string): VsphereError | undefined {
    const { subject, issuer, valid_from, valid_to, fingerprint256 } = socket.getPeerCertificate();
    this.certificate = {
      subject: nameOf(subject),
      issuer: nameOf(issuer),
      notBeforeMs: Date.parse(valid_from),
      notAfterMs: Date.parse(valid_to),
      fingerprint: fingerprint256,
    };
    return super.objection(socket, server);
  }
}

function shownTo(trust: WatchfulTrust | undefined): Pick<ServerProbe, 'certificate'> {
  return trust?.certificate === undefined ? {} : { certificate: trust.certificate };
}

function askForTime(
  { host, port }: ServerAddress,
  agent: TrustedAgent,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const question = request({ host, port, path: '/sdk', method: 'HEAD', agent }, (answer) => {
      const told = Date.parse(answer.headers.date ?? '');
      answer.resume();
      // The header has whole seconds, cut off.
      resolve(Number.isNaN(told) ? undefined : told + 500 - clock.wallMs());
    });
    const onAbort = () => question.destroy(signal.reason);
    question.on('error', reject).on('close', () => signal.removeEventListener('abort', onAbort));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    question.end();
  });
}

function nameOf(name: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  return String(name?.CN ?? name?.O ?? '(unnamed)');
}
