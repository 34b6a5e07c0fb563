/** The way to vCenter: name, connection, certificate, trust, clock. No secret is sent. */
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { type Clock, deadline } from '../../../time/clock';
import { probeServer, type ServerProbe, type ShownCertificate, serverName } from '../../../vsphere';
import { type CheckStep, type Finding, failed, ok, warning } from './check-steps';
import { type CheckedEndpoint, ENVIRONMENT, type SettingNames } from './checked-endpoint';

const TCP_TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 30;
/** Tokens and certificates allow a few minutes of difference. More than one minute is a warning. */
const CLOCK_TOLERANCE_MS = 60_000;

/** `names`: what the settings are called where a person can correct them. */
export function endpointSteps(
  settings: () => CheckedEndpoint,
  names: SettingNames,
  clock: Clock,
  signal: AbortSignal,
): readonly CheckStep[] {
  let probe: ServerProbe = {};
  return [
    { check: 'name', needs: ['settings'], run: () => checkName(settings(), names) },
    { check: 'connection', needs: ['name'], run: () => checkConnection(settings(), names, clock, signal) },
    {
      check: 'certificate',
      needs: ['connection'],
      run: async () => {
        const { host, port, readTrust, proxy } = settings();
        probe = await probeServer({ server: { host, port }, trust: await readTrust(), proxy, clock, signal });
        return checkCertificate(probe, clock.wallMs(), names);
      },
    },
    { check: 'trust', needs: ['certificate'], run: async () => checkTrust(probe, settings(), names) },
    { check: 'clock', needs: ['trust'], run: async () => checkClock(probe) },
  ];
}

async function checkName({ host, proxy }: CheckedEndpoint, names: SettingNames): Promise<readonly Finding[]> {
  const asked = proxy?.host ?? host;
  if (isIP(asked) !== 0) return [ok(`${asked} is an address`)];
  try {
    const found = await lookup(asked, { all: true });
    const addresses = found.map(({ address }) => address).join(', ');
    return [ok(proxy === undefined ? `${asked} is ${addresses}` : `the proxy ${asked} is ${addresses}`)];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const remedy =
      proxy === undefined
        ? `correct ${names.host}, or add the name to the DNS server that is used here`
        : 'correct HTTPS_PROXY, or name vCenter in NO_PROXY';
    return [failed(`${asked} has no address (${code})`, remedy)];
  }
}

/** Checks the first hop only. The tunnel of a proxy is opened by the check `certificate`. */
async function checkConnection(
  { host, port, proxy }: CheckedEndpoint,
  names: SettingNames,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const hop = proxy ?? { host, port };
  const name = serverName(hop);
  const startMs = clock.monotonicMs();
  try {
    await openAndClose(hop.host, hop.port, clock, signal);
    const tookMs = Math.round(clock.monotonicMs() - startMs);
    return [ok(`${proxy === undefined ? name : `the proxy ${name}`} accepts connections (${tookMs} ms)`)];
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const what = proxy === undefined ? names.host : 'HTTPS_PROXY';
    if (code === 'ECONNREFUSED')
      return [failed(`${name} refuses connections: nothing listens there`, `check host and port in ${what}`)];
    const how = code === 'ETIMEDOUT' ? 'does not answer' : `cannot be reached (${code || String(error)})`;
    return [failed(`${name} ${how}`, `check host and port in ${what}, and the firewalls in between`)];
  }
}

function openAndClose(host: string, port: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const slow = () => Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  const limit = deadline(clock, TCP_TIMEOUT_MS, signal, slow);
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port });
    const onAbort = () => socket.destroy(limit.signal.reason);
    limit.signal.addEventListener('abort', onAbort, { once: true });
    socket
      .once('connect', resolve)
      .once('error', reject)
      .once('connect', () => socket.destroy());
    if (limit.signal.aborted) onAbort();
  }).finally(() => limit.done());
}

/** The certificate that was shown, trusted or not. */
export function checkCertificate(
  { certificate, failure }: ServerProbe,
  nowMs: number,
  { host }: SettingNames = ENVIRONMENT,
): readonly Finding[] {
  if (certificate === undefined)
    return [failed(failure?.message ?? 'no certificate was shown', `check that ${host} is a vCenter and its port`)];
  const { subject, issuer, fingerprint } = certificate;
  const by = subject === issuer ? 'self-signed' : `issued by ${issuer}`;
  const what = `${subject}, ${by}, ${validity(certificate, nowMs)}, SHA-256 ${fingerprint}`;
  if (!areDates(certificate))
    return [warning(what, "renew vCenter's certificate: clients refuse one without valid dates")];
  const days = daysLeft(certificate, nowMs);
  if (days < 0 || nowMs < certificate.notBeforeMs)
    return [warning(what, "renew vCenter's certificate, or correct the clock here")];
  if (days < EXPIRES_SOON_DAYS) return [warning(what, `renew vCenter's certificate within ${days} days`)];
  return [ok(what)];
}

function validity(certificate: ShownCertificate, nowMs: number): string {
  const { notBeforeMs, notAfterMs } = certificate;
  if (!areDates(certificate)) return `valid from ${day(notBeforeMs)} until ${day(notAfterMs)}`;
  if (nowMs < notBeforeMs) return `valid only from ${day(notBeforeMs)}`;
  const days = daysLeft(certificate, nowMs);
  return days < 0 ? `expired on ${day(notAfterMs)}` : `valid until ${day(notAfterMs)} (${days} days)`;
}

function daysLeft({ notAfterMs }: ShownCertificate, nowMs: number): number {
  return Math.floor((notAfterMs - nowMs) / DAY_MS);
}

/** R14: whoever made the certificate wrote them, and may have written anything. */
function areDates({ notBeforeMs, notAfterMs }: ShownCertificate): boolean {
  return isDate(notBeforeMs) && isDate(notAfterMs);
}

const isDate = (ms: number): boolean => !Number.isNaN(new Date(ms).getTime());

const day = (ms: number): string => (isDate(ms) ? new Date(ms).toISOString().slice(0, 10) : '(no date)');

/** Whether the certificate is trusted by our settings. */
export function checkTrust(
  { failure }: ServerProbe,
  { trust }: Pick<CheckedEndpoint, 'trust'>,
  names: SettingNames = ENVIRONMENT,
): readonly Finding[] {
  const { ca, fingerprints } = names;
  if (trust.kind === 'Insecure')
    return [
      warning(
        `${names.insecure}: a server with any certificate gets the credentials`,
        `put the CA certificate into ${ca}, or the fingerprint above, after checking it, into ${fingerprints}`,
      ),
    ];
  if (failure?.code === 'TLSUntrusted') return [failed(failure.message, `set ${ca} or ${fingerprints}`)];
  if (failure?.code === 'FingerprintMismatch')
    return [failed(failure.message, `correct ${fingerprints}, if the certificate above is the right one`)];
  const how = [
    ...(trust.caFile === undefined ? [] : [`by the CA certificates in ${trust.caFile}`]),
    ...(trust.fingerprints.length === 0 ? [] : [`by its fingerprint in ${fingerprints}`]),
  ];
  return [ok(`the certificate is trusted ${how.length === 0 ? "by the system's CA certificates" : how.join(' and ')}`)];
}

export function checkClock({ clockAheadMs }: Pick<ServerProbe, 'clockAheadMs'>): readonly Finding[] {
  if (clockAheadMs === undefined) return [ok('the server does not tell its time')];
  const seconds = Math.round(Math.abs(clockAheadMs) / 1000);
  if (Math.abs(clockAheadMs) <= CLOCK_TOLERANCE_MS)
    return [ok(seconds <= 1 ? 'both clocks show the same time' : `the clocks are ${seconds} s apart`)];
  const what = `vCenter's clock is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the one here`;
  return [warning(what, 'set both by NTP: tokens and certificates are valid for a limited time')];
}
