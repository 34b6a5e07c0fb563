import { duration } from '../../envtest/binaries/progress';
import { groupTable } from './group-table';
import type { EventRow, ShowState, StepState } from './show-state';
import { cutToWidth, type Segment, type StyledLine, segment } from './styled-line';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const TITLE = 'codeconnect-vm-operator · real servers on this machine';
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_FRAME_MS = 100;
/** How often the screen is drawn, so that the spinner turns. */
export const FRAME_MS = SPINNER_FRAME_MS;
const FEWEST_EVENTS = 3;

/**
 * The whole screen: steps, table of groups, events, footer. It has at most rows - 1 lines, so that the terminal never
 * scrolls, and no line is wider than the terminal. When there is little room, finished steps are folded into one line, and
 * then fewer events are shown. Table and footer stay.
 */
export function renderScreen(state: ShowState, size: ScreenSize, nowMs: number): readonly StyledLine[] {
  const table = state.groups.length === 0 ? [] : [[], ...groupTable(state.groups, size.columns - 2).map(indented)];
  const footer = footerLines(state.footer, size.columns);
  const title = [[segment(`  ${TITLE}`, 'bold')], []];
  const room = size.rows - 1 - title.length - table.length - footer.length;
  const wantedEvents = state.events.length === 0 ? 0 : Math.min(state.events.length, FEWEST_EVENTS) + 1;
  const steps = stepLines(state.steps, room - wantedEvents, nowMs);
  const events = eventLines(state.events, room - steps.length);
  return [...title, ...steps, ...table, ...events, ...footer]
    .slice(0, Math.max(1, size.rows - 1))
    .map((line) => cutToWidth(line, size.columns));
}

function indented(line: StyledLine): StyledLine {
  return [segment('  '), ...line];
}

/** One line per step, but at most `room` lines: finished steps are folded, and then waiting steps are left out. */
function stepLines(steps: readonly StepState[], room: number, nowMs: number): readonly StyledLine[] {
  if (steps.length <= room) return steps.map((step) => stepLine(step, nowMs));
  const done = steps.filter((step) => step.status === 'Done');
  const open = steps.filter((step) => step.status !== 'Done');
  const tookMs = done.reduce((sum, step) => sum + (step.tookMs ?? 0), 0);
  const folded: StyledLine[] =
    done.length === 0 ? [] : [[segment('  ✓ ', 'good'), segment(`${done.length} steps`), took(tookMs)]];
  return [...folded, ...open.slice(0, Math.max(1, room - folded.length)).map((step) => stepLine(step, nowMs))];
}

function stepLine(step: StepState, nowMs: number): StyledLine {
  const detail = step.detail === undefined ? [] : [segment(`  ${step.detail}`, 'dim')];
  switch (step.status) {
    case 'Waiting':
      return [segment(`  · ${step.title}`, 'dim')];
    case 'Running': {
      const elapsedMs = nowMs - (step.startedAtMs ?? nowMs);
      const frame = SPINNER[Math.floor(nowMs / SPINNER_FRAME_MS) % SPINNER.length] ?? '';
      return [segment(`  ${frame} `, 'busy'), segment(step.title, 'bold'), took(elapsedMs), ...detail];
    }
    case 'Done':
      return [segment('  ✓ ', 'good'), segment(step.title), took(step.tookMs ?? 0), ...detail];
    case 'Failed':
      return [segment('  ✗ ', 'bad'), segment(step.title, 'bold'), took(step.tookMs ?? 0), ...detail];
  }
}

function took(ms: number): Segment {
  return segment(` ${duration(ms)}`, 'accent');
}

/**
 * Commands stay complete, so that they can be copied: a long command continues in the next line, with a backslash. Other
 * text is cut like all lines.
 */
function footerLines(footer: readonly string[], columns: number): readonly StyledLine[] {
  const lines = footer.flatMap((line) =>
    line.startsWith('export ') ? foldCommand(`  ${line}`, columns) : [`  ${line}`],
  );
  return lines.length === 0 ? [] : [[], ...lines.map((line) => [segment(line, 'bold')])];
}

/** Breaks at spaces, with a backslash at the end of each line except the last. */
function foldCommand(command: string, columns: number): readonly string[] {
  if (command.length <= columns) return [command];
  const at = command.lastIndexOf(' ', columns - 3);
  const head = command.slice(0, at);
  if (head.trim() === '' || head.trim() === 'export') return [command];
  return [`${head} \\`, ...foldCommand(`    ${command.slice(at + 1)}`, columns)];
}

/** The newest events that fit, after an empty line. */
function eventLines(events: readonly EventRow[], room: number): readonly StyledLine[] {
  if (events.length === 0 || room < 2) return [];
  return [[], ...events.slice(-(room - 1)).map(eventLine)];
}

function eventLine(event: EventRow): StyledLine {
  return [
    segment(`  ${event.time}  `, 'dim'),
    segment(event.about.padEnd(6), 'accent'),
    segment(`  ${event.reason.padEnd(18)}`, event.type === 'Warning' ? 'bad' : 'good'),
    segment(`  ${event.note}`),
  ];
}

/** One plain line about an event, for logs. */
export function eventSentence(event: EventRow): string {
  return `${event.time} ${event.about} ${event.type === 'Warning' ? 'Warning ' : ''}${event.reason}: ${event.note}`;
}
