/** The texts for a guest, from a group or from a Secret, as JSON: { metadata, userData }. */
import { gunzipSync } from 'node:zlib';
import { instanceUuid } from '../../../src/api/identity';
import { documentsOf } from '../../../src/vmgroup/act/bounded-yaml';
import { type GuestTexts, guestInfo } from '../../../src/vmgroup/act/guest-data';
import { GuestDataError } from '../../../src/vmgroup/act/guest-data-error';
import { GuestMetadata } from '../../../src/vmgroup/act/guest-metadata';
import { aGroup, CLUSTER_ID } from '../../support/builders/observation';
import { changedText } from '../change-text';
import { promised, promisedPrintable, type Target } from '../target';

const NETWORK = `local-hostname: $(vm.hostname)
network:
  version: 2
  ethernets:
    nics: &nics { match: { name: "ens*" }, dhcp4: true } # all
    other: *nics
wait-on-network: { ipv4: true }
`;
const group = aGroup();
const slot = { ordinal: 3, revision: 'a1b2c3d4e5' };
const of = { group, slot, clusterId: CLUSTER_ID, instanceUuid: instanceUuid(group.metadata.uid, slot) };

/** Once as it is and once complete: no text is read more often, and replicas of one group share a reader. */
function take(text: string): void {
  const texts = textsOf(text);
  const metadata = new GuestMetadata();
  for (let replica = 0; replica < 3; replica += 1) {
    let extraConfig: Readonly<Record<string, string>>;
    try {
      extraConfig = guestInfo(texts, of, metadata);
    } catch (error) {
      if (!(error instanceof GuestDataError)) throw error;
      promisedPrintable(error.message);
      promised(
        /^spec\.guest\.cloudInit\.(metadata|userData) [ -~]{1,200}$/.test(error.message),
        'R10: the text is not shown',
      );
      continue;
    }
    const written = gunzipSync(Buffer.from(extraConfig['guestinfo.metadata'] ?? '', 'base64')).toString('utf8');
    promised(Buffer.byteLength(written) <= 16 * 1024, 'metadata has at most 16 KiB');
    const [document] = documentsOf(written);
    const value: unknown = document?.toJS({ maxAliasCount: -1 });
    const isComplete =
      typeof value === 'object' && value !== null && 'instance-id' in value && 'local-hostname' in value;
    promised(isComplete, 'metadata has instance-id and local-hostname');
  }
}

function textsOf(text: string): GuestTexts {
  const { metadata, userData } = JSON.parse(text) as GuestTexts;
  return { ...(metadata !== undefined && { metadata }), ...(userData !== undefined && { userData }) };
}

export const guestTexts: Target = {
  name: 'guest-texts',
  ending: 'json',
  seeds: [
    JSON.stringify({ metadata: NETWORK, userData: '#cloud-config\nhostname: $(vm.name)\n' }),
    JSON.stringify({ metadata: JSON.stringify({ network: { version: 2 } }) }),
    JSON.stringify({ metadata: '# mine\n---\n  a: |+\n    x\n\n  b: 1\n' }),
  ],
  change: (text, random) => {
    const { metadata = '', userData = '' } = textsOf(text);
    if (random() < 0.2)
      return JSON.stringify({ metadata, userData: changedText(userData, random).repeat(1 + random() * 8) });
    return JSON.stringify({ metadata: changedText(metadata, random), ...(userData !== '' && { userData }) });
  },
  take: async (text) => take(text),
};
