import { describe, expect, test } from 'vitest';
import { transportError } from '../vim25/vsphere-error';
import { connectError } from './connect-error';

const thrown = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('the error of a connect says what to look at, and that nothing was sent', () => {
  test.each([
    ['ECONNREFUSED', 'Refused', 'vc:443 refuses connections: nothing listens there'],
    ['EHOSTUNREACH', 'Refused', 'vc:443 cannot be reached (EHOSTUNREACH)'],
    ['ENETUNREACH', 'Refused', 'vc:443 cannot be reached (ENETUNREACH)'],
    ['ENOTFOUND', 'Unresolvable', 'the host name of vc:443 has no address'],
    ['EAI_AGAIN', 'Unresolvable', 'the host name of vc:443 has no address'],
    ['ETIMEDOUT', 'Timeout', 'vc:443 does not answer'],
    ['EPROTO', 'NotVCenter', 'vc:443 does not speak HTTPS; check the host and port'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'NotVCenter', 'vc:443 does not speak HTTPS; check the host and port'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'NotVCenter', 'vc:443 does not speak HTTPS; check the host and port'],
    ['ECONNRESET', 'ConnectionLost', 'no connection to vc:443: connect ECONNRESET'],
  ])('%s: %s', (code, expected, message) => {
    const cause = thrown(code);
    expect(connectError(cause, 'vc:443')).toMatchObject({ code: expected, outcome: 'NotSent', cause });
    expect(connectError(cause, 'vc:443').message).toContain(message);
  });

  test('of an abort is told as one', () => {
    const error = connectError(new DOMException('stop', 'AbortError'), 'vc:443');
    expect(error).toMatchObject({ code: 'Aborted', outcome: 'NotSent' });
    expect(error.message).toContain('the connection to vc:443 was aborted');
  });

  test('that is ours already stays as it is', () => {
    const own = transportError('Timeout', 'no connection to vc:443 within 10 s', 'NotSent');
    expect(connectError(own, 'vc:443')).toBe(own);
  });

  test('that is no error at all is told as a text', () =>
    expect(connectError('odd', 'vc:443').message).toContain('no connection to vc:443: odd'));
});
