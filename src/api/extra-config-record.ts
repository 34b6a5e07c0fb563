/**
 * Which keys of spec.extraConfig a machine was given, on the machine itself: written by the request that gives them, so that
 * no crash parts them (R7), and read live only. Only these keys are ever removed (R1): a template, or a person in vCenter, may
 * have given the machine others, and an older status cannot tell them apart.
 */
import { digestOf } from './given-lists';
import { givenRecord, readGivenRecord } from './given-record';
import type { VmGroupSpec } from './vm-group';

/** The extraConfig key. It is no mark: only machines of groups with spec.extraConfig have it. */
export const EXTRA_CONFIG_KEY = 'codeconnect.extraConfig';

/** What the list asks for, by key. */
export function extraConfigOf({ extraConfig = [] }: Pick<VmGroupSpec, 'extraConfig'>): ReadonlyMap<string, string> {
  return new Map(extraConfig.map(({ key, value }) => [key, value]));
}

export function extraConfigDigest({ extraConfig }: Pick<VmGroupSpec, 'extraConfig'>): string {
  return digestOf(extraConfig, ({ key, value }) => [key, value]);
}

/** The record of a machine with this instanceUuid. An empty value removes it. */
export function extraConfigRecord(keys: readonly string[], instanceUuid: string): Readonly<Record<string, string>> {
  return givenRecord(EXTRA_CONFIG_KEY, keys, instanceUuid);
}

/** The keys that a machine was given. */
export function readExtraConfigRecord(text: string | undefined, instanceUuid: string | undefined): readonly string[] {
  return readGivenRecord(text, instanceUuid, isPlain);
}

/** R1: whatever the record holds, no mark and no guest data is removed by it. */
function isPlain(key: string): boolean {
  return /^[A-Za-z0-9_.-]{1,128}$/.test(key) && !/^(guestinfo|codeconnect)\./i.test(key);
}
