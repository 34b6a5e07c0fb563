/** The processes of the operator in one world: they start, crash, stop for a while, and others start in their place. */
import type { Clock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import { withinMagnitudes } from '../fakes/vcenter';
import type { OperatorProcess } from './operator-process';
import type { Recoveries } from './recoveries';

export interface ProcessSetOptions {
  /** 1, or 2 that elect a leader. */
  readonly count: 1 | 2;
  readonly clock: Clock;
  readonly recoveries: Recoveries;
  readonly random: Random;
  /** Makes a process that is not started yet. */
  readonly make: () => OperatorProcess;
  readonly say: (what: string) => void;
}

/** Longer than any step that a process may have begun before it was stopped. */
const AFTER_STOP_MS = 120_000;

export class ProcessSet {
  /** An entry is undefined while its process is down. */
  readonly #processes: (OperatorProcess | undefined)[];
  readonly #options: ProcessSetOptions;
  /** When a process last continued, or will. */
  #stoppedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: ProcessSetOptions) {
    this.#options = options;
    this.#processes = Array.from({ length: options.count }, () => undefined);
  }

  get all(): readonly OperatorProcess[] {
    return this.#processes.filter((process) => process !== undefined);
  }

  /** Whether a process is down and will be started again. */
  get isOneMissing(): boolean {
    return this.#processes.includes(undefined);
  }

  /** Whether a process is stopped, or has continued so recently that a call may still be late for it. */
  get hasStopped(): boolean {
    return this.#options.clock.monotonicMs() - this.#stoppedUntilMs < AFTER_STOP_MS;
  }

  startAll(): void {
    for (const index of this.#processes.keys()) this.#start(index);
  }

  /** kill -9. After a while another process starts in its place. */
  crash(process: OperatorProcess, where: string): void {
    if (process.clock.isDead) return;
    this.#options.say(`CRASH of ${process.name}: ${where}`);
    this.end(process);
  }

  stopForAWhile(process: OperatorProcess, ms: number): void {
    this.#stoppedUntilMs = Math.max(this.#stoppedUntilMs, this.#options.clock.monotonicMs() + ms);
    process.clock.stop();
    this.#options.recoveries.after(ms, () => {
      if (process.clock.isDead) return;
      this.#options.say(`  ${process.name} continues`);
      process.clock.continue(this.#options.random);
    });
  }

  /** Ends a process that has crashed or exited. */
  end(process: OperatorProcess): void {
    process.kill();
    const index = this.#processes.indexOf(process);
    if (index < 0) return;
    this.#processes[index] = undefined;
    const { recoveries, random } = this.#options;
    // A kubelet needs a moment to restart a container, and longer after repeated crashes.
    const downMs = withinMagnitudes({ from: 100, to: random() < 0.5 ? 200 : 120_000 }, random);
    recoveries.after(downMs, () => this.#start(index));
  }

  #start(index: number): void {
    const process = this.#options.make();
    this.#processes[index] = process;
    process.start();
  }
}
