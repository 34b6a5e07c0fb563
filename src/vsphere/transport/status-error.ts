/** The error for an HTTP status, before any SOAP is read. */
import type { IncomingMessage } from 'node:http';
import { transportError, type VsphereError } from '../vim25/vsphere-error';

/** undefined if the body is XML with status 200, or with status 500 as a soap:Fault has it. */
export function statusError(server: string, response: IncomingMessage): VsphereError | undefined {
  const status = response.statusCode ?? 0;
  const isXml = /xml/i.test(response.headers['content-type'] ?? '');
  if ((status === 200 || status === 500) && isXml) return undefined;
  if (status === 200 || (status >= 300 && status < 400) || status === 404 || status === 405)
    // A redirect is never followed: the credentials would be sent to another server.
    return transportError(
      'NotVCenter',
      `${server} answers with status ${status} and no SOAP: it is not the API of a vCenter; check the host and port`,
      'Refused',
    );
  if (status === 401 || status === 403 || status === 407)
    return transportError(
      'Forbidden',
      `${server} answers with status ${status}: a proxy in between refuses`,
      'Refused',
    );
  if (status === 413 || status === 431)
    return transportError('InvalidInput', `${server} refuses the request as too large (status ${status})`, 'Refused');
  const retryAfterMs = retryAfter(response.headers['retry-after']);
  const refused = status === 503 || status === 429;
  return transportError(
    'Unavailable',
    `${server} is not available (status ${status})`,
    refused ? 'Refused' : 'Unknown',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

/** Retry-After in seconds, at most an hour. Its other form, a date, is ignored. */
export function retryAfter(header: string | undefined): number | undefined {
  const seconds = Number(header ?? '');
  return header !== undefined && Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}
