/** The change that gives a machine the values of spec.customAttributes, and clears those that it was given and should not have. */
import { CUSTOM_ATTRIBUTES_KEY, customAttributesOf, readCustomAttributesRecord } from '../../api/custom-attributes';
import type { VmGroupSpec } from '../../api/vm-group';
import type { CallContext, CustomField, LiveVirtualMachine, VimClient } from '../../vsphere/port';
import { nameList } from '../model/name-list';
import { quotedName } from '../model/quoted-name';
import { ActError } from './act-error';
import type { AttributeChanges } from './attribute-changes';

type Asked = Pick<VmGroupSpec, 'customAttributes'>;
type Calls = Pick<VimClient, 'readCustomFields' | 'readCustomValues' | 'setCustomValue'>;

const FIELD = 'spec.customAttributes';

/** What a machine has to be told. `record` is the text on the machine. Throws an ActError for a name that means no attribute. */
export async function customAttributeChanges(
  spec: Asked,
  { ref, instanceUuid }: LiveVirtualMachine,
  record: string | undefined,
  calls: Calls,
  call: CallContext,
): Promise<AttributeChanges | undefined> {
  const wanted = customAttributesOf(spec);
  const given = readCustomAttributesRecord(record, instanceUuid);
  const former = given.filter((name) => !wanted.has(name));
  if (wanted.size === 0 && former.length === 0) return { recordKey: CUSTOM_ATTRIBUTES_KEY, given, ours: [], steps: [] };
  const defined = fieldsByName(await calls.readCustomFields(call));
  const resolved = keysOf([...wanted.keys()], defined);
  // Of a definition that is gone the values are gone, too.
  const cleared = keysOf(
    former.filter((name) => defined.has(name)),
    defined,
  );
  const present = await calls.readCustomValues(ref, call);
  if (present === undefined) return undefined;
  const has = (name: string, value: string) => (present.get(resolved.get(name) ?? Number.NaN) ?? '') === value;
  const differing = [...wanted].filter(([name, value]) => !has(name, value));
  const set = (key: number | undefined, value: string) => async (next: CallContext) => {
    if (key !== undefined) await calls.setCustomValue(ref, key, value, next);
  };
  return {
    recordKey: CUSTOM_ATTRIBUTES_KEY,
    given,
    // R1: one that has the value already, and not by us, stays when it is no longer asked for.
    ours: [...wanted].filter(([name, value]) => given.includes(name) || !has(name, value)).map(([name]) => name),
    steps: [
      ...differing.map(([name, value]) => set(resolved.get(name), value)),
      ...[...cleared.values()].filter((key) => (present.get(key) ?? '') !== '').map((key) => set(key, '')),
    ],
  };
}

/** Before a clone: a machine is not made for which vCenter has no such attributes. */
export async function requireCustomAttributes(
  spec: Asked,
  calls: Pick<VimClient, 'readCustomFields'>,
  call: CallContext,
): Promise<void> {
  const names = [...customAttributesOf(spec).keys()];
  if (names.length > 0) keysOf(names, fieldsByName(await calls.readCustomFields(call)));
}

function fieldsByName(fields: readonly CustomField[]): ReadonlyMap<string, readonly CustomField[]> {
  return Map.groupBy(fields, ({ name }) => name);
}

function keysOf(
  names: readonly string[],
  defined: ReadonlyMap<string, readonly CustomField[]>,
): ReadonlyMap<string, number> {
  const missing = names.filter((name) => !defined.has(name));
  if (missing.length > 0)
    throw new ActError(
      'CustomAttributeNotFound',
      `vCenter defines no custom attribute ${nameList(missing.map(quotedName))} for virtual machines: define it there, or take it out of ${FIELD}`,
    );
  const doubtful = names.filter((name) => (defined.get(name)?.length ?? 0) > 1);
  if (doubtful.length > 0)
    throw new ActError(
      'CustomAttributeAmbiguous',
      `vCenter defines more than one custom attribute ${nameList(doubtful.map(quotedName))}: rename all but one, or take it out of ${FIELD}`,
    );
  return new Map(names.flatMap((name) => defined.get(name)?.map(({ key }): [string, number] => [name, key]) ?? []));
}
