/** What synth and Helm take as the value of a flag, the process takes too: a Pod of a manifest does not end at its start. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLAG_RULES, problemsOfFlags } from '../../constructs/operator-flags';
import { parseFlags } from './flags';

/** Values that are about right, for any flag. */
const value = fc.oneof(
  fc.constantFrom(
    'debug',
    'error',
    'Info',
    'json',
    'xml',
    'https',
    'soap',
    'ftp',
    '15s',
    '1m30s',
    '2',
    '0.5h',
    '9ms',
    '',
  ),
  fc.integer({ min: -2, max: 700 }).map(String),
  fc.stringMatching(/^[a-zA-Z0-9 ,._-]{0,12}$/),
  fc
    .array(
      fc.constantFrom('$(namespace)', '$(cluster)', '$(team)', '$', '(', '/', '..', '.', 'a', ' ', '**', ',', '$$'),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

function isTakenByTheProcess(argument: string): boolean {
  try {
    parseFlags([argument], false);
    return true;
  } catch {
    return false;
  }
}

describe.each(FLAG_RULES.map(({ name }) => name))('--%s', (name) => {
  test('is taken at synth with the values only that the process takes', () =>
    fc.assert(
      fc.property(value, (text) => {
        // Nothing given is no mistake of a value.
        fc.pre(!/^[ ,]*$/.test(text));
        const argument = `--${name}=${text.trim()}`;
        expect([argument, problemsOfFlags([argument]).length === 0]).toEqual([argument, isTakenByTheProcess(argument)]);
      }),
      { numRuns: 500 },
    ));
});
