import { expect, test } from 'vitest';
import { transportError } from '../vim25/vsphere-error';
import { FailureLog } from './failure-log';

test('the same failure is a warning once, until another failure or a success comes in between', () => {
  const lines: string[] = [];
  const failureLog = new FailureLog({
    info: (message) => lines.push(`info ${message}`),
    warn: (message) => lines.push(`warn ${message}`),
    error: (message) => lines.push(`error ${message}`),
  });
  const refused = transportError('Refused', 'nothing listens', 'NotSent');
  const slow = transportError('Timeout', 'no answer', 'NotSent');
  for (const error of [refused, refused, refused, slow, refused]) failureLog.failure('not connected', 'vc:443', error);
  failureLog.forget();
  failureLog.failure('not connected', 'vc:443', refused);
  expect(lines).toEqual([
    'warn not connected',
    'info not connected, as before',
    'info not connected, as before',
    'warn not connected',
    'warn not connected',
    'warn not connected',
  ]);
});
