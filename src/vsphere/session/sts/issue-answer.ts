/** Reads the answer of the STS. The assertion is cut out as it is: written anew, its signature would not fit. */
import { SaxesParser } from 'saxes';
import { escapeAttribute } from '../../vim25/encode';
import { transportError, VsphereError } from '../../vim25/vsphere-error';

const DEEPEST = 128;

export type IssueAnswer =
  | {
      readonly kind: 'Token';
      readonly assertion: string;
      /** The xmlns attributes in scope around the assertion, each with a blank before it. */
      readonly namespaces: string;
      /** How long the token is valid, by the two times of the STS. */
      readonly lifetimeMs: number | undefined;
    }
  | { readonly kind: 'Fault'; readonly code: string; readonly text: string };

/** Throws a VsphereError MalformedResponse for anything that is neither a token nor a fault. */
export function readIssueAnswer(xml: string): IssueAnswer {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  const path: string[] = [];
  const scopes: Record<string, string>[] = [];
  const texts = new Map<string, string>();
  let text = '';
  let start: number | undefined;
  let namespaces = '';
  let assertion: string | undefined;
  let nameAt = 0;
  parser.on('doctype', () => {
    throw malformed('it has a document type, which SOAP forbids');
  });
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('opentagstart', () => {
    nameAt = parser.position;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (path.length >= DEEPEST) throw malformed(`it is nested deeper than ${DEEPEST} elements`);
    if (start === undefined && path.at(-1) === 'RequestedSecurityToken') {
      start = xml.lastIndexOf('<', nameAt - 1);
      namespaces = namespacesOf(scopes);
    }
    path.push(localName(name));
    scopes.push(attributes);
    text = '';
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', () => {
    const name = path.pop() ?? '';
    scopes.pop();
    // Only the lifetime of the token: the header has one of the message.
    const key = path.at(-1) === 'Lifetime' ? `Lifetime/${name}` : name;
    if (!texts.has(key)) texts.set(key, text.trim());
    text = '';
    if (start !== undefined && assertion === undefined && path.at(-1) === 'RequestedSecurityToken')
      assertion = xml.slice(start, parser.position);
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    throw error instanceof VsphereError ? error : malformed(error instanceof Error ? error.message : String(error));
  }
  const code = texts.get('faultcode');
  if (code !== undefined) return { kind: 'Fault', code: localName(code), text: texts.get('faultstring') ?? '' };
  if (assertion === undefined) throw malformed('it has no token');
  const lifetimeMs = Date.parse(texts.get('Lifetime/Expires') ?? '') - Date.parse(texts.get('Lifetime/Created') ?? '');
  return { kind: 'Token', assertion, namespaces, lifetimeMs: Number.isNaN(lifetimeMs) ? undefined : lifetimeMs };
}

/** The assertion may use prefixes that are declared around it. */
function namespacesOf(scopes: readonly Record<string, string>[]): string {
  const inScope = new Map<string, string>();
  for (const attributes of scopes)
    for (const [name, uri] of Object.entries(attributes))
      if (name.startsWith('xmlns:') && name !== 'xmlns:wsse') inScope.set(name, uri);
  return [...inScope].map(([name, uri]) => ` ${name}="${escapeAttribute(uri)}"`).join('');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function malformed(why: string): VsphereError {
  return transportError('MalformedResponse', `the answer of the STS cannot be read: ${why}`, 'Unknown');
}
