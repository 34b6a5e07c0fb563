/**
 * Versions of the vim25 API: those that the codec knows, and the one to use with a server
 * (docs/vsphere.md#api-versions).
 */
import { SaxesParser } from 'saxes';
import { transportError } from './vsphere-error';

/**
 * Newest first. A field that is newer than the oldest of these is marked with `since`. From 7.0.0.2 on these are the
 * versions that govmomi's types name; the older ones are the public releases. None was tried on a real vCenter.
 */
const KNOWN_VERSIONS = [
  ...['9.1.0.0', '9.0.0.0', '8.0.3.1', '8.0.3.0', '8.0.2.0', '8.0.1.0', '8.0.0.1', '8.0.0.0'],
  ...['7.0.3.2', '7.0.3.1', '7.0.3.0', '7.0.2.1', '7.0.2.0', '7.0.1.1', '7.0.1.0', '7.0.0.2', '7.0'],
  ...['6.9.1', '6.8.7', '6.7.3', '6.7.2', '6.7.1', '6.7', '6.5', '6.0'],
] as const;

/** Used if the server has no list of versions. Every vCenter that is still supported knows it. */
export const FALLBACK_VERSION = '6.7';

export const VERSIONS_PATH = '/sdk/vimServiceVersions.xml';

/** The newest version that both sides know. Throws a VsphereError VersionUnsupported or MalformedResponse. */
export function chooseVersion(document: string, server: string): string {
  const offered = offeredVersions(document);
  if (offered.length === 0) throw malformed('it names no version of vim25');
  const chosen = KNOWN_VERSIONS.find((version) => offered.includes(version));
  if (chosen !== undefined) return chosen;
  const known = `${KNOWN_VERSIONS.at(-1)} to ${KNOWN_VERSIONS[0]}`;
  throw transportError(
    'VersionUnsupported',
    `${server} offers the API versions ${offered.slice(0, 20).join(', ')}, this program knows ${known}; ` +
      'use a release of this program that fits the vCenter',
    'NotSent',
  );
}

/** `version` and `priorVersions` of the namespace urn:vim25. */
function offeredVersions(document: string): readonly string[] {
  const parser = new SaxesParser();
  const path: string[] = [];
  let text = '';
  let name = '';
  let versions: string[] = [];
  const offered: string[] = [];
  parser.on('doctype', () => {
    throw malformed('it has a document type');
  });
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('opentag', (tag) => {
    path.push(tag.name);
    text = '';
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', () => {
    const at = path.join('/');
    if (at === 'namespaces/namespace/name') name = text.trim();
    if (at === 'namespaces/namespace/version' || at === 'namespaces/namespace/priorVersions/version')
      versions.push(text.trim());
    if (at === 'namespaces/namespace') {
      if (name === 'urn:vim25') offered.push(...versions);
      name = '';
      versions = [];
    }
    path.pop();
    text = '';
  });
  parser.write(document).close();
  return offered;
}

/** Whether `version` is `since` or newer. Compares number by number; a missing number counts as 0. */
export function isAtLeast(version: string, since: string): boolean {
  const [have, want] = [version.split('.').map(Number), since.split('.').map(Number)];
  for (let at = 0; at < Math.max(have.length, want.length); at += 1) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function malformed(why: string) {
  return transportError('MalformedResponse', `the list of API versions cannot be read: ${why}`, 'Unknown');
}
