/**
 * What a machine was given of one list of the spec, on the machine itself, as extraConfig: no crash parts the record from the
 * machine (R7). Only what it names is ever taken away (R1): a template, or a person in vCenter, may have given the machine
 * the like.
 */

/** The record of a machine with this instanceUuid. An empty value removes it. */
export function givenRecord(
  recordKey: string,
  names: readonly string[],
  instanceUuid: string,
): Readonly<Record<string, string>> {
  const text = names.length === 0 ? '' : JSON.stringify({ instance: instanceUuid, keys: [...names].sort() });
  return { [recordKey]: text };
}

/**
 * What a machine was given. Nothing for a text that the operator did not write, and for the record of another machine:
 * vCenter copies extraConfig when a machine is cloned, and a template may be made of a replica.
 */
export function readGivenRecord(
  text: string | undefined,
  instanceUuid: string | undefined,
  isPossible: (name: string) => boolean,
): readonly string[] {
  if (text === undefined || instanceUuid === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return [];
    const { instance, keys }: { readonly instance?: unknown; readonly keys?: unknown } = value;
    if (typeof instance !== 'string' || instance.toLowerCase() !== instanceUuid.toLowerCase()) return [];
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string' && isPossible(key)) : [];
  } catch {
    // A person may have changed it. What is no JSON says nothing.
    return [];
  }
}
