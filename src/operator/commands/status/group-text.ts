/** One group as a tree of its replicas. */
import { printable } from '../../../api/printable';
import { type Cell, paragraph, type Screen, type Style, textTable } from '../text-table';
import type { GroupView, ReplicaView } from './group-view';
import { PHASE_STYLE } from './groups-text';
import { progressBar, progressWords } from './progress-bar';
import { since, timeSpan } from './time-span';

const INDENT = 2;
const BAR_WIDTH = 30;

/** Which replicas are shown. Unsettled: those of which there is something to tell; the others are only counted. */
export type ShownReplicas = 'All' | 'Unsettled';

/** The group, what is not well with it, and below that its replicas, each with what it lacks. */
export function groupText(
  group: GroupView,
  nowMs: number,
  screen: Screen,
  which: ShownReplicas = 'All',
): readonly string[] {
  const replicas = which === 'All' ? group.replicas : group.replicas.filter((replica) => !isSettled(replica));
  const left = group.replicas.length - replicas.length;
  const rest = `${left} more ${left === 1 ? 'is' : 'are'} ready and up to date`;
  return [
    ...[titleOf(group, nowMs, screen), ...summaryOf(group, screen), ''],
    ...(replicas.length === 0 && left > 0 ? [] : treeOf(replicas, nowMs, screen)),
    ...(left === 0 ? [] : [' '.repeat(INDENT) + screen.paint('dim', rest)]),
  ];
}

function isSettled({ ready, isOutdated, task, fault }: ReplicaView): boolean {
  return ready === true && !isOutdated && task === undefined && fault === undefined;
}

function titleOf(group: GroupView, nowMs: number, { paint }: Screen): string {
  const { namespace, name, phase, ready, desired, createdAt } = group;
  const style = PHASE_STYLE[phase];
  const told = style === undefined ? printable(phase) : paint(style, phase);
  const age = createdAt === undefined ? undefined : since(createdAt, nowMs);
  const rest = `${ready} of ${desired} ready${age === undefined ? '' : `, made ${age} ago`}`;
  return `${paint('bold', printable(`${namespace}/${name}`))}  ${told}  ${paint('dim', rest)}`;
}

function summaryOf(group: GroupView, screen: Screen): readonly string[] {
  const { template, vcenter, folder, message, conditions } = group;
  const told = new Set<string>();
  const notes = [
    ...(message === undefined ? [] : [{ what: 'message', text: message }]),
    ...conditions.map(({ type, reason, message: text }) => ({ what: type, text: `${reason}: ${text}` })),
  ].filter(({ text }) => {
    const sentence = text.replace(/^\w+: /, '');
    const isNew = !told.has(text) && !told.has(sentence);
    told.add(text).add(sentence);
    return isNew;
  });
  const row = (what: string, text: string, style?: Style): Cell[] => [
    { text: what, style: 'dim' },
    { text, ...(style !== undefined && { style }) },
  ];
  const rows = [
    row('template', template),
    ...(folder === undefined ? [] : [row('folder', folder)]),
    ...(vcenter === undefined ? [] : [row('vCenter', vcenter)]),
    ...notes.map(({ what, text }) => (what === 'message' ? row(what, text) : row(what, text, 'yellow'))),
  ];
  const table = textTable(rows, screen, INDENT);
  return [...table, ...progressOf(group, screen)];
}

function progressOf({ progress }: GroupView, screen: Screen): readonly string[] {
  if (progress === undefined) return [];
  const { kind, from, to } = progress;
  const revisions = from === undefined || to === undefined ? '' : screen.paint('dim', printable(`  ${from} -> ${to}`));
  const what = kind === 'Update' ? 'update' : 'replicas';
  const line = `${screen.paint('dim', what)}  ${progressBar(progress, BAR_WIDTH, screen)}  ${progressWords(progress)}`;
  return ['', ' '.repeat(INDENT) + line + revisions];
}

interface Column {
  readonly head: string;
  readonly cell: (replica: ReplicaView, nowMs: number) => Cell;
}

const COLUMNS: readonly Column[] = [
  { head: 'ORDINAL', cell: ({ ordinal }) => ({ text: String(ordinal) }) },
  {
    head: 'REVISION',
    cell: ({ revision, isOutdated }) =>
      isOutdated ? { text: `${revision} (old)`, style: 'yellow' } : { text: revision },
  },
  { head: 'DOMAIN', cell: ({ failureDomain }) => ({ text: failureDomain ?? '' }) },
  { head: 'HOST', cell: ({ host }) => ({ text: host ?? '' }) },
  { head: 'ADDRESSES', cell: ({ ips }) => ({ text: (ips ?? []).join(', ') }) },
  { head: 'POWER', cell: ({ powerState }) => ({ text: powerState?.replace(/^Powered/, '') ?? '' }) },
  { head: 'READY', cell: readyCell },
  {
    head: 'TASK',
    cell: ({ task }, nowMs) => ({
      text: task === undefined ? '' : `${task.operation} ${since(task.startedAt, nowMs) ?? ''}`,
      style: 'yellow',
    }),
  },
];

function readyCell({ ready, readySince }: ReplicaView, nowMs: number): Cell {
  if (ready !== true) return { text: 'no', style: 'yellow' };
  const span = readySince === undefined ? undefined : since(readySince, nowMs);
  return { text: span === undefined ? 'yes' : `yes, ${span}`, style: 'green' };
}

/** A column that is empty in every row is left out. Rows never wrap, so that what belongs to one can stand below it. */
function treeOf(replicas: readonly ReplicaView[], nowMs: number, screen: Screen): readonly string[] {
  if (replicas.length === 0) return [`${' '.repeat(INDENT)}no replicas`];
  const columns = COLUMNS.map(({ head, cell }) => ({ head, cells: replicas.map((each) => cell(each, nowMs)) })).filter(
    ({ cells }) => cells.some(({ text }) => text !== ''),
  );
  const last = replicas.length - 1;
  const head: Cell[] = ['REPLICA', ...columns.map((column) => column.head)].map((text) => ({ text, style: 'dim' }));
  const rows = replicas.map(({ name }, index): Cell[] => [
    { text: `${index === last ? '└─' : '├─'} ${name}` },
    ...columns.map(({ cells }) => cells[index] ?? { text: '' }),
  ]);
  const [heading = '', ...lines] = textTable([head, ...rows], { ...screen, width: undefined }, INDENT);
  return [
    heading,
    ...lines.flatMap((line, index) => {
      const replica = replicas[index];
      return replica === undefined ? [line] : [line, ...notesBelow(replica, index === last, nowMs, screen)];
    }),
  ];
}

interface Note {
  readonly text: string;
  readonly style: Style;
}

function notesBelow(replica: ReplicaView, isLast: boolean, nowMs: number, screen: Screen): readonly string[] {
  const prefix = `${' '.repeat(INDENT)}${isLast ? ' ' : '│'}    `;
  const { width } = screen;
  const inside = { ...screen, width: width === undefined ? undefined : width - prefix.length };
  return notesOf(replica, nowMs).flatMap(({ text, style }) =>
    paragraph(text, inside).map((line) => prefix + screen.paint(style, line)),
  );
}

function notesOf({ notReady, fault }: ReplicaView, nowMs: number): readonly Note[] {
  const notes: Note[] = notReady === undefined ? [] : [{ text: notReady, style: 'dim' }];
  if (fault === undefined) return notes;
  const { class: kind, reason, message, since: from, attempts, retryAt, remedy } = fault;
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`;
  notes.push({ text: `${reason} (${kind}, ${tries} in ${since(from, nowMs) ?? '?'}): ${message}`, style: 'red' });
  if (remedy !== undefined) notes.push({ text: `-> ${remedy}`, style: 'bold' });
  if (retryAt !== undefined) notes.push({ text: nextTry(retryAt, nowMs), style: 'dim' });
  return notes;
}

function nextTry(retryAt: string, nowMs: number): string {
  const leftMs = Date.parse(retryAt) - nowMs;
  return leftMs > 0 ? `next try in ${timeSpan(leftMs)}` : 'next try now';
}
