import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statusPicture } from '../../docs/status-picture';
import { terminalSvg } from '../../docs/terminal-svg';
import { ROOT } from './command';

test('the picture in README.md is what the command prints today', () => {
  expect(
    readFileSync(join(ROOT, 'docs/status.svg'), 'utf8') === statusPicture(),
    'docs/status.svg is stale. Run `npm run picture`, look at it, and commit the outcome.',
  ).toBe(true);
});

test('each text of a line stands at its column, in its colour, with the length of its letters', () => {
  const svg = terminalSvg(['ab  \u001b[32mgood & <well>\u001b[39m', '\u001b[1mx\u001b[22m y'], 'a title');
  expect(svg.match(/<text .*<\/text>/g)).toEqual([
    '<text x="16" y="30" textLength="16" lengthAdjust="spacingAndGlyphs" fill="#e6edf3">ab</text>',
    '<text x="48" y="30" textLength="104" lengthAdjust="spacingAndGlyphs" fill="#3fb950">good &amp; &lt;well&gt;</text>',
    '<text x="16" y="49" textLength="8" lengthAdjust="spacingAndGlyphs" fill="#e6edf3" font-weight="bold">x</text>',
    '<text x="32" y="49" textLength="8" lengthAdjust="spacingAndGlyphs" fill="#e6edf3">y</text>',
  ]);
});
