/** Changes an answer, or its HTTP, in ways that hurt parsers. A byte that no text has is written as by `rawByte`. */
import type { Random } from '../../src/time/random';
import { rawByte } from './scripted-vcenter';
import { pick } from './target';

const LONGEST = 256 * 1024;

const PIECES = [
  ...['<', '>', '/', '&', ';', '"', "'", '=', ':', ' ', '\r', '\n', '\t', '-', ']', '!', '?', '%'],
  ...['&#0;', '&#x1b;', '&#xFFFE;', '&#xD800;', '&#x110000;', '&#;', '&amp;', '&boom;', '&amp', '&#38;', '&#60;'],
  ...[
    '\0',
    '\x01',
    '\x1b[2J',
    '\x7f',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ufffd',
    '\ud800',
    '🙂',
    '値',
  ],
  ...[rawByte(0xff), rawByte(0xc3), rawByte(0x80), rawByte(0xed) + rawByte(0xa0) + rawByte(0x80), rawByte(0xf0)],
  ...['<![CDATA[', ']]>', '<!--', '-->', '<?x', '?>', '<!DOCTYPE a [<!ENTITY b "c">]>', '<?xml version="1.1"?>'],
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<a b="/>">',
    "<a b='>'/>",
    '<a b=c>',
    '<a b="1" b="2">',
    '<a:b xmlns:a="c">',
    '</>',
    '<>',
  ],
  ...[
    '<constructor>',
    '</constructor>',
    '<toString/>',
    '<__proto__>',
    '</__proto__>',
    '<xsiType>x</xsiType>',
    '<$value/>',
  ],
  ...[
    ' xsi:type="xsd:int"',
    ' xsi:type="ArrayOfString"',
    ' xsi:type="TaskInfo"',
    ' xsi:type="UpdateSet"',
    ' xsi:type=":"',
  ],
  ...[
    ' xmlns:xsi="urn:other"',
    ' xmlns=""',
    ' type="VirtualMachine"',
    ' type=""',
    ' id="a" href="#a"',
    ' xsi:nil="true"',
  ],
  ...['NaN', 'INF', '-INF', '-0', '0x10', '1e400', '2147483648', '9223372036854775808', '99999999999999999999999', ''],
  ...['true', 'poweredSideways', 'vm-a', 'vm-b', 'vm-c', 'leave', 'enter', 'modify', 'x'.repeat(5_000)],
  ...['2026-13-45T99:99:99Z', '-271821-04-20T00:00:00Z', 'config.changeVersion', 'config.extraConfig["x"].value'],
];

const HTTP_PIECES = [
  ...[
    '\r\n',
    '\r\n\r\n',
    '0\r\n\r\n',
    'ffffffffff\r\n',
    '-1\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 200 OK\r\n',
  ],
  ...['Content-Length: 0\r\n', 'Content-Length: 99999999999\r\n', 'Content-Length: -1\r\n', 'Content-Length: 5\r\n'],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Content-Encoding: gzip\r\n',
    'Content-Encoding: deflate\r\n',
    'Content-Encoding: br\r\n',
  ],
  ...[
    'Content-Type: text/html\r\n',
    'Content-Type: text/xml\r\n',
    'Set-Cookie: a=b\r\n',
    'Set-Cookie: =\r\n',
    'Date: x\r\n',
  ],
  ...[
    'Retry-After: 5\r\n',
    'Retry-After: -1\r\n',
    'Retry-After: NaN\r\n',
    'Location: https://elsewhere/\r\n',
    'X: \0\r\n',
  ],
  ...['Connection: keep-alive\r\n', 'Upgrade: h2c\r\n', 'Trailer: X\r\n', 'HTTP/1.1 503 No\r\n', 'HTTP/1.1 404 No\r\n'],
];

type Change = (text: string, pieces: readonly string[], random: Random) => string;

const CHANGES: readonly Change[] = [
  (text, pieces, random) => inserted(text, pick(pieces, random), random),
  (text, pieces, random) => inserted(text, pick(pieces, random) + pick(pieces, random), random),
  (text, pieces, random) => inserted(text, repeated(pick(pieces, random), random), random),
  // Instead of something.
  (text, pieces, random) => {
    const [from, to] = span(text, random);
    return text.slice(0, from) + pick(pieces, random) + text.slice(to);
  },
  // A text between two tags, as a whole.
  (text, pieces, random) => {
    const texts = [...text.matchAll(/>([^<>]+)</g)];
    if (texts.length === 0) return text;
    const { index, 1: old = '' } = pick(texts, random);
    return `${text.slice(0, index + 1)}${pick(pieces, random)}${text.slice(index + 1 + old.length)}`;
  },
  // An element again, many times, or gone, or elsewhere.
  (text, _, random) => {
    const [from, to] = element(text, random);
    return text.slice(0, from) + repeated(text.slice(from, to), random) + text.slice(to);
  },
  (text, _, random) => {
    const [from, to] = element(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  (text, _, random) => {
    const [from, to] = element(text, random);
    return inserted(text.slice(0, from) + text.slice(to), text.slice(from, to), random);
  },
  // Many that differ.
  (text, _, random) => {
    const count = manyTimes(random);
    const [before, after] = pick(
      [
        ['<a', '/>'],
        [' b', '=""'],
        ['<c', '>'],
        ['<propSet><name>', '</name></propSet>'],
      ],
      random,
    );
    return inserted(text, Array.from({ length: count }, (__, index) => `${before}${index}${after}`).join(''), random);
  },
  (text, _, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, _, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + rawByte(Math.floor(random() * 256)) + text.slice(at + 1);
  },
];

/** One to four changes. */
export function changedAnswer(text: string, random: Random): string {
  const pieces = text.startsWith('HTTP/') ? [...PIECES, ...HTTP_PIECES, ...HTTP_PIECES] : PIECES;
  let result = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1)
    result = pick(CHANGES, random)(result, pieces, random).slice(0, LONGEST);
  return result;
}

function manyTimes(random: Random): number {
  return Math.ceil(10 ** (random() * random() * 4));
}

function repeated(piece: string, random: Random): string {
  return piece.repeat(Math.min(manyTimes(random), Math.ceil(LONGEST / Math.max(1, piece.length))));
}

/** At a tag, mostly. */
function inserted(text: string, piece: string, random: Random): string {
  const anywhere = Math.floor(random() * (text.length + 1));
  const tag = random() < 0.7 ? text.indexOf(pick(['<', '>'], random), anywhere) : -1;
  const at = tag < 0 ? anywhere : tag + (text[tag] === '>' ? 1 : 0);
  return text.slice(0, at) + piece + text.slice(at);
}

function span(text: string, random: Random): readonly [number, number] {
  const from = Math.floor(random() * text.length);
  return [from, from + Math.ceil(random() * random() * random() * (text.length - from))];
}

/** From one tag to another. */
function element(text: string, random: Random): readonly [number, number] {
  const [from, to] = span(text, random);
  const start = text.indexOf('<', from);
  const end = text.indexOf('>', Math.max(start, to));
  return start < 0 || end < 0 ? [from, to] : [start, end + 1];
}
