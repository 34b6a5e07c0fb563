import { printable } from '../../../api/printable';
import { type Cell, paragraph, type Screen, type Style, textTable } from '../text-table';
import type { CheckResult, CheckStatus } from './check-steps';

/** The checks of one VCenter object. */
export interface CheckSection {
  readonly name: string;
  /** File and line of its manifest. */
  readonly source?: string;
  readonly checks: readonly CheckResult[];
}

/** One line per finding, its remedy below it, and a last line with the totals. */
export function checkText(results: readonly CheckResult[], screen: Screen): readonly string[] {
  return [...resultsTable(results, screen), '', ...paragraph(totals(results), screen)];
}

/** The same with a heading for each VCenter, and the totals of all. */
export function sectionsText(
  results: readonly CheckResult[],
  sections: readonly CheckSection[],
  screen: Screen,
): readonly string[] {
  const { paint } = screen;
  const blocks = sections.map(({ name, source, checks }) => [
    paint('bold', printable(`VCenter ${name}`)) + (source === undefined ? '' : `  ${paint('dim', printable(source))}`),
    ...resultsTable(checks, screen),
  ]);
  const all = [...results, ...sections.flatMap(({ checks }) => checks)];
  return [
    ...[resultsTable(results, screen), ...blocks].flatMap((block) => (block.length === 0 ? [] : [...block, ''])),
    ...paragraph(totals(all), screen),
  ];
}

function resultsTable(results: readonly CheckResult[], screen: Screen): readonly string[] {
  const rows = results.flatMap(({ check, status, message, remedy }, index): readonly Cell[][] => {
    const named = status === 'ok' && results[index - 1]?.check === check ? '' : check;
    const line: Cell[] = [
      { text: status, style: STYLES[status] },
      { text: named },
      { text: message, ...(status === 'skipped' && { style: 'dim' }) },
    ];
    return remedy === undefined
      ? [line]
      : [line, [{ text: '' }, { text: '' }, { text: `-> ${remedy}`, style: 'bold' }]];
  });
  return textTable(rows, screen);
}

function totals(results: readonly CheckResult[]): string {
  const count = (status: CheckStatus) => results.filter((result) => result.status === status).length;
  const parts = (['failed', 'warning', 'skipped'] as const).flatMap((status) =>
    count(status) === 0 ? [] : [`${count(status)} ${status === 'warning' && count(status) > 1 ? 'warnings' : status}`],
  );
  return parts.length === 0 ? 'All is well.' : `${count('ok')} ok, ${parts.join(', ')}.`;
}

const STYLES: Readonly<Record<CheckStatus, Style>> = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
};
