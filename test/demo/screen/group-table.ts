import { type Segment, type Style, type StyledLine, segment, textOf } from './styled-line';

/** A VmGroup as `kubectl get vg` shows it. Fields of the status are undefined until the operator has written them. */
export interface GroupRow {
  readonly name: string;
  readonly phase?: string;
  readonly current?: number;
  readonly desired: number;
  readonly updated?: number;
  readonly ready?: number;
  readonly cpu: number;
  readonly memory: number;
  readonly template: string;
  readonly lastMessage?: string;
  /** Whether the group is being deleted. */
  readonly isLeaving: boolean;
}

const COLUMNS: readonly { readonly title: string; readonly cell: (row: GroupRow) => string }[] = [
  { title: 'NAME', cell: (row) => row.name },
  { title: 'PHASE', cell: (row) => row.phase ?? '' },
  { title: 'CURRENT', cell: (row) => String(row.current ?? '') },
  { title: 'DESIRED', cell: (row) => String(row.desired) },
  { title: 'UPDATED', cell: (row) => String(row.updated ?? '') },
  { title: 'READY', cell: (row) => String(row.ready ?? '') },
  { title: 'CPU', cell: (row) => String(row.cpu) },
  { title: 'MEMORY', cell: (row) => String(row.memory) },
  { title: 'TEMPLATE', cell: (row) => row.template },
  { title: 'LAST_MESSAGE', cell: (row) => row.lastMessage ?? '' },
];
const GAP = 3;
const PHASE_COLUMN = 1;

/**
 * The columns of `kubectl get vg` but the age: a head and one line per group, sorted by name. If `columns` is too narrow for the last
 * column, that is left out, and a group that is not RUNNING has its message in a second line.
 */
export function groupTable(rows: readonly GroupRow[], columns: number): readonly StyledLine[] {
  const sorted = rows.toSorted((a, b) => a.name.localeCompare(b.name));
  const whole = tableOf(sorted, COLUMNS);
  if (whole.every((line) => textOf(line).length <= columns)) return whole;
  const [head, ...body] = tableOf(sorted, COLUMNS.slice(0, -1));
  return [
    head ?? [],
    ...body.flatMap((line, index): readonly StyledLine[] => {
      const row = sorted[index];
      const message = row === undefined || row.phase === 'RUNNING' ? undefined : row.lastMessage;
      return message === undefined
        ? [line]
        : [line, [segment(`  └ ${message}`, row?.phase === 'ERROR' ? 'bad' : 'dim')]];
    }),
  ];
}

function tableOf(sorted: readonly GroupRow[], shown: typeof COLUMNS): readonly StyledLine[] {
  const cells = sorted.map((row) => shown.map((column) => column.cell(row)));
  const widths = shown.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((line) => (line[index] ?? '').length)),
  );
  const head = shown.map(({ title }, index) => segment(padded(title, widths[index], index), 'dim'));
  const body = sorted.map((row, line) =>
    shown.map((_, index): Segment => {
      const text = padded(cells[line]?.[index] ?? '', widths[index], index);
      return segment(text, row.isLeaving ? 'dim' : index === PHASE_COLUMN ? phaseStyle(row) : 'plain');
    }),
  );
  return [head, ...body];
}

/** One plain line about a group, for logs. */
export function groupSentence(row: GroupRow): string {
  const count = `${row.current ?? 0} of ${row.desired}`;
  const message = row.lastMessage === undefined || row.lastMessage === '' ? '' : ` · ${row.lastMessage}`;
  return `${row.name} ${row.isLeaving ? 'is being deleted' : (row.phase ?? 'is new')} · ${count}${message}`;
}

function padded(text: string, width: number | undefined, index: number): string {
  return index === COLUMNS.length - 1 ? text : text.padEnd((width ?? 0) + GAP);
}

function phaseStyle(row: GroupRow): Style {
  switch (row.phase) {
    case 'RUNNING':
      return 'good';
    case 'ERROR':
      return 'bad';
    default:
      return 'busy';
  }
}
