import { redraw } from '../../../src/operator/commands/redraw';
import { type Clock, systemClock } from '../../../src/time/clock';
import { duration, type Progress, printedProgress, progressLine, type Task } from '../../envtest/binaries/progress';
import { type GroupRow, groupSentence } from '../screen/group-table';
import { eventSentence, FRAME_MS, renderScreen } from '../screen/screen';
import { EMPTY_SHOW, type EventRow, type ShowState, withEvent, withStep } from '../screen/show-state';
import { paint } from '../screen/styled-line';

/** Where the demo is shown. All calls return at once. */
export interface Display {
  /** Adds steps that come later. Returns the index of the first. */
  announce(titles: readonly string[]): number;
  stepStarts(index: number): void;
  stepDetail(index: number, detail: string): void;
  stepEnds(index: number, outcome: 'Done' | 'Failed', detail: string | undefined): void;
  /** The progress of a step. */
  progressOf(index: number): Progress;
  groups(rows: readonly GroupRow[]): void;
  event(event: EventRow): void;
  footer(lines: readonly string[]): void;
  /** The last call. The last picture stays on the terminal. */
  leave(): void;
}

/** A live screen, on a terminal. */
export function terminalDisplay(
  terminal: NodeJS.WriteStream,
  colours: 'Colours' | 'NoColours',
  clock: Clock = systemClock,
): Display {
  let state: ShowState = EMPTY_SHOW;
  let shown: readonly string[] = [];
  let cancelTimer = () => {};
  let gone = false;
  const running = new Map<number, { readonly task: Task; readonly startedAtMs: number; readonly doing?: string }>();
  const draw = () => {
    const size = { columns: terminal.columns ?? 80, rows: terminal.rows ?? 24 };
    const next = renderScreen(state, size, clock.monotonicMs()).map((line) => paint(line, colours));
    const text = redraw(shown, next);
    if (text !== '') terminal.write(text);
    shown = next;
  };
  const tick = () => {
    for (const [index, { task, startedAtMs, doing }] of running) {
      state = withStep(state, index, { detail: progressLine(task, clock.monotonicMs() - startedAtMs, doing) });
    }
    draw();
    cancelTimer = clock.setTimer(FRAME_MS, tick);
  };
  // A terminal that became narrower has wrapped our lines, so the screen is drawn again from the start.
  const onResize = () => {
    terminal.write('\x1b[2J\x1b[H');
    shown = [];
    draw();
  };
  const leave = () => {
    if (gone) return;
    gone = true;
    cancelTimer();
    draw();
    terminal.off('resize', onResize);
    process.off('exit', leave);
    terminal.write('\x1b[?25h\n');
  };
  terminal.on('resize', onResize);
  process.on('exit', leave);
  terminal.write('\x1b[?25l');
  tick();
  const step = (index: number, change: Parameters<typeof withStep>[2]) => {
    state = withStep(state, index, change);
  };
  return {
    announce: (titles) => {
      const first = state.steps.length;
      state = { ...state, steps: [...state.steps, ...titles.map((title) => ({ title, status: 'Waiting' as const }))] };
      return first;
    },
    stepStarts: (index) => step(index, { status: 'Running', startedAtMs: clock.monotonicMs() }),
    stepDetail: (index, detail) => step(index, { detail }),
    stepEnds: (index, outcome, detail) =>
      step(index, {
        status: outcome,
        tookMs: clock.monotonicMs() - (state.steps[index]?.startedAtMs ?? 0),
        detail: detail ?? '',
      }),
    progressOf: (index) => ({
      note: (text) => step(index, { detail: text }),
      start: (task) => {
        const startedAtMs = clock.monotonicMs();
        running.set(index, { task, startedAtMs });
        return {
          doing: (doing) => running.set(index, { task, startedAtMs, doing }),
          end: (outcome) => {
            running.delete(index);
            step(index, { detail: `${task.title}: ${outcome}` });
          },
        };
      },
    }),
    groups: (rows) => {
      state = { ...state, groups: rows };
    },
    event: (event) => {
      state = withEvent(state, event);
    },
    footer: (lines) => {
      state = { ...state, footer: lines };
    },
    leave,
  };
}

/** Plain lines, without a terminal: one line per step, per event and per change of a group. */
export function plainDisplay(write: (text: string) => void, clock: Clock = systemClock): Display {
  const titles: string[] = [];
  const startedAtMs: number[] = [];
  const written = new Map<string, string>();
  const progress = printedProgress(clock, { write: (text) => write(`  ${text}`), columns: undefined });
  return {
    announce: (more) => titles.push(...more) - more.length,
    stepStarts: (index) => {
      startedAtMs[index] = clock.monotonicMs();
      write(`▸ ${titles[index]}\n`);
    },
    stepDetail: () => {},
    stepEnds: (index, outcome, detail) => {
      const took = duration(clock.monotonicMs() - (startedAtMs[index] ?? 0));
      const more = detail === undefined || detail === '' ? '' : ` · ${detail}`;
      write(`${outcome === 'Done' ? '✓' : '✗'} ${titles[index]} (${took})${more}\n`);
    },
    progressOf: () => progress,
    groups: (rows) => {
      for (const row of rows) {
        const sentence = groupSentence(row);
        if (written.get(row.name) !== sentence) write(`    ${sentence}\n`);
        written.set(row.name, sentence);
      }
      for (const name of [...written.keys()].filter((known) => !rows.some((row) => row.name === known))) {
        write(`    ${name} is gone\n`);
        written.delete(name);
      }
    },
    event: (event) => write(`    ${eventSentence(event)}\n`),
    footer: (lines) => {
      for (const line of lines) write(`${line}\n`);
    },
    leave: () => {},
  };
}
