import { expect, test } from 'vitest';
import { type CheckSection, sectionsText } from './check-text';

const screen = { paint: (_: string, text: string) => text, width: 100 };
const well = { check: 'settings', status: 'ok', message: 'm' } as const;

test('each VCenter has a heading, and one line has the totals of all', () => {
  const sections: readonly CheckSection[] = [
    { name: 'east', source: 'vcenter.yaml:3', checks: [well] },
    { name: 'west', checks: [{ check: 'login', status: 'failed', message: 'no', remedy: 'do' }] },
  ];
  expect(sectionsText([{ ...well, check: 'manifests' }], sections, screen)).toEqual([
    ...['ok  manifests  m', ''],
    ...['VCenter east  vcenter.yaml:3', 'ok  settings  m', ''],
    ...['VCenter west', 'failed  login  no', '               -> do', ''],
    '2 ok, 1 failed.',
  ]);
});

test('R14: the name of a VCenter commands no terminal', () => {
  expect(sectionsText([], [{ name: '\u001b[2J', checks: [well] }], screen).join('')).not.toContain('\u001b');
});
