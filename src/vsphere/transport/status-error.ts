/** What an HTTP status says before any SOAP is read (vim25.md part 3.3). */
import type { IncomingMessage } from 'node:http';
import { transportError, type VsphereError } from '../vim25/vsphere-error';

/** undefined when the body is SOAP: 200, or 500 with a soap:Fault. */
export function statusError(server: string, response: IncomingMessage): VsphereError | undefined {
  const status = response.statusCode ?? 0;
  const isXml = /xml/i.test(response.headers['content-type'] ?? '');
  if ((status === 200 || status === 500) && isXml) return undefined;
  if (status === 200 || (status >= 300 && status < 400) || status === 404 || status === 405)
    // Never followed when it is a redirect: it would take the credentials along.
    return transportError(
      'NotVCenter',
      `${server} answers with status ${status} and no SOAP: it is not the API of a vCenter. Check the host and port.`,
      'Refused',
    );
  if (status === 401 || status === 403 || status === 407)
    return transportError(
      'Forbidden',
      `${server} answers with status ${status}: a proxy in between refuses.`,
      'Refused',
    );
  if (status === 413 || status === 431)
    return transportError('InvalidInput', `${server} finds the request too large (status ${status}).`, 'Refused');
  const retryAfterMs = retryAfter(response.headers['retry-after']);
  const refused = status === 503 || status === 429;
  return transportError(
    'Unavailable',
    `${server} is not available (status ${status}).`,
    refused ? 'Refused' : 'Unknown',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

/** Retry-After in seconds; its other form, a date, is not used by vCenter. At most an hour is believed. */
function retryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header ?? '');
  return header !== undefined && Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}
