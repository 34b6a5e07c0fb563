/** The WS-Trust message that asks vCenter's STS for a bearer token (docs/vsphere.md#sts-tokens). */

import { escapeText } from '../../vim25/encode';
import type { Credentials } from '../credentials';

export const ISSUE_ACTION = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WST = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The STS allows five minutes for a bearer token by default. */
export const TOKEN_LIFETIME_MS = 5 * 60_000;

export function issueRequest({ userName, password }: Credentials, nowWallMs: number): string {
  // Both times come from one reading of the clock: the STS compares them with its own.
  const [created, expires] = [nowWallMs, nowWallMs + TOKEN_LIFETIME_MS].map((ms) => new Date(ms).toISOString());
  const period = `<wsu:Created>${created}</wsu:Created><wsu:Expires>${expires}</wsu:Expires>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<S:Envelope xmlns:S="${SOAP}"><S:Header><wsse:Security xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}">` +
    `<wsu:Timestamp>${period}</wsu:Timestamp>` +
    `<wsse:UsernameToken><wsse:Username>${escapeText(userName)}</wsse:Username><wsse:Password>${escapeText(password)}</wsse:Password></wsse:UsernameToken>` +
    `</wsse:Security></S:Header><S:Body><wst:RequestSecurityToken xmlns:wst="${WST}" xmlns:wsu="${WSU}">` +
    '<wst:TokenType>urn:oasis:names:tc:SAML:2.0:assertion</wst:TokenType>' +
    `<wst:RequestType>${WST}/Issue</wst:RequestType><wst:Lifetime>${period}</wst:Lifetime>` +
    '<wst:Renewing Allow="false" OK="false"/><wst:Delegatable>false</wst:Delegatable>' +
    `<wst:KeyType>${WST}/Bearer</wst:KeyType>` +
    '<wst:SignatureAlgorithm>http://www.w3.org/2001/04/xmldsig-more#rsa-sha256</wst:SignatureAlgorithm>' +
    '</wst:RequestSecurityToken></S:Body></S:Envelope>'
  );
}

/** The header element of LoginByToken. `namespaces` are the xmlns attributes in scope around the assertion. */
export function securityHeader(assertion: string, namespaces: string): string {
  return `<wsse:Security xmlns:wsse="${WSSE}"${namespaces}>${assertion}</wsse:Security>`;
}
