/** What is told of the certificate that a vCenter has shown: trusted or refused. */
import type { VCenter, VCenterStatus, VCenterStatusCertificate } from '../api/vcenter';
import type { ShownCertificate } from '../vsphere/port';

const ENDS_SOON_MS = 30 * 86_400_000;

/**
 * The certificate that the server showed last. Until this process has seen one, what the status tells stays, as long as the
 * spec is the one that it was written for: of a new endpoint nothing is known.
 */
export function certificateStatus(
  { metadata: { generation }, status }: VCenter,
  shown: ShownCertificate | undefined,
): Pick<VCenterStatus, 'certificate'> {
  if (shown !== undefined) return { certificate: toldOf(shown) };
  const isSameSpec = status?.observedGeneration === generation;
  return isSameSpec && status?.certificate !== undefined ? { certificate: status.certificate } : {};
}

/**
 * One sentence when it ends within 30 days or has ended; undefined while nobody has to do anything. Without figures that
 * change by the day (R4).
 */
export function certificateWarning({ notAfter }: VCenterStatusCertificate = {}, nowWallMs: number): string | undefined {
  const endMs = Date.parse(notAfter ?? '');
  if (!(endMs - nowWallMs < ENDS_SOON_MS)) return undefined;
  const day = notAfter?.slice(0, 10);
  const ends = endMs < nowWallMs ? `has ended on ${day}` : `ends on ${day}, which is within 30 days`;
  return `the certificate of the server ${ends}: renew it in vCenter, and what spec.tls says of it`;
}

/** R14: a date that the API server would refuse is left out, else it would refuse the whole status. */
function toldOf({ fingerprint, notAfterMs }: ShownCertificate): VCenterStatusCertificate {
  const end = new Date(notAfterMs);
  const year = end.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return { sha256: fingerprint };
  return { sha256: fingerprint, notAfter: end.toISOString().replace('.000Z', 'Z') };
}
