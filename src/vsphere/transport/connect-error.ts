import { transportError, VsphereError } from '../vim25/vsphere-error';

/** The error of a connect. Nothing was sent before TLS was established, so every call may be repeated. */
export function connectError(thrown: unknown, server: string): VsphereError {
  if (thrown instanceof VsphereError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  // The reason of an abort is a DOMException, whose code is a number.
  const code = error.name === 'AbortError' || !('code' in error) ? error.name : String(error.code);
  const options = { cause: thrown };
  switch (code) {
    case 'ECONNREFUSED':
      return transportError('Refused', `${server} refuses connections: nothing listens there`, 'NotSent', options);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return transportError('Refused', `${server} cannot be reached (${code})`, 'NotSent', options);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return transportError('Unresolvable', `the host name of ${server} has no address`, 'NotSent', options);
    case 'ETIMEDOUT':
      return transportError('Timeout', `${server} does not answer`, 'NotSent', options);
    case 'AbortError':
      return transportError('Aborted', `the connection to ${server} was aborted`, 'NotSent', options);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return transportError(
        'NotVCenter',
        `${server} does not speak HTTPS; check the host and port`,
        'NotSent',
        options,
      );
    default:
      return transportError('ConnectionLost', `no connection to ${server}: ${error.message}`, 'NotSent', options);
  }
}
