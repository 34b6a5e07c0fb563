/** What a seed of the model decides: quirks of vCenter, and how often faults happen. */
import type { Random } from '../../../src/time/random';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A number from a range, evenly distributed. */
export function within({ from, to }: Range, random: Random): number {
  return from + (to - from) * random();
}

/** A number from a range; each order of magnitude is equally likely. So most durations are short and some very long. */
export function withinMagnitudes({ from, to }: Range, random: Random): number {
  return from * (to / from) ** random();
}

export function oneOf<T>(choices: readonly [T, ...T[]], random: Random): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** Behaviour of a real vCenter that is not proven, or differs between servers. It is drawn once per run. */
export interface Quirks {
  /** Whether a clone reserves its name at its start, or takes it at its end. */
  readonly nameReserved: 'AtStart' | 'AtEnd';
  /** Whether a machine is in the inventory while it is being cloned. Its marks are there from the first moment. */
  readonly cloneVisible: 'WhileCloning' | 'AtEnd';
  /** Whether each third clone shows a placeholder that enters and is never heard of again. */
  readonly cloneGhosts: 'Never' | 'Sometimes';
  /** What the collector sends first: the end of a task, or its effect. */
  readonly newsOrder: 'Together' | 'TaskFirst' | 'EffectFirst' | 'Either';
  /** How long a change takes to reach a waiting collector. */
  readonly newsDelayMs: Range;
  /** The delay between the two, if they are not sent together. */
  readonly newsLagMs: Range;
  readonly cloneMs: Range;
  readonly otherTaskMs: Range;
  /** Latency of the network in one direction. */
  readonly latencyMs: Range;
  /** Objects per answer of the collector. */
  readonly pageObjects: number;
  /** Whether UnregisterAndDestroy_Task exists. Without it the caller must use Destroy_Task. */
  readonly folderRemoval: 'Unregister' | 'DestroyOnly';
  /** What happens to a clone whose folder is removed while it runs: it fails, or its machine appears in the VM folder. */
  readonly folderLost: 'CloneFails' | 'CloneLandsInVmFolder';
  /** Whether there is a datastore cluster `pod`, and whether Storage DRS is on there. */
  readonly storageDrs: 'NoCluster' | 'On' | 'Off';
  /** How a read answers about an object that the account may not see. */
  readonly hiddenRead: 'NoPermission' | 'MissingSet' | 'LeftOut';
  /** Whether vCenter tells of what the account sees from now on, because it was given the right. */
  readonly sightRegained: 'Told' | 'Untold';
  /** How long vCenter remembers a task that has ended. */
  readonly taskMemoryMs: number;
  /** Whether a clone takes the cores per socket and the hot-add settings of its specification. The simulator drops them. */
  readonly cloneHardware: 'Taken' | 'Dropped';
  /** Whether a clone has the custom attributes of its source. */
  readonly cloneAttributes: 'Copied' | 'None';
  /** Whether a clone leaves its machine behind when the customization of the guest fails. */
  readonly failedCustomization: 'LeavesMachine' | 'LeavesNone';
}

/** The simplest vCenter: for the contract suite, and for tests of a single behaviour. */
export const PLAIN_QUIRKS: Quirks = {
  nameReserved: 'AtStart',
  cloneVisible: 'AtEnd',
  cloneGhosts: 'Never',
  newsOrder: 'Together',
  newsDelayMs: { from: 5, to: 50 },
  newsLagMs: { from: 0, to: 0 },
  cloneMs: { from: 500, to: 1_000 },
  otherTaskMs: { from: 50, to: 200 },
  latencyMs: { from: 1, to: 5 },
  pageObjects: 100,
  folderRemoval: 'Unregister',
  folderLost: 'CloneFails',
  storageDrs: 'NoCluster',
  hiddenRead: 'NoPermission',
  sightRegained: 'Told',
  taskMemoryMs: 600_000,
  cloneHardware: 'Taken',
  cloneAttributes: 'None',
  failedCustomization: 'LeavesNone',
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
    storageDrs: oneOf(['NoCluster', 'NoCluster', 'On', 'Off'], random),
    hiddenRead: oneOf(['NoPermission', 'MissingSet', 'LeftOut'], random),
    taskMemoryMs: oneOf([5_000, 60_000, 600_000], random),
    cloneGhosts: oneOf(['Never', 'Sometimes'], random),
    sightRegained: oneOf(['Told', 'Untold'], random),
    cloneHardware: oneOf(['Taken', 'Dropped'], random),
    cloneAttributes: oneOf(['Copied', 'None'], random),
    failedCustomization: oneOf(['LeavesMachine', 'LeavesMachine', 'LeavesNone'], random),
  };
}

/** Probabilities from 0 to 1. An even mix hides bugs, so in each run some kinds never happen and others happen often. */
export interface FaultWeights {
  /** A request that never arrives. */
  readonly requestLost: number;
  /** A call that is done, but whose answer is lost. */
  readonly replyLost: number;
  /** A request that arrives a second after its sender saw a lost connection. */
  readonly requestLate: number;
  /** The session has ended before the call. */
  readonly sessionLost: number;
  /** A call that is refused with status 503. */
  readonly unavailable: number;
  /** A clone or power-on fails because there is no room. */
  readonly capacity: number;
  /** A task fails with SystemError, and its work is undone. */
  readonly taskFails: number;
  /** A task ends and is forgotten at once, so that its end is never seen. */
  readonly taskLost: number;
  /** A change is sent a second time, later. */
  readonly newsTwice: number;
  /** A clone that customizes its guest fails at that. */
  readonly customizationFails: number;
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
  customizationFails: 0,
};

export function drawFaults(random: Random): FaultWeights {
  const draw = (highest: number) => (random() < 0.5 ? 0 : highest * random() ** 2);
  return {
    requestLost: draw(0.2),
    replyLost: draw(0.3),
    requestLate: draw(0.1),
    sessionLost: draw(0.05),
    unavailable: draw(0.1),
    // In some runs there is never room: then the pauses between retries matter (R8).
    capacity: random() < 0.1 ? 1 : draw(0.5),
    taskFails: draw(0.3),
    taskLost: draw(0.2),
    newsTwice: draw(0.3),
    customizationFails: draw(1),
  };
}
