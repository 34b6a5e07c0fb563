import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dashboardPicture } from '../../docs/dashboard-picture';
import recorded from '../../docs/dashboard-picture.json';
import { statusPicture } from '../../docs/status-picture';
import { terminalSvg } from '../../docs/terminal-svg';
import { operatorDashboard } from '../../imports/operator-dashboard';
import { ROOT } from './command';

test('the picture in README.md is what the command prints today', () => {
  expect(
    readFileSync(join(ROOT, 'docs/status.svg'), 'utf8') === statusPicture(),
    'docs/status.svg is stale. Run `npm run picture`, look at it, and commit the outcome.',
  ).toBe(true);
});

test("the picture in docs/operating.md is today's dashboard, and each of its panels has what was recorded for its queries", () => {
  expect(
    readFileSync(join(ROOT, 'docs/dashboard.svg'), 'utf8') === dashboardPicture(),
    'docs/dashboard.svg is stale. Record the story again if a query changed (docs/dashboard-picture.ts), run `npm run picture`, and look at it.',
  ).toBe(true);
  const panels = operatorDashboard.panels as readonly { id: number; targets?: readonly unknown[] }[];
  expect(recorded.panels.map(({ id, targets }) => [id, targets.length])).toEqual(
    panels.map(({ id, targets = [] }) => [id, targets.length]),
  );
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
