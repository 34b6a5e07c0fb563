/** What failed for one group, and when it is tried again (R8). The status carries it over a restart. */
import { type Slot, slotKey } from '../../api/identity';
import { type FailureVerdict, type ManagedObjectReference, refKey, type VsphereFailure } from '../../vsphere/port';
import type { Moment } from './moment';

/** A failure and when to try again. */
export interface Fault {
  readonly class: FailureVerdict['apiClass'];
  readonly reason: string;
  readonly message: string;
  readonly since: Moment;
  readonly attempts: number;
  /** Monotonic time of the last failure. */
  readonly failedAtMs: number;
  /** Wall time for the status, monotonic for the decision. */
  readonly retryAt: Moment;
  /** The group's wake token at the time of the failure: another value makes the retry due at once. */
  readonly wakeToken: string;
  /** The failure domain that had no room: it is not tried before `retryAt`, but the replica may be made in another one. */
  readonly failureDomain?: string;
  /** The step that failed, if no other step on the slot has to wait for its retry. After a restart the reason tells (onlyByReason). */
  readonly only?: 'SizeDisks' | 'WriteAttributes' | 'LookIntoFolder';
  /** The status told it after a restart, and does not say of which step on the machine. */
  readonly ofUnknownStep?: true;
  /** Last failures of other steps on the slot, each with a retry of its own. None of them has others beside it. */
  readonly beside?: readonly Fault[];
}

/**
 * Whether it says no more than that the inventory does not show an object: it is over once the object is shown. A look into a
 * folder that is shown may be refused as well, and waits. So does a clone that has found a former machine by its UUID.
 */
export function isOfUnseen({ reason, only }: Fault, about: FaultAbout): boolean {
  if (only !== undefined) return false;
  return reason === 'NotVisible' || (reason === 'NotInInventory' && about === undefined);
}

/** Reasons that on a machine that exists only a WriteAttributes has. Before one is made, its clone has them too. */
const OF_ATTRIBUTES: ReadonlySet<string> = new Set([
  'CustomAttributeNotFound',
  'CustomAttributeAmbiguous',
  'TagNotFound',
  'TagAmbiguous',
  'TagNotAttachable',
  'TagCategorySingle',
  'RecordNotKept',
]);

/** The same of a SizeDisks. */
const OF_DISKS: ReadonlySet<string> = new Set(['DiskNotFound', 'DiskHasParent', 'DiskNotGrowable']);

/** What the status, which has no `only`, says of it by the reason of a fault on a machine that exists. */
export function onlyByReason(reason: string): Pick<Fault, 'only'> {
  if (OF_DISKS.has(reason)) return { only: 'SizeDisks' };
  return OF_ATTRIBUTES.has(reason) ? { only: 'WriteAttributes' } : {};
}

/** Faults by their subject, see faultSubject. The status tells the first of each, so that is the one that most waits for. */
export type Faults = Map<string, Fault>;

/** A fault, and those beside it. */
export function withBeside(fault: Fault | undefined): readonly Fault[] {
  return fault === undefined ? [] : [fault, ...(fault.beside ?? [])];
}

/** The last failure of this step, or one that may be: of those that others wait for, if it has no `only`. */
export function faultOfStep(fault: Fault | undefined, only: Fault['only']): Fault | undefined {
  const all = withBeside(fault);
  return all.find((one) => isOfStep(one, only)) ?? all.find(({ ofUnknownStep }) => ofUnknownStep);
}

/** Keeps a failure of one step, and what is known of others: two that fail in turn do not end each other's waits (R8). */
export function keepFault(faults: Faults, subject: string, fault: Fault): void {
  const others = withBeside(faults.get(subject)).filter((one) => !isOfStep(one, fault.only) && !one.ofUnknownStep);
  keepAll(faults, subject, [fault, ...others]);
}

/** Nothing is left to do for a step that failed. */
export function endFault(faults: Faults, subject: string, only: Fault['only']): void {
  keepOthers(faults, subject, (one) => !isOfStep(one, only));
}

/** A step went well. A failure of nobody knows which step may have been of this one. */
export function endFaultBySuccess(faults: Faults, subject: string, only: Fault['only']): void {
  keepOthers(faults, subject, (one) => !isOfStep(one, only) && !one.ofUnknownStep);
}

function isOfStep(fault: Fault, only: Fault['only']): boolean {
  return fault.only === only && !fault.ofUnknownStep;
}

function keepOthers(faults: Faults, subject: string, isOther: (fault: Fault) => boolean): void {
  const all = withBeside(faults.get(subject));
  const others = all.filter(isOther);
  if (others.length < all.length) keepAll(faults, subject, others);
}

/** What everything waits for is told first, then the newest. */
function keepAll(faults: Faults, subject: string, all: readonly Fault[]): void {
  const first = all.find(({ only }) => only === undefined) ?? all[0];
  if (first === undefined) {
    faults.delete(subject);
    return;
  }
  const { beside: _, ...told } = first;
  const beside = all.filter((one) => one !== first).map(({ beside: _, ...one }) => one);
  faults.set(subject, beside.length === 0 ? told : { ...told, beside });
}

/** Bytes of UTF-8. A status holds up to 1,000 faults, and etcd takes 1.5 MiB: a localized message has up to 3 bytes a character. */
const LONGEST_MESSAGE_BYTES = 384;

export const FOLDER_FAULT = 'folder';

/**
 * What work is about: a slot, the machine of an adoption or of a look, a storage policy, the cluster of DRS rules, or the
 * folder (undefined). An adoption has no slot before it succeeds: which one it gets depends on what else is in flight.
 */
export type FaultAbout = Slot | ManagedObjectReference | undefined;

/** The key of a fault. */
export function faultSubject(about: FaultAbout): string {
  if (about === undefined) return FOLDER_FAULT;
  return 'ordinal' in about ? slotKey(about) : refKey(about);
}

export interface NextFault {
  /** The fault that the subject had before. */
  readonly previous: Fault | undefined;
  readonly failure: VsphereFailure;
  readonly verdict: FailureVerdict;
  readonly wakeToken: string;
  readonly now: Moment;
  /** How long to wait after so many failures in a row. */
  delayMs(attempts: number): number;
}

/** The fault of a subject after one more failure. A failure with another reason begins a new series. */
export function nextFault({ previous, failure, verdict, wakeToken, now, delayMs }: NextFault): Fault {
  const series = previous?.reason === verdict.reason ? previous : undefined;
  const attempts = (series?.attempts ?? 0) + 1;
  const wait = delayMs(attempts);
  return {
    class: verdict.apiClass,
    reason: verdict.reason,
    message: cutToBytes(failure.message, LONGEST_MESSAGE_BYTES),
    since: series?.since ?? now,
    attempts,
    failedAtMs: now.monotonicMs,
    retryAt: { wallMs: now.wallMs + wait, monotonicMs: now.monotonicMs + wait },
    wakeToken,
  };
}

/** Cuts between characters, never inside one. */
function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const ellipsis = '…';
  let kept = '';
  let length = Buffer.byteLength(ellipsis);
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept + ellipsis;
}
