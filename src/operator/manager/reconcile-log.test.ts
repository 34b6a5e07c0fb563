import { beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../kubernetes';
import type { LogFields } from '../telemetry/logger';
import { ReconcileLog } from './reconcile-log';

let lines: (readonly [level: string, message: string, failures?: unknown])[];
let log: ReconcileLog;

beforeEach(() => {
  lines = [];
  const line = (level: string) => (message: string, fields: LogFields) =>
    void lines.push(fields.failures === undefined ? [level, message] : [level, message, fields.failures]);
  log = new ReconcileLog({ debug: line('debug'), info: line('info'), warn: line('warn') });
});

const unreachable = () => new ApiError('Unreachable', `no answer after ${lines.length} ms`);
const fails = (error: unknown, key = 'shop/web') => log.ended({ key, durationMs: 1, error });
const succeeds = (key = 'shop/web') => log.ended({ key, durationMs: 1, result: {} });

test('a failure is a warning once, its repetitions are counted at debug, and the next success is one line at info', () => {
  for (let failure = 0; failure < 3; failure += 1) fails(unreachable());
  succeeds();
  succeeds();
  fails(unreachable());
  expect(lines).toEqual([
    ['warn', 'reconcile failed, trying again with backoff'],
    ['debug', 'reconcile failed again', 2],
    ['debug', 'reconcile failed again', 3],
    ['info', 'reconciled after failures', 3],
    ['debug', 'reconciled'],
    ['warn', 'reconcile failed, trying again with backoff'],
  ]);
});

test('a failure of another kind is a warning again', () => {
  fails(unreachable());
  fails(new ApiError('Forbidden', 'no', { status: 403 }));
  fails(new TypeError('a bug'));
  expect(lines.map(([level]) => level)).toEqual(['warn', 'warn', 'warn']);
});

test('keys are counted apart', () => {
  fails(unreachable());
  fails(unreachable(), 'shop/db');
  fails(unreachable());
  succeeds('shop/db');
  expect(lines.slice(2)).toEqual([
    ['debug', 'reconcile failed again', 2],
    ['info', 'reconciled after failures', 1],
  ]);
});
