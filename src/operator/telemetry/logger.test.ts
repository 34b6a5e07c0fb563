import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { Logger } from './logger';

const EVIL = 'web\n00:00:00.000 ERROR vm-operator: all is lost \u001b[2J\u009b2J\u202e';

function written(format: 'json' | 'text'): string {
  const lines: string[] = [];
  const logger = new Logger({ level: 'info', format, clock: new VirtualClock(), write: (line) => lines.push(line) });
  logger.warn(`looked at ${EVIL}`, { object: EVIL, list: [EVIL], error: new Error(EVIL) });
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

test.each(['json', 'text'] as const)('a name makes no line of its own, and commands no terminal: %s', (format) => {
  expect(written(format)).toMatch(/^[ -~]+$/);
});

test('JSON is read back as it was', () => {
  expect(JSON.parse(written('json'))).toMatchObject({
    msg: `looked at ${EVIL}`,
    object: EVIL,
    list: [EVIL],
    error: EVIL,
  });
});
