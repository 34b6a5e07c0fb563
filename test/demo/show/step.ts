import { type Clock, deadline, sleep } from '../../../src/time/clock';
import type { Progress } from '../../envtest/binaries/progress';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import type { Display } from './display';

/** One step of the demo. */
export interface Step {
  readonly title: string;
  /** Resolves with what it saw, for the display. If it rejects, the demo fails. */
  run(output: StepOutput, signal: AbortSignal): Promise<string>;
}

/** What a running step shows. */
export interface StepOutput {
  readonly progress: Progress;
  detail(text: string): void;
}

/** A step has failed. The message has the step, what was expected and what was seen. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly code = 'StepFailed';

  constructor(
    readonly step: string,
    cause: unknown,
  ) {
    super(`step "${step}" failed: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Runs steps one after the other. Rejects with StepFailed, or with the reason of the signal when it is aborted. If that
 * reason is a SandboxError, the running step has failed.
 */
export async function runSteps(
  steps: readonly Step[],
  display: Display,
  afterEach: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const first = display.announce(steps.map((step) => step.title));
  for (const [offset, step] of steps.entries()) {
    const index = first + offset;
    display.stepStarts(index);
    const output: StepOutput = {
      progress: display.progressOf(index),
      detail: (text) => display.stepDetail(index, text),
    };
    try {
      display.stepEnds(index, 'Done', await step.run(output, signal));
    } catch (error) {
      display.stepEnds(index, 'Failed', signal.aborted ? messageOf(signal.reason) : undefined);
      // When a server or the operator ends by itself, the signal is aborted too, and the error must name the step.
      if (signal.aborted && !(signal.reason instanceof SandboxError)) throw signal.reason;
      throw new StepFailed(step.title, signal.aborted ? signal.reason : error);
    }
    await afterEach(signal);
  }
}

/** What a check saw: as expected, or not yet; `seen` describes it. */
export type Look =
  | { readonly kind: 'AsExpected'; readonly seen: string }
  | { readonly kind: 'NotYet'; readonly seen: string };

export function asExpected(seen: string): Look {
  return { kind: 'AsExpected', seen };
}

export function notYet(seen: string): Look {
  return { kind: 'NotYet', seen };
}

const LOOK_EVERY_MS = 150;

/**
 * Checks again and again until it is as expected, and resolves with what was seen. Rejects with NotInTime, whose message
 * has the expectation and what was seen last.
 */
export async function eventually(
  expectation: string,
  look: (signal: AbortSignal) => Promise<Look>,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  let seen = 'nothing';
  const limit = deadline(
    clock,
    timeoutMs,
    signal,
    () => new SandboxError('NotInTime', `expected within ${timeoutMs / 1_000} s: ${expectation}; seen: ${seen}`),
  );
  try {
    for (;;) {
      const found = await look(limit.signal);
      seen = found.seen;
      if (found.kind === 'AsExpected') return seen;
      await sleep(clock, LOOK_EVERY_MS, limit.signal);
    }
  } finally {
    limit.done();
  }
}
