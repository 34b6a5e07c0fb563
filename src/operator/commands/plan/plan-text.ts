/** Plans as text. */
import { printable } from '../../../api/printable';
import type { Blocker } from '../../../vmgroup/preview/blockers';
import type { FieldChange } from '../../../vmgroup/preview/field-changes';
import type { ChangeKind } from '../../../vmgroup/preview/forecast';
import { STEP_WORDS } from '../step-words';
import { type Cell, paragraph, type Screen, textTable } from '../text-table';
import { cannotBePlanned, type GroupPlan, type PlannedStep } from './group-plan';

const INDENT = 2;
/** Of a value that changes: enough for a list of networks, not for a whole user-data. */
const LONGEST_VALUE = 2_000;

/**
 * Notes on how the vCenters were found, lines for all groups, then the problems of the documents that are not planned, and
 * a last line with the totals.
 */
export function planText(
  plans: readonly GroupPlan[],
  screen: Screen,
  problems: readonly string[] = [],
  notes: readonly string[] = [],
): readonly string[] {
  return [
    ...notes.flatMap((note) => [
      ...paragraph(`Note: ${note}.`, screen).map((line) => screen.paint('yellow', line)),
      '',
    ]),
    ...plans.flatMap((plan) => [...groupText(plan, screen), '']),
    ...problemText(problems, screen),
    ...paragraph(totals(plans), screen),
  ];
}

function problemText(problems: readonly string[], screen: Screen): readonly string[] {
  if (problems.length === 0) return [];
  const title = `Not planned, for ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}:`;
  const lines = problems.flatMap((problem) => paragraph(problem, screen, INDENT));
  return [screen.paint('bold', title), ...lines.map((line) => screen.paint('yellow', line)), ''];
}

/** The title, then blocks with a blank line between them. */
function groupText(plan: GroupPlan, screen: Screen): readonly string[] {
  const { paint } = screen;
  const title = `${paint('bold', printable(plan.group))}  ${paint('dim', printable(`${plan.source}, ${STATE[plan.state]}${plan.vcenter === undefined ? '' : `, VCenter ${plan.vcenter}`}`))}`;
  const note = plan.stateMessage === undefined ? [] : noteOnState(plan.stateMessage, screen);
  const blocks = [
    textTable(plan.specChanges.map(changeRow), screen, INDENT),
    stepTable(plan, screen),
    textTable(plan.inTheWay.map(blockerRow), screen, INDENT),
    paragraph(`${capitalized(summaryText(plan))}.`, screen, INDENT).map((line) => paint('bold', line)),
  ].filter((block) => block.length > 0);
  return [title, ...note, ...blocks.flatMap((block) => ['', ...block])];
}

function noteOnState(why: string, { paint, ...screen }: Screen): readonly string[] {
  const lines = paragraph(
    `Planned as a new group, because the API server could not be asked: ${why}.`,
    { paint, ...screen },
    INDENT,
  );
  return lines.map((line) => paint('yellow', line));
}

function stepTable({ now, later }: GroupPlan, screen: Screen): readonly string[] {
  const rows = [...now.map((step) => stepRow('now', step)), ...later.map((step) => stepRow('later', step))];
  if (rows.length === 0) return [];
  const head = ['WHEN', 'ACTION', 'OBJECT', 'WHY'].map((text): Cell => ({ text, style: 'dim' }));
  return textTable([head, ...rows], screen, INDENT);
}

function blockerRow({ reason, message }: Blocker): readonly Cell[] {
  return [{ text: 'in the way', style: 'yellow' }, { text: reason, style: 'yellow' }, { text: message }];
}

function changeRow({ field, from, to }: FieldChange): readonly Cell[] {
  return [{ text: field }, { text: `${shown(from)} -> ${shown(to)}` }];
}

function stepRow(when: 'now' | 'later', { kind, object, why }: PlannedStep): readonly Cell[] {
  const { word, style } = STEP_WORDS[kind];
  return [
    { text: when, ...(when === 'later' && { style: 'dim' }) },
    { text: word, style },
    { text: object },
    { text: why },
  ];
}

function totals(plans: readonly GroupPlan[]): string {
  const due = plans.filter(({ changes }) => changes).length;
  const unplanned = plans.filter(cannotBePlanned).length;
  const groups = plans.length === 1 ? '1 group' : `${plans.length} groups`;
  const of = (count: number) => (count === plans.length ? groups : `${count} of ${groups}`);
  if (unplanned > 0) return `No plan can be made for ${of(unplanned)}.`;
  return due === 0 ? `Nothing to do for ${groups}.` : `Changes are due for ${of(due)}. Nothing was changed.`;
}

/** As in: 3 to create, 1 to replace. */
export function summaryText(plan: GroupPlan): string {
  const { summary, now } = plan;
  if (cannotBePlanned(plan)) return 'no plan can be made';
  const parts = SUMMARY.flatMap(([kind, words]) => (summary[kind] > 0 ? [`${summary[kind]} ${words}`] : []));
  if (parts.length > 0) return parts.join(', ');
  return now.length > 0 ? 'no replica changes' : 'nothing to do';
}

const SUMMARY: readonly (readonly [ChangeKind, string])[] = [
  ['Adopt', 'to adopt'],
  ['Create', 'to create'],
  ['Replace', 'to replace'],
  ['Resize', 'to resize'],
  ['PowerOn', 'to power on'],
  ['PowerOff', 'to power off'],
  ['Remove', 'to remove'],
  ['Release', 'to release'],
];

const STATE: Readonly<Record<GroupPlan['state'], string>> = {
  New: 'a new group',
  Existing: 'exists',
  Deleting: 'is being deleted',
  Unknown: 'not known whether it exists',
};

function shown(value: unknown): string {
  if (value === undefined) return '(unset)';
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
