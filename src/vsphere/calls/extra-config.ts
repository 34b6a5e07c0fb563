/** Keys of config.extraConfig of machines: read live, and written. */
import { CHANGE_VERSION_PATH, extraConfigPath } from '../inventory/config-path';
import type { CallContext, ManagedObjectReference } from '../port';
import { readObjects } from '../property/property-reader';
import type { Session } from '../session/session';
import { type DataObject, typed } from '../vim25/describe';
import { OptionValue } from '../vim25/types';

/** By the machine's reference; see VimClient. */
export async function readExtraConfig(
  session: Session,
  machines: readonly ManagedObjectReference[],
  keys: readonly string[],
  call: CallContext,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const paths = keys.map(extraConfigPath);
  const { objects } = await readObjects(session, machines, [CHANGE_VERSION_PATH, ...paths], call);
  const told = new Map<string, Readonly<Record<string, string>>>();
  for (const { obj, propSet = [], missingSet = [] } of objects) {
    const value = (path: string) => propSet.find(({ name }) => name === path)?.val;
    // Without a configuration no key is set, and that says nothing.
    if (value(CHANGE_VERSION_PATH) === undefined || missingSet.some(({ path }) => paths.includes(path))) continue;
    const entries = keys.flatMap((key): [string, string][] => {
      const text = value(extraConfigPath(key));
      return typeof text === 'string' ? [[key, text]] : [];
    });
    told.set(obj.value, Object.fromEntries(entries));
  }
  return told;
}

/** For a clone or a change: an empty value removes its key. */
export function optionValues(extraConfig: Readonly<Record<string, string>>): readonly DataObject[] {
  return Object.entries(extraConfig).map(([key, value]) => typed(OptionValue, { key, value }));
}
