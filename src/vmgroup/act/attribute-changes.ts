/** What gives a machine one list of attributes, in an order that a crash at any point does no harm to (R7). */
import { givenRecord } from '../../api/given-record';
import type { CallContext } from '../../vsphere/port';

/**
 * The machine's record first names all that it will have of us; then the steps are taken; then the record names no more than
 * that. So whatever was given is in the record, and is taken away one day.
 */
export interface AttributeChanges {
  /** The extraConfig key of the record. */
  readonly recordKey: string;
  /** What the record names. */
  readonly given: readonly string[];
  /** What it has to name in the end. */
  readonly ours: readonly string[];
  readonly steps: readonly ((call: CallContext) => Promise<void>)[];
}

/** The record as it has to be before the steps. Undefined if it is. */
export function recordBefore(
  { recordKey, given, ours }: AttributeChanges,
  instanceUuid: string,
): Readonly<Record<string, string>> | undefined {
  const missing = ours.filter((name) => !given.includes(name));
  return missing.length === 0 ? undefined : givenRecord(recordKey, [...given, ...missing], instanceUuid);
}

/** The record as it has to be after the steps. Undefined if it is. */
export function recordAfter(
  { recordKey, given, ours }: AttributeChanges,
  instanceUuid: string,
): Readonly<Record<string, string>> | undefined {
  return given.every((name) => ours.includes(name)) ? undefined : givenRecord(recordKey, ours, instanceUuid);
}
