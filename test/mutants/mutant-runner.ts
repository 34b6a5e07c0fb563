/**
 * In the process of the tests, in place of vitest's runner: each test runs without a mutant first, which tells what it
 * covers, and then once for each covered mutant that lives. vitest's own repeats do that, so hooks run each time too.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type RunnerTask, type RunnerTestCase, TestRunner, type TestTryOptions } from 'vitest';
import { Journal } from './journal';
import { MutantSwitch } from './mutant-switch';
import type { Work } from './work';

/** So much time may one test take for all mutants together. What is left out is told. */
const MOST_MS_OF_A_TEST = 6_000;
const NO_END = Number.MAX_SAFE_INTEGER;

type Step =
  /** Without a mutant: what it covers. */
  | { readonly kind: 'Cover' }
  /** Without a mutant again: whether it can run twice, and how long it takes. */
  | { readonly kind: 'Again'; readonly sinceMs: number }
  | { readonly kind: 'Try'; readonly id: number }
  /** Without a mutant, after one was killed: whether the mutant left something behind. */
  | { readonly kind: 'Clean'; readonly id: number };

const own = new MutantSwitch();

export default class MutantRunner extends TestRunner {
  readonly #work: Work = JSON.parse(readFileSync(process.env.VM_OPERATOR_MUTANTS ?? '', 'utf8'));
  readonly #journal = new Journal(this.#work.journal);
  readonly #dead = new Set<number>();
  readonly #done = new Set<string>();
  #step: Step = { kind: 'Cover' };
  #queue: number[] = [];
  #covered: ReadonlySet<number> = new Set();

  override async onBeforeRunTask(test: RunnerTask) {
    await super.onBeforeRunTask(test);
    if (this.#work.on !== undefined) this.#journal.add({ kind: 'On', id: this.#work.on, test: nameOf(test) });
    if (test.type !== 'test' || this.#work.on !== undefined) return;
    if (this.#done.has(nameOf(test))) test.mode = 'skip';
    test.repeats = NO_END;
    this.#step = { kind: 'Cover' };
  }

  override importFile(filepath: string, source: 'collect' | 'setup') {
    this.#begin();
    return super.importFile(filepath, source);
  }

  override onBeforeTryTask(test: RunnerTask, options: TestTryOptions) {
    super.onBeforeTryTask(test, options);
    if (this.#work.on !== undefined) return;
    const step = this.#step;
    if (step.kind === 'Cover') {
      const ids = [...own.takeSeen()];
      if (ids.length > 0) this.#journal.add({ kind: 'Static', ids });
    }
    if (step.kind !== 'Try') return own.turnOff();
    this.#journal.add({ kind: 'On', id: step.id, test: nameOf(test) });
    own.turnOn(step.id);
  }

  override async onAfterRetryTask(test: RunnerTestCase, options: TestTryOptions) {
    await super.onAfterRetryTask(test, options);
    const failed = test.result?.state === 'fail';
    if (this.#work.on !== undefined) {
      if (failed) this.#journal.add({ kind: 'Killed', id: this.#work.on, test: nameOf(test) });
      return;
    }
    own.turnOff();
    const why = String(test.result?.errors?.[0]?.message ?? '');
    const next = this.#next(test, failed, why);
    if (test.result !== undefined) {
      test.result.errors = [];
      test.result.attempts = [];
      // vitest ends its repeats so.
      if (next === undefined) Object.assign(test.result, { pending: true });
      else test.result.state = 'pass';
    }
    if (next === undefined) this.#journal.add({ kind: 'Done', test: nameOf(test) });
    else this.#step = next;
  }

  /** Before a file: what former processes found out. */
  #begin(): void {
    own.install();
    if (this.#work.on !== undefined) own.turnOn(this.#work.on);
    for (const entry of this.#journal.read()) {
      if (entry.kind === 'Killed') this.#dead.add(entry.id);
      if (entry.kind === 'Done') this.#done.add(entry.test);
    }
  }

  #next(test: RunnerTestCase, failed: boolean, why: string): Step | undefined {
    const step = this.#step;
    const name = nameOf(test);
    switch (step.kind) {
      case 'Cover':
        this.#covered = own.takeSeen();
        if (failed) return this.#unfit(name, why);
        return { kind: 'Again', sinceMs: performance.now() };
      case 'Again':
        own.takeSeen();
        if (failed) return this.#unfit(name, `a second time: ${why}`);
        this.#fillQueue(name, performance.now() - step.sinceMs);
        break;
      case 'Try':
        own.takeSeen();
        if (!failed) break;
        this.#dead.add(step.id);
        this.#journal.add({ kind: 'Killed', id: step.id, test: name });
        return { kind: 'Clean', id: step.id };
      case 'Clean':
        own.takeSeen();
        if (failed) return this.#unfit(name, `after mutant ${step.id}: ${why}`);
        break;
    }
    const id = this.#queue.shift();
    return id === undefined ? undefined : { kind: 'Try', id };
  }

  #fillQueue(test: string, testMs: number): void {
    const ids = [...this.#covered];
    if (ids.length > 0) this.#journal.add({ kind: 'Covered', ids });
    const wanted = new Set(this.#work.ids);
    const alive = ids.filter((id) => wanted.has(id) && !this.#dead.has(id)).sort((a, b) => a - b);
    const room = Math.max(1, Math.floor(MOST_MS_OF_A_TEST / Math.max(testMs, 1)));
    if (alive.length > room) this.#journal.add({ kind: 'LeftOut', test, count: alive.length - room });
    this.#queue = alive.slice(0, room);
  }

  #unfit(test: string, why: string): undefined {
    this.#queue = [];
    this.#journal.add({ kind: 'Unfit', test, why });
  }
}

function nameOf(test: RunnerTask): string {
  return `${test.file.name} > ${names(test)}`;
}

function names(task: RunnerTask): string {
  const { suite } = task;
  return suite === undefined ? task.name : `${names(suite)} > ${task.name}`;
}
