import { type Clock, deadline, sleep } from '../../../src/time/clock';
import type { Progress } from '../../envtest/binaries/progress';
import { messageOf, SandboxError } from '../../envtest/sandbox-error';
import type { Audience } from './audience';

/** One named step of the show. */
export interface Step {
  readonly title: string;
  /** Resolves with what was seen, for the audience. A rejection fails the show. */
  run(stage: StepStage, signal: AbortSignal): Promise<string>;
}

/** What a running step may tell while it runs. */
export interface StepStage {
  readonly progress: Progress;
  detail(text: string): void;
}

/** A step that failed: names it, what it wanted, and what was there. */
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
 * Runs steps one after the other. Rejects with StepFailed, or with the signal's reason when that is aborted; an abort by
 * a SandboxError is a failure of the step that runs.
 */
export async function runSteps(
  steps: readonly Step[],
  audience: Audience,
  afterEach: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const first = audience.announce(steps.map((step) => step.title));
  for (const [offset, step] of steps.entries()) {
    const index = first + offset;
    audience.stepStarts(index);
    const stage: StepStage = {
      progress: audience.progressOf(index),
      detail: (text) => audience.stepDetail(index, text),
    };
    try {
      audience.stepEnds(index, 'Done', await step.run(stage, signal));
    } catch (error) {
      audience.stepEnds(index, 'Failed', signal.aborted ? messageOf(signal.reason) : undefined);
      // The death of a server or of the operator aborts too, and then the step is part of the story.
      if (signal.aborted && !(signal.reason instanceof SandboxError)) throw signal.reason;
      throw new StepFailed(step.title, signal.aborted ? signal.reason : error);
    }
    await afterEach(signal);
  }
}

/** What a look found: as expected, with words for it, or not yet, with words for what is there instead. */
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
 * Looks until it is as expected, and resolves with what was seen then. Rejects with NotInTime, which has the expectation
 * and what the last look saw.
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
