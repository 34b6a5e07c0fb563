/** Draws: everything that differs between two seeds of the model. */
import type { Random } from '../../../src/time/random';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Evenly drawn from a range. */
export function within({ from, to }: Range, random: Random): number {
  return from + (to - from) * random();
}

/** Drawn so that each order of magnitude is as likely: most are short, some are very long, as in a real data center. */
export function withinMagnitudes({ from, to }: Range, random: Random): number {
  return from * (to / from) ** random();
}

export function oneOf<T>(choices: readonly [T, ...T[]], random: Random): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** Where real vCenter's behaviour is unproven, the model does now this, now that. One draw for a whole run. */
export interface Quirks {
  /** Whether a clone holds its name from its start, or takes it at its end. */
  readonly nameReserved: 'AtStart' | 'AtEnd';
  /** Whether a machine is in the inventory while it is still being cloned. Its marks are there as soon as it is. */
  readonly cloneVisible: 'WhileCloning' | 'AtEnd';
  /** Which of a task's end and its effect the collector tells first. */
  readonly newsOrder: 'Together' | 'TaskFirst' | 'EffectFirst' | 'Either';
  /** How long a change takes to reach a waiting collector. */
  readonly newsDelayMs: Range;
  /** How far the later of a task's end and its effect lags behind. */
  readonly newsLagMs: Range;
  readonly cloneMs: Range;
  readonly otherTaskMs: Range;
  /** One way of a call over the network. */
  readonly latencyMs: Range;
  /** Objects in one answer of the collector. */
  readonly pageObjects: number;
  /** UnregisterAndDestroy_Task is there; without it the caller has to fall back to Destroy_Task. */
  readonly folderRemoval: 'Unregister' | 'DestroyOnly';
  /** What becomes of a clone whose folder was removed while it ran: it fails, or its machine turns up in the VM folder. */
  readonly folderLost: 'CloneFails' | 'CloneLandsInVmFolder';
  /** How long a task that has ended is still known. */
  readonly taskMemoryMs: number;
}

/** A vCenter without surprises: for the contract suite and for tests of one single thing. */
export const PLAIN_QUIRKS: Quirks = {
  nameReserved: 'AtStart',
  cloneVisible: 'AtEnd',
  newsOrder: 'Together',
  newsDelayMs: { from: 5, to: 50 },
  newsLagMs: { from: 0, to: 0 },
  cloneMs: { from: 500, to: 1_000 },
  otherTaskMs: { from: 50, to: 200 },
  latencyMs: { from: 1, to: 5 },
  pageObjects: 100,
  folderRemoval: 'Unregister',
  folderLost: 'CloneFails',
  taskMemoryMs: 600_000,
};

export function drawQuirks(random: Random): Quirks {
  const slowest = withinMagnitudes({ from: 200, to: 120_000 }, random);
  return {
    nameReserved: oneOf(['AtStart', 'AtEnd'], random),
    cloneVisible: oneOf(['WhileCloning', 'AtEnd'], random),
    newsOrder: oneOf(['Together', 'TaskFirst', 'EffectFirst', 'Either'], random),
    newsDelayMs: { from: 1, to: withinMagnitudes({ from: 5, to: 2_000 }, random) },
    newsLagMs: { from: 0, to: withinMagnitudes({ from: 5, to: 5_000 }, random) },
    cloneMs: { from: Math.min(100, slowest), to: slowest },
    otherTaskMs: { from: 10, to: withinMagnitudes({ from: 50, to: 20_000 }, random) },
    latencyMs: { from: 0.5, to: withinMagnitudes({ from: 1, to: 500 }, random) },
    pageObjects: oneOf([2, 10, 100, 1_000], random),
    folderRemoval: oneOf(['Unregister', 'DestroyOnly'], random),
    folderLost: oneOf(['CloneFails', 'CloneLandsInVmFolder'], random),
    taskMemoryMs: oneOf([5_000, 60_000, 600_000], random),
  };
}

/** Chances, each from 0 to 1. An even mix hides bugs: some kinds are off in a run and others frequent. */
export interface FaultWeights {
  /** A request that never arrives. */
  readonly requestLost: number;
  /** A call that is carried out, but whose answer is lost. */
  readonly replyLost: number;
  /** A request whose sender sees a lost connection, and that arrives a second later. */
  readonly requestLate: number;
  /** The session has ended before the call. */
  readonly sessionLost: number;
  /** 503: refused, nothing done. */
  readonly unavailable: number;
  /** A clone or power-on fails: no room. */
  readonly capacity: number;
  /** A task fails half-way for no reason of ours, its work undone. */
  readonly taskFails: number;
  /** A task ends and is forgotten at once, so that nobody is told. */
  readonly taskLost: number;
  /** A change is told a second time, later. */
  readonly newsTwice: number;
}

export const NO_FAULTS: FaultWeights = {
  requestLost: 0,
  replyLost: 0,
  requestLate: 0,
  sessionLost: 0,
  unavailable: 0,
  capacity: 0,
  taskFails: 0,
  taskLost: 0,
  newsTwice: 0,
};

export function drawFaults(random: Random): FaultWeights {
  const draw = (highest: number) => (random() < 0.5 ? 0 : highest * random() ** 2);
  return {
    requestLost: draw(0.2),
    replyLost: draw(0.3),
    requestLate: draw(0.1),
    sessionLost: draw(0.05),
    unavailable: draw(0.1),
    // At times nothing ever fits: retries have to stay apart then (R8).
    capacity: random() < 0.1 ? 1 : draw(0.5),
    taskFails: draw(0.3),
    taskLost: draw(0.2),
    newsTwice: draw(0.3),
  };
}
