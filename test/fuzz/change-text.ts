/** Changes a text into another one, in ways that hurt readers of YAML. */
import type { Random } from '../../src/time/random';
import { pick } from './target';

const LONGEST = 64 * 1024;

const PIECES = [
  ...['- ', '? ', ': ', ', ', '[', ']', '{', '}', '|\n', '>\n', '|+\n ', '>-\n ', '"', "'", '#', '\n', '\r', '\t', ' '],
  ...[
    '&a ',
    '*a',
    '*a, ',
    '&b [*a, *a]\n',
    '<<: *a\n',
    '!!str ',
    '!!map ',
    '!x ',
    '!!binary ',
    '!<x> ',
    '---\n',
    '...\n',
  ],
  ...[
    '%YAML 1.1\n',
    '%TAG ! x\n',
    '@',
    '`',
    '\\',
    '"\\u001b[2J"',
    '"\\x9b"',
    '\u001b[2J',
    '\u009b',
    '\u202e',
    '\ufeff',
  ],
  ...[
    '\0',
    '\u2028',
    '\ud83d',
    'null',
    '~',
    'true',
    '0x10',
    '1e400',
    '.inf',
    '.nan',
    '-0',
    '2026-01-01',
    '__proto__: 1\n',
  ],
  ...[
    'constructor: 1\n',
    'kind: List\n',
    'items:\n- ',
    'spec:\n  ',
    'metadata: ',
    'name: ',
    'labels: { a: ',
    'x'.repeat(1_100),
  ],
  ...[
    '$(vm.name)',
    '$$(',
    '$(',
    '50000000',
    '-1',
    '99999999999999999999',
    'abc%',
    '101%',
    'instance-id: ',
    'a: &a\n  ',
  ],
];

type Change = (text: string, random: Random) => string;

const CHANGES: readonly Change[] = [
  // Something inserted, often many times.
  (text, random) => inserted(text, repeated(pick(PIECES, random), random), random),
  (text, random) => inserted(text, repeated(`${pick(PIECES, random)}${pick(PIECES, random)}`, random), random),
  // Lines with numbers, so that they differ.
  (text, random) => {
    const [before, after] = [pick(PIECES, random), pick(PIECES, random)];
    const most = LONGEST / (before.length + after.length);
    const lines = Array.from({ length: Math.min(most, manyTimes(random)) }, (_, index) => `${before}k${index}${after}`);
    return inserted(text, lines.join(pick(['\n', ', ', ''], random)), random);
  },
  // A part again, many times, or gone, or moved.
  (text, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + repeated(text.slice(from, to), random) + text.slice(to);
  },
  (text, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  (text, random) => {
    const [from, to] = span(text, random);
    return inserted(text.slice(0, from) + text.slice(to), text.slice(from, to), random);
  },
  // One line deeper, or all of them, or ever deeper ones.
  (text, random) => text.replaceAll('\n', `\n${' '.repeat(manyTimes(random) % 40)}`),
  (text, random) => {
    const steps = Array.from({ length: manyTimes(random) % 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`);
    return inserted(text, steps.join(''), random);
  },
  // Another character.
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at + 1);
  },
];

/** One to four changes. At most 64 Ki characters come out. */
export function changedText(text: string, random: Random): string {
  let result = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1)
    result = pick(CHANGES, random)(result, random).slice(0, LONGEST);
  return result;
}

function manyTimes(random: Random): number {
  return Math.ceil(10 ** (random() * random() * 4.5));
}

function repeated(piece: string, random: Random): string {
  return piece.repeat(Math.min(manyTimes(random), Math.ceil(LONGEST / Math.max(1, piece.length))));
}

function inserted(text: string, piece: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  return text.slice(0, at) + piece + text.slice(at);
}

function span(text: string, random: Random): readonly [number, number] {
  const from = Math.floor(random() * text.length);
  return [from, from + Math.ceil(random() * random() * (text.length - from))];
}
