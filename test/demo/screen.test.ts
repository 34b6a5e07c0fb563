import { describe, expect, test } from 'vitest';
import { redraw } from '../../src/operator/commands/redraw';
import { type GroupRow, groupSentence, groupTable } from './screen/group-table';
import { eventSentence, renderScreen } from './screen/screen';
import { EMPTY_SHOW, type EventRow, type ShowState, type StepState, withEvent } from './screen/show-state';
import { cutToWidth, paint, segment, textOf } from './screen/styled-line';

function aRow(fields: Partial<GroupRow> = {}): GroupRow {
  const row = { name: 'vg-1', phase: 'RUNNING', current: 3, desired: 3, updated: 3, ready: 3, cpu: 1, memory: 1 };
  return { ...row, template: 'ubuntu', lastMessage: '3 of 3 ready', isLeaving: false, ...fields };
}

function anEvent(note: string, fields: Partial<EventRow> = {}): EventRow {
  return { time: '12:00:00', type: 'Normal', reason: 'ReplicaCreated', about: 'vg-1', note, ...fields };
}

function aStep(title: string, fields: Partial<StepState> = {}): StepState {
  return { title, status: 'Done', startedAtMs: 0, tookMs: 1_000, ...fields };
}

function screenOf(state: Partial<ShowState>, columns = 100, rows = 40, nowMs = 0): readonly string[] {
  return renderScreen({ ...EMPTY_SHOW, ...state }, { columns, rows }, nowMs).map(textOf);
}

describe('groupTable', () => {
  test('has the columns of kubectl get vg, sorted by name, and blanks for fields without a status', () => {
    const {
      phase: _,
      current: __,
      updated: ___,
      ready: ____,
      lastMessage: _____,
      ...fresh
    } = aRow({ name: 'vg-2', template: 'doesNotExist' });
    const failing = aRow({
      name: 'vg-10',
      phase: 'ERROR',
      current: 0,
      updated: 0,
      ready: 0,
      lastMessage: 'no template',
    });
    expect(groupTable([fresh, failing, aRow()], 110).map(textOf)).toEqual([
      'NAME    PHASE     CURRENT   DESIRED   UPDATED   READY   CPU   MEMORY   TEMPLATE       LAST_MESSAGE',
      'vg-1    RUNNING   3         3         3         3       1     1        ubuntu         3 of 3 ready',
      'vg-10   ERROR     0         3         0         0       1     1        ubuntu         no template',
      'vg-2                        3                           1     1        doesNotExist',
    ]);
  });

  test('on a narrow terminal a group that is not running has its message in a second line', () => {
    const failing = aRow({ name: 'vg-2', phase: 'ERROR', lastMessage: 'template "doesNotExist" was not found' });
    expect(groupTable([failing, aRow()], 90).map(textOf)).toEqual([
      'NAME   PHASE     CURRENT   DESIRED   UPDATED   READY   CPU   MEMORY   TEMPLATE',
      'vg-1   RUNNING   3         3         3         3       1     1        ubuntu',
      'vg-2   ERROR     3         3         3         3       1     1        ubuntu',
      '  └ template "doesNotExist" was not found',
    ]);
  });

  test.each([
    ['RUNNING', 'good'],
    ['ERROR', 'bad'],
    ['PENDING', 'busy'],
  ] as const)('phase %s has the style %s', (phase, style) => {
    expect(groupTable([aRow({ phase })], 100)[1]?.[1]?.style).toBe(style);
  });

  test('the whole line of a group that is being deleted is dim', () => {
    const line = groupTable([aRow({ isLeaving: true })], 100)[1] ?? [];
    expect(new Set(line.map(({ style }) => style))).toEqual(new Set(['dim']));
  });
});

describe('renderScreen', () => {
  const steps = ['one', 'two', 'three'].map((title) => aStep(title));
  const groups = [aRow(), aRow({ name: 'vg-2' })];
  const events = Array.from({ length: 30 }, (_, index) => anEvent(`event ${index}`));

  test('shows steps, the table, events with the newest last, and the footer', () => {
    const lines = screenOf({ steps, groups, events, footer: ['export KUBECONFIG=/x'] }, 100, 20);
    expect(lines[0]).toBe('  codeconnect-vm-operator · real servers on this machine');
    expect(lines.slice(2, 5)).toEqual(['  ✓ one 1.0 s', '  ✓ two 1.0 s', '  ✓ three 1.0 s']);
    expect(lines.slice(6, 9).map((line) => line.slice(0, 16))).toEqual([
      '  NAME   PHASE  ',
      '  vg-1   RUNNING',
      '  vg-2   RUNNING',
    ]);
    expect(lines.slice(-4)).toEqual([
      '  12:00:00  vg-1    ReplicaCreated      event 28',
      '  12:00:00  vg-1    ReplicaCreated      event 29',
      '',
      '  export KUBECONFIG=/x',
    ]);
  });

  test.each([
    [200, 60],
    [80, 24],
    [40, 12],
    [10, 5],
    [1, 2],
  ])('never exceeds a terminal of %i x %i', (columns, rows) => {
    const lines = screenOf({ steps, groups, events, footer: ['a', 'b'] }, columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows - 1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('folds finished steps when there is little room, and shows the running step', () => {
    const many = [...Array.from({ length: 20 }, (_, index) => aStep(`step ${index}`)), aStep('now', RUNNING)];
    const lines = screenOf({ steps: many, groups, events }, 80, 16, 2_500);
    expect(lines.slice(2, 4)).toEqual(['  ✓ 20 steps 20 s', '  ⠴ now 2.5 s']);
    expect(lines.filter((line) => line.includes('event')).length).toBeGreaterThanOrEqual(3);
  });

  const RUNNING: Partial<StepState> = { status: 'Running', startedAtMs: 0 };
  test.each([
    [{ status: 'Waiting' }, '  · title'],
    [{ status: 'Running', startedAtMs: 500, detail: 'compiling' }, '  ⠋ title 0.5 s  compiling'],
    [{ status: 'Failed', tookMs: 61_000, detail: 'why' }, '  ✗ title 1 min 1 s  why'],
  ] as const)('a step %j is shown as %j', (fields, text) => {
    expect(screenOf({ steps: [{ title: 'title', ...fields }] }, 100, 40, 1_000)[2]).toBe(text);
  });

  test('continues a long command in the next line with a backslash, and never cuts it', () => {
    const footer = ['export A=aaaaaaaaaaaa B=bbbbbbbbbbbb C=c', 'then try this, and this, and this'];
    expect(screenOf({ footer }, 30).slice(-3)).toEqual([
      '  export A=aaaaaaaaaaaa \\',
      '    B=bbbbbbbbbbbb C=c',
      '  then try this, and this, an…',
    ]);
    expect(screenOf({ footer }, 60).at(-2)).toBe('  export A=aaaaaaaaaaaa B=bbbbbbbbbbbb C=c');
  });

  test('keeps at most 200 events', () => {
    const state = events.concat(...Array.from({ length: 9 }, () => events)).reduce(withEvent, EMPTY_SHOW);
    expect(state.events).toHaveLength(200);
  });
});

describe('lines', () => {
  test('control characters in a message are replaced', () => {
    expect(textOf([segment('a\x1b[2J\nb')])).toBe('a [2J b');
  });

  test('a cut line ends with an ellipsis and has exactly the width', () => {
    expect(textOf(cutToWidth([segment('abc', 'good'), segment('def')], 5))).toBe('abcd…');
    expect(textOf(cutToWidth([segment('abc'), segment('de')], 5))).toBe('abcde');
  });

  test('NoColours leaves no escape code', () => {
    expect(paint([segment('RUNNING', 'good'), segment(' x')], 'NoColours')).toBe('RUNNING x');
    expect(paint([segment('RUNNING', 'good'), segment(' x')], 'Colours')).toBe('\x1b[32mRUNNING\x1b[0m x');
  });

  test('a group and an event have plain sentences', () => {
    expect(groupSentence(aRow({ current: 1, phase: 'PENDING' }))).toBe('vg-1 PENDING · 1 of 3 · 3 of 3 ready');
    expect(groupSentence(aRow({ isLeaving: true, lastMessage: '' }))).toBe('vg-1 is being deleted · 3 of 3');
    expect(eventSentence(anEvent('no such template', { type: 'Warning', reason: 'Failed' }))).toBe(
      '12:00:00 vg-1 Warning Failed: no such template',
    );
  });
});

describe('redraw', () => {
  const frames = [['one'], ['one', 'two', 'three'], ['one', '2', 'three'], ['1', '2'], ['1', '2', '', 'four'], ['x']];

  test('turns each frame into the next one on a terminal, and leaves the lines above', () => {
    const screen = new SmallTerminal('above\r\n');
    let before: readonly string[] = [];
    for (const frame of frames) {
      screen.write(redraw(before, frame));
      expect(screen.lines()).toEqual(['above', ...frame]);
      before = frame;
    }
  });

  test('writes only lines that have changed', () => {
    expect(redraw(['a', 'b'], ['a', 'b'])).toBe('');
    expect(redraw(['first', 'b', 'last'], ['first', 'c', 'last'])).not.toContain('first');
  });
});

/** One action of a terminal; the escape character is written as ⎋. */
const PIECE = /⎋\[[?\d]*[a-zA-Z]|\r|\n|[^⎋\r\n]+/gu;

/** Understands the codes of redraw: carriage return, line feed, cursor up, erase line, erase below. */
class SmallTerminal {
  readonly #lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(text: string) {
    this.write(text);
  }

  write(text: string): void {
    for (const [piece] of text.replaceAll('\x1b', '⎋').matchAll(PIECE)) this.#take(piece);
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  #take(piece: string): void {
    const line = this.#lines[this.#row] ?? '';
    if (piece === '\r') this.#column = 0;
    else if (piece === '\n') {
      this.#row += 1;
      while (this.#lines.length <= this.#row) this.#lines.push('');
    } else if (piece.endsWith('A') && piece.startsWith('⎋')) this.#row -= Number(piece.slice(2, -1));
    else if (piece === '⎋[2K') this.#lines[this.#row] = '';
    else if (piece === '⎋[J') {
      this.#lines[this.#row] = line.slice(0, this.#column);
      this.#lines.length = this.#row + 1;
    } else if (!piece.startsWith('⎋')) {
      this.#lines[this.#row] =
        line.slice(0, this.#column).padEnd(this.#column) + piece + line.slice(this.#column + piece.length);
      this.#column += piece.length;
    }
  }
}
