/** The lists of a spec that machines are given by a live read and a change: what they ask for, and who may still have some. */
import { hash } from 'node:crypto';
import type { VmGroup, VmGroupSpec } from './vm-group';

export type GivenList = 'extraConfig' | 'customAttributes' | 'tags';
type Lists = Pick<VmGroupSpec, GivenList>;
export interface AskingGroup {
  readonly spec: Lists;
  readonly status?: VmGroup['status'];
}

export const GIVEN_FLAGS = {
  extraConfig: 'extraConfigGiven',
  customAttributes: 'customAttributesGiven',
  tags: 'tagsGiven',
} as const satisfies Readonly<Record<GivenList, keyof NonNullable<VmGroup['status']>>>;

export function isAskedFor(list: GivenList, spec: Lists): boolean {
  return (spec[list]?.length ?? 0) > 0;
}

/** Whether the last status says that machines may have some. Without it a later process would not look for them (R7). */
export function isToldAsGiven(list: GivenList, group: { readonly status?: VmGroup['status'] } | undefined): boolean {
  return group?.status?.[GIVEN_FLAGS[list]] === true;
}

/** Whether a machine of the group may have entries of the list: the spec asks for some, or did when the last status was written. */
export function hasGiven(list: GivenList, group: AskingGroup): boolean {
  return isAskedFor(list, group.spec) || isToldAsGiven(list, group);
}

/** Of lists of stored specs, which never change. Each plan asks for them once per machine. */
const DIGESTS = new WeakMap<object, string>();

/** Tells two lists apart, whatever their order. */
export function digestOf<T>(list: readonly T[] = NONE, entryOf: (item: T) => readonly string[]): string {
  const known = DIGESTS.get(list);
  if (known !== undefined) return known;
  const texts = list.map((item) => JSON.stringify(entryOf(item))).sort();
  const digest = hash('sha256', texts.join('\n')).slice(0, 10);
  DIGESTS.set(list, digest);
  return digest;
}

/** Gives the digest of a list whose values were left out (src/vmgroup/decisions/without-secrets.ts). */
export function rememberDigest(list: readonly unknown[], digest: string): void {
  DIGESTS.set(list, digest);
}

const NONE: readonly never[] = [];
