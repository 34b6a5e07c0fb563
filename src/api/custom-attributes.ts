/** spec.customAttributes, and which of them a machine was given. */
import { digestOf } from './given-lists';
import { givenRecord, readGivenRecord } from './given-record';
import type { VmGroupSpec } from './vm-group';

type Asked = Pick<VmGroupSpec, 'customAttributes'>;

/** The extraConfig key. It is no mark: only machines of groups with spec.customAttributes have it. */
export const CUSTOM_ATTRIBUTES_KEY = 'codeconnect.customAttributes';

/** What the list asks for, by name. */
export function customAttributesOf({ customAttributes = [] }: Asked): ReadonlyMap<string, string> {
  return new Map(customAttributes.map(({ name, value }) => [name, value]));
}

export function customAttributesDigest({ customAttributes }: Asked): string {
  return digestOf(customAttributes, ({ name, value }) => [name, value]);
}

/** The record of a machine with this instanceUuid. An empty value removes it. */
export function customAttributesRecord(
  names: readonly string[],
  instanceUuid: string,
): Readonly<Record<string, string>> {
  return givenRecord(CUSTOM_ATTRIBUTES_KEY, names, instanceUuid);
}

/** The names that a machine was given. */
export function readCustomAttributesRecord(
  text: string | undefined,
  instanceUuid: string | undefined,
): readonly string[] {
  return readGivenRecord(text, instanceUuid, (name) => name !== '' && [...name].length <= LONGEST_NAME);
}

/** As in the CRD: in code points, as the API server counts them. */
const LONGEST_NAME = 80;
