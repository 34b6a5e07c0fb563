import { printable } from '../../../api/printable';
import { nameList } from '../../../vmgroup/model/name-list';
import type { ToldDecision, ToldStep } from '../../../vmgroup/preview/told-decision';
import { timeSpan } from '../status/time-span';
import { STEP_WORDS } from '../step-words';
import { type Cell, type Screen, textTable } from '../text-table';

const INDENT = 2;
/** Of one kind for one reason: a group of 500 replicas has as many. */
const MOST_STEPS = 6;

/** Decisions of one or several groups, in the order given: a head for each group, then a table for each decision. */
export function whyText(told: readonly ToldDecision[], screen: Screen): readonly string[] {
  return told.flatMap((decision, index) => {
    const before = told[index - 1]?.group === decision.group ? told[index - 1] : undefined;
    const head = before === undefined ? [screen.paint('bold', printable(decision.group))] : [];
    return [...head, titleOf(decision, before, screen), ...textTable(rowsOf(decision), screen, INDENT), ''];
  });
}

function titleOf({ at, version, skipped }: ToldDecision, before: ToldDecision | undefined, { paint }: Screen): string {
  const later = before === undefined ? '' : `, ${spanText(Date.parse(at) - Date.parse(before.at))} later`;
  const between = skipped === 0 ? '' : `, ${skipped} decision${skipped === 1 ? '' : 's'} between were not kept`;
  return `${paint('bold', printable(at))}${paint('dim', printable(`${later}${between}, by version ${version}`))}`;
}

/** Steps follow each other within milliseconds. */
function spanText(ms: number): string {
  return ms < 1_000 ? `${Math.max(0, ms)} ms` : timeSpan(ms);
}

function rowsOf({
  seen,
  decided,
  waits,
  underWay,
  told,
  conditions,
  differsNow,
}: ToldDecision): readonly (readonly Cell[])[] {
  const block = (label: string, lines: readonly Cell[]): readonly (readonly Cell[])[] =>
    lines.map((line, index) => [{ text: index === 0 ? label : '', style: 'dim' }, line]);
  const plain = (texts: readonly string[]) => texts.map((text): Cell => ({ text }));
  return [
    ...block('seen', plain(seen.length === 0 ? ['nothing new: the time for it had come'] : seen)),
    ...block('decided', decided.length === 0 ? plain(['nothing is to be done now']) : stepLines(decided)),
    ...block(
      'waits',
      waits.map((text): Cell => ({ text, style: 'yellow' })),
    ),
    ...block('under way', underWay.length === 0 ? [] : plain([nameList(underWay)])),
    ...block(
      'status',
      told === undefined ? plain(['the last one is kept']) : plain([`${told.phase}: ${told.message}`]),
    ),
    ...block('', plain(conditions)),
    ...block(
      'today',
      differsNow
        ? [{ text: 'this vm-operator decides or tells it otherwise: vm-operator replay shows how', style: 'yellow' }]
        : [],
    ),
  ];
}

/** Steps of one kind for one reason are told together. */
function stepLines(steps: readonly ToldStep[]): readonly Cell[] {
  const alike = Map.groupBy(steps, ({ kind, why }) => JSON.stringify([kind, why?.replace(/\d+/, '#')]));
  return [...alike.values()].flatMap((same): readonly Cell[] => {
    const shown = same.slice(0, MOST_STEPS).map(stepLine);
    const rest = same.length - shown.length;
    return rest === 0 ? shown : [...shown, { text: `and ${rest} more like these` }];
  });
}

function stepLine({ kind, object, why }: ToldStep): Cell {
  const { word, style } = Object.hasOwn(STEP_WORDS, kind) ? STEP_WORDS[kind] : { word: kind, style: 'yellow' as const };
  return { text: `${word}${object === '' ? '' : ` ${object}`}${why === undefined ? '' : `: ${why}`}`, style };
}
