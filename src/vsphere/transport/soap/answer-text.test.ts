import { expect, test } from 'vitest';
import { envelope } from '../../../../test/support/https-server';
import { AnswerText } from './answer-text';

function read(body: string): string {
  const text = new AnswerText();
  text.write(envelope(body));
  return text.end();
}

/** At most 4 MiB: with a look at the rest of the text for each of these a test would never end. */
const MANY = 500_000;

test.each([
  ['comments', '<!--'],
  ['sections of CDATA', '<![CDATA['],
  ['instructions', '<?'],
  ['tags', '<a'],
  ['values of attributes', '<a b="'],
  ['values in single quotes', "<a b='"],
])('%s that are not closed are refused at the first one', (_, piece) => {
  expect(() => read(piece.repeat(MANY))).toThrow(expect.objectContaining({ code: 'MalformedResponse' }));
});

test('references of all kinds take one look each', () => {
  const text = read(`<a>${'&amp;&#0;&x;&'.repeat(MANY / 2)}</a>`);
  expect(text).toContain('<a>&amp;\uffff\uffff\uffff&amp;');
});

test('a level is counted also if a value of its attributes ends like an empty element', () => {
  const deep = '<a b="/>">'.repeat(129) + '</a>'.repeat(129);
  expect(() => read(deep)).toThrow(expect.objectContaining({ code: 'ResponseTooLarge' }));
  expect(read('<a b="/>"/>'.repeat(1_000))).toContain('<a b="/>"/>');
});

test('what looks like markup within comments, CDATA and instructions is none', () => {
  const body = '<!-- <!DOCTYPE a> &#0; --><![CDATA[<!DOCTYPE a> &#0; <a>]]><?a <!DOCTYPE b> ?>';
  expect(read(body)).toContain('<![CDATA[<!DOCTYPE a> &#0; <a>]]>');
});
