/** What is measured of the operators, and how it went on. */
import { systemClock } from '../../src/time/clock';
import { leastOfTenMinutes, meansOfQuarters, type Point, slopePerHour } from './slope';
import type { SoakWorld } from './soak-world';

interface Gauge {
  readonly what: string;
  /** Their sum. */
  readonly series: readonly string[];
  readonly unit: string;
  readonly scale: number;
  /** Much of it comes and goes: its growth is that of its least figures. */
  readonly comesAndGoes?: true;
  /** Growth per hour; the promise holds for runs of two hours and more. */
  readonly mostPerHour?: number;
}

const GAUGES: readonly Gauge[] = [
  {
    ...{ what: 'objects in the heap', series: spaces('old', 'large_object'), unit: 'MB', scale: 1e-6, mostPerHour: 1 },
    comesAndGoes: true,
  },
  // V8 compiles more of the program for hours: what is rare becomes frequent in the end. That ends with the program.
  { what: 'compiled code', series: spaces('code', 'code_large_object', 'trusted'), unit: 'MB', scale: 1e-6 },
  { what: 'heap used', series: ['nodejs_heap_size_used_bytes'], unit: 'MB', scale: 1e-6, comesAndGoes: true },
  { what: 'resident', series: ['process_resident_memory_bytes'], unit: 'MB', scale: 1e-6 },
  { what: 'open files', series: ['process_open_fds'], unit: '', scale: 1, comesAndGoes: true, mostPerHour: 1 },
  {
    ...{ what: 'active resources', series: ['nodejs_active_resources_total'], unit: '', scale: 1, mostPerHour: 1 },
    comesAndGoes: true,
  },
  { what: 'event loop delay p99', series: ['nodejs_eventloop_lag_p99_seconds'], unit: 'ms', scale: 1_000 },
];

function spaces(...names: readonly string[]): readonly string[] {
  return names.map((name) => `nodejs_heap_space_size_used_bytes{space="${name}"}`);
}

/** An operator asks its vCenter for something every five minutes at least. */
const KEPT_ALIVE_MS = 6 * 60_000;
const HELD_FROM_MINUTES = 120;

export class Samples {
  /** By gauge. A process that has just started is young again, so each process has its own line. */
  readonly #lines = new Map<string, Map<number, Point[]>>();
  readonly #sessions: Point[] = [];

  async take(world: SoakWorld): Promise<void> {
    for (const { process: operator } of world.seats) {
      if (operator === undefined) continue;
      const text = await read(`${operator.metricsUrl}/metrics`);
      const values = new Map(
        text.split('\n').map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
      );
      for (const { what, series, scale } of GAUGES) {
        const sum = series.reduce((total, name) => total + (values.get(name) ?? Number.NaN), 0);
        if (Number.isFinite(sum)) this.#add(what, operator.processId, sum * scale);
      }
    }
    // Without an answer there is no sample, as of a process that stands still.
    const list = await world.vcenter
      .property('SessionManager', 'SessionManager', 'sessionList', AbortSignal.timeout(30_000))
      .catch(() => undefined);
    if (list === undefined) return;
    // The session of a process that was killed stays until vCenter ends it, half an hour later.
    const activeSinceMs = systemClock.wallMs() - KEPT_ALIVE_MS;
    const active = [...(list?.findAll('UserSession') ?? [])].filter(
      (session) => Date.parse(session.find('lastActiveTime')?.text ?? '') >= activeSinceMs,
    );
    this.#sessions.push({ atMs: systemClock.monotonicMs(), value: active.length });
  }

  /** Prints a line per figure. Returns whether all promises hold. */
  tell(minutes: number): boolean {
    let kept = true;
    for (const { what, unit, mostPerHour, comesAndGoes } of GAUGES) {
      const longest = [...(this.#lines.get(what)?.values() ?? [])].reduce<Point[]>(
        (a, b) => (b.length > a.length ? b : a),
        [],
      );
      const slope = slopePerHour(comesAndGoes ? leastOfTenMinutes(longest) : longest);
      const holds = mostPerHour === undefined || minutes < HELD_FROM_MINUTES || slope <= mostPerHour;
      kept &&= holds;
      const values = [...(this.#lines.get(what)?.values() ?? [])].flat().map(({ value }) => value);
      const longestTold = `of the process that ran longest ${figure(slope)} ${unit} per hour`;
      const quarters = meansOfQuarters(longest).map(figure).join(', ');
      say(`${what}: ${range(values)} ${unit}; ${longestTold}, its quarters ${quarters}`);
      if (!holds) say(`   promised: at most ${mostPerHour} ${unit} per hour   BROKEN`);
    }
    say(
      `sessions in vCenter that are used, with that of the test: ${range(this.#sessions.map(({ value }) => value))}; ${figure(slopePerHour(this.#sessions))} per hour`,
    );
    return kept;
  }

  #add(what: string, processId: number, value: number): void {
    const processes = this.#lines.get(what) ?? new Map<number, Point[]>();
    this.#lines.set(what, processes);
    const points = processes.get(processId) ?? [];
    processes.set(processId, points);
    points.push({ atMs: systemClock.monotonicMs(), value });
  }
}

/** A process that stands still, or has just ended, tells nothing. */
async function read(url: string): Promise<string> {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).text();
  } catch {
    return '';
  }
}

function range(values: readonly number[]): string {
  return values.length === 0 ? 'no samples' : `${figure(Math.min(...values))} to ${figure(Math.max(...values))}`;
}

function figure(value: number): string {
  return Number.isNaN(value) ? 'no figure' : String(Number(value.toPrecision(3)));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
