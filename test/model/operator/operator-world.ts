/** The operator on models of both servers: everything in it follows from the seed. */
import { groupFolderName } from '../../../src/api/identity';
import { type Random, seededRandom } from '../../../src/time/random';
import { VirtualClock } from '../../time/virtual-clock';
import type { ApiWeather } from '../kubernetes/group-client';
import { GroupServer } from '../kubernetes/group-server';
import {
  drawFaults,
  drawQuirks,
  type FaultWeights,
  NO_FAULTS,
  oneOf,
  type Quirks,
  VCenterModel,
  withinMagnitudes,
} from '../vcenter';
import { CLUSTER_ID, OperatorProcess } from './operator-process';
import { ForeignWatcher, watchSlots } from './watchers';

/** A rule was broken, or an end not reached; the message tells the whole story and how to play it again. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
}

export class OperatorWorld {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly quirks: Quirks;
  readonly faults: FaultWeights;
  readonly vcenter: VCenterModel;
  readonly groups: GroupServer;
  readonly foreign: ForeignWatcher;
  readonly clusterId = CLUSTER_ID;
  process: OperatorProcess;
  readonly #weather: ApiWeather;
  readonly #maxConcurrentTasks: number;
  readonly #trace: string[] = [];
  #violation: string | undefined;
  #callsTold = 0;
  #running = true;
  /** Folders that stay for what is in them and not ours. */
  readonly foldersKept = new Set<string>();

  constructor(readonly seed: number) {
    this.random = seededRandom(seed);
    this.quirks = drawQuirks(this.random);
    this.faults = drawFaults(this.random);
    this.#weather = {
      latencyMs: { from: 1, to: withinMagnitudes({ from: 2, to: 500 }, this.random) },
      watchDelayMs: { from: 1, to: withinMagnitudes({ from: 2, to: 3_000 }, this.random) },
      requestLost: this.random() < 0.5 ? 0 : 0.2 * this.random(),
      replyLost: this.random() < 0.5 ? 0 : 0.2 * this.random(),
    };
    this.#maxConcurrentTasks = oneOf([1, 4, 16, 64], this.random);
    const { clock, random, quirks, faults } = this;
    this.vcenter = new VCenterModel({ clock, random, quirks, faults, machines: 2 });
    this.groups = new GroupServer(clock);
    watchSlots(this.vcenter, (what) => this.#violated(what));
    this.foreign = new ForeignWatcher(this.vcenter, clock, (what) => this.#violated(what));
    this.vcenter.truth.onChange((ref, change) => {
      const machine = this.vcenter.machines.find((candidate) => candidate.ref.value === ref.value);
      const task = this.vcenter.tasks.all().find((candidate) => candidate.ref.value === ref.value);
      const about = machine
        ? `${machine.name} ${machine.powerState}`
        : task && `${task.state} ${task.fault?.xsiType ?? ''}`;
      this.say(`  vcenter: ${ref.value} ${change} ${about ?? ''}`);
    });
    this.process = this.#start();
  }

  /** Adds a line to the story. */
  say(what: string): void {
    this.#trace.push(`${(this.clock.monotonicMs() / 1000).toFixed(3).padStart(10)} ${what}`);
  }

  /** Nothing when it is down already: one operator at a time is what leader election grants (R6). */
  crash(): void {
    if (!this.#running) return;
    this.#running = false;
    this.say('CRASH of the operator');
    this.process.kill();
  }

  restart(): void {
    if (this.#running) return;
    this.#running = true;
    this.say('a new operator starts');
    this.process = this.#start();
  }

  /** No more faults from here on. */
  heal(): void {
    this.say('HEALED: no more faults');
    this.vcenter.setFaults(NO_FAULTS);
    this.vcenter.goUp();
    this.#weather.requestLost = 0;
    this.#weather.replyLost = 0;
  }

  /** Throws a SimulationFailure as soon as a rule is broken. */
  async advance(ms: number): Promise<void> {
    const endMs = this.clock.monotonicMs() + ms;
    while (this.clock.monotonicMs() < endMs) {
      await this.clock.advance(Math.min(1_000, endMs - this.clock.monotonicMs()));
      for (const call of this.vcenter.calls.slice(this.#callsTold)) this.foreign.check(call);
      this.#callsTold = this.vcenter.calls.length;
      if (this.#violation !== undefined) this.fail(this.#violation);
    }
  }

  fail(why: string): never {
    const drawn = JSON.stringify({ quirks: this.quirks, faults: this.faults, weather: this.#weather }, undefined, 1);
    const replay = `VM_OPERATOR_SEED=${this.seed} npx vitest run --config test/vitest.config.mts --project unit test/unit/reconciler.test.ts`;
    const full = process.env.VM_OPERATOR_SEED !== undefined;
    const story = full ? this.#trace : this.#trace.slice(-60);
    throw new SimulationFailure(
      `seed ${this.seed}: ${why}\nreplay with the whole story: ${replay}\n${drawn}\n${story.join('\n')}`,
    );
  }

  #violated(what: string): void {
    this.say(`VIOLATION ${what}`);
    this.#violation ??= what;
  }

  #start(): OperatorProcess {
    const { clock, random, vcenter, groups } = this;
    return new OperatorProcess({
      clock,
      random,
      vcenter,
      groups,
      weather: this.#weather,
      maxConcurrentTasks: this.#maxConcurrentTasks,
      onEvent: ({ metadata }, { reason, note }) => {
        this.say(`  event ${metadata.name} ${reason}: ${note}`);
        if (reason === 'FolderKept') this.foldersKept.add(groupFolderName(metadata.namespace, metadata.name));
      },
      onError: (error) => this.#unexpected(error),
    });
  }

  /** A lost write is part of the story; anything that is no ApiError is a bug. */
  #unexpected(error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.say(`  reconcile: ${text}`);
    if (!(error instanceof Error) || error.name !== 'ApiError') this.#violated(`the reconciler threw ${text}`);
  }
}
