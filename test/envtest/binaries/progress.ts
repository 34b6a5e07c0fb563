import type { Clock } from '../../../src/time/clock';

/** Shows a person what takes so long. */
export interface Progress {
  /** One line that stays. */
  note(text: string): void;
  start(task: Task): RunningTask;
}

export interface Task {
  /** Such as "build etcd v3.6.8 from Go modules". */
  readonly title: string;
  /** How long it takes on 2 cores if nothing is cached. Undefined: not known. */
  readonly typicalMs?: number;
}

export interface RunningTask {
  /** The current step, such as "compiled 312 packages". */
  doing(step: string): void;
  /** The outcome, such as "done". */
  end(outcome: string): void;
}

/** Interval of lines without a terminal: a log stays readable, and it shows that work goes on. */
const PLAIN_INTERVAL_MS = 15_000;
const TERMINAL_INTERVAL_MS = 1_000;

export interface ProgressOutput {
  write(text: string): void;
  /** The width of the terminal; undefined if there is no terminal. */
  readonly columns: number | undefined;
}

/** On a terminal it writes one line and overwrites it. Elsewhere it writes plain lines. */
export function printedProgress(clock: Clock, output: ProgressOutput): Progress {
  return {
    note: (text) => output.write(`${text}\n`),
    start: (task) => {
      const startedAtMs = clock.monotonicMs();
      const isTerminal = output.columns !== undefined;
      let step: string | undefined;
      let cancelTimer = () => {};
      const show = () => {
        const line = progressLine(task, clock.monotonicMs() - startedAtMs, step);
        if (isTerminal) output.write(`\r\x1b[2K${line.slice(0, Math.max(0, (output.columns ?? 80) - 1))}`);
        else output.write(`${line}\n`);
      };
      const tick = () => {
        show();
        cancelTimer = clock.setTimer(isTerminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS, tick);
      };
      tick();
      return {
        doing: (text) => {
          step = text;
        },
        end: (outcome) => {
          cancelTimer();
          const line = `${task.title}: ${outcome} (${duration(clock.monotonicMs() - startedAtMs)})`;
          output.write(isTerminal ? `\r\x1b[2K${line}\n` : `${line}\n`);
        },
      };
    },
  };
}

/** Shows nothing. */
export const silentProgress: Progress = {
  note: () => {},
  start: () => ({ doing: () => {}, end: () => {} }),
};

/** One line: the task, the time so far, the usual time, and the current step. */
export function progressLine(task: Task, elapsedMs: number, step: string | undefined): string {
  const parts = [task.title];
  if (elapsedMs >= 1_000) parts.push(duration(elapsedMs));
  if (task.typicalMs !== undefined) {
    parts.push(
      elapsedMs <= task.typicalMs * 1.25
        ? `usually up to ${duration(task.typicalMs)}, seconds if Go has it cached`
        : `longer than the usual ${duration(task.typicalMs)}`,
    );
  }
  if (step !== undefined) parts.push(step);
  return parts.join(' · ');
}

/** A duration such as 4.3 s, 42 s, 1 min or 1 min 5 s. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
