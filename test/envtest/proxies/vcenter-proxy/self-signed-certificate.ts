/** A certificate for 127.0.0.1 and localhost. It is made at run time, so that no key is in the repository. */
import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import type { Clock } from '../../../../src/time/clock';

export interface SelfSigned {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** SHA-256, in the form AA:BB:… */
  readonly fingerprint: string;
}

const DAY_MS = 24 * 3_600_000;
const OID = {
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  subjectKeyIdentifier: '551d0e',
  ecdsaWithSha256: '2a8648ce3d040302',
} as const;

export function makeSelfSigned(clock: Clock): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(tlv(0x31, sequence(oid(OID.commonName), tlv(0x0c, Buffer.from('vCenter proxy of the tests')))));
  const validity = sequence(time(clock.wallMs() - DAY_MS), time(clock.wallMs() + DAY_MS));
  const names = sequence(tlv(0x82, Buffer.from('localhost')), tlv(0x87, Buffer.from([127, 0, 0, 1])));
  const identifier = tlv(0x04, createHash('sha1').update(keyInfo).digest());
  const extensions = sequence(
    extension(OID.basicConstraints, sequence(tlv(0x01, Buffer.from([0xff])))),
    extension(OID.subjectKeyIdentifier, identifier),
    extension(OID.subjectAltName, names),
  );
  const serial = tlv(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)]));
  const version3 = tlv(0xa0, tlv(0x02, Buffer.from([2])));
  const body = sequence(version3, serial, algorithm, name, validity, name, keyInfo, tlv(0xa3, extensions));
  const signature = sign('sha256', body, privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const certificate = new X509Certificate(der);
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
  };
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tlv(0x04, value));
}

/** UTCTime: YYMMDDHHMMSSZ. */
function time(wallMs: number): Buffer {
  const text = new Date(wallMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${text}Z`));
}
