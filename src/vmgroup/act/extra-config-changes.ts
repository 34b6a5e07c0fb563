/** The change that gives a machine the keys of spec.extraConfig, and takes away those that it was given and should not have. */
import {
  EXTRA_CONFIG_KEY,
  extraConfigOf,
  extraConfigRecord,
  readExtraConfigRecord,
} from '../../api/extra-config-record';
import type { VmGroupSpec } from '../../api/vm-group';

type ExtraConfig = Readonly<Record<string, string>>;

/** What is read of a machine to tell the change. */
export function extraConfigKeysToRead(spec: Pick<VmGroupSpec, 'extraConfig'>): readonly string[] {
  return [EXTRA_CONFIG_KEY, ...extraConfigOf(spec).keys()];
}

/** Empty if there is nothing to change. An empty value removes a key. */
export function extraConfigChanges(
  spec: Pick<VmGroupSpec, 'extraConfig'>,
  present: ExtraConfig,
  instanceUuid: string | undefined,
): ExtraConfig {
  // Without it a record would be that of any machine.
  if (instanceUuid === undefined) return {};
  const wanted = extraConfigOf(spec);
  const given = readExtraConfigRecord(present[EXTRA_CONFIG_KEY], instanceUuid);
  const differing = [...wanted].filter(([key, value]) => present[key] !== value);
  const removed = given.filter((key) => !wanted.has(key));
  // R1: one that has the value already, and not by us, stays when it is no longer asked for.
  const ours = [...wanted.keys()].filter((key) => given.includes(key) || present[key] !== wanted.get(key));
  const record = extraConfigRecord(ours, instanceUuid);
  const before = present[EXTRA_CONFIG_KEY] ?? '';
  if (differing.length === 0 && removed.length === 0 && before === record[EXTRA_CONFIG_KEY]) return {};
  return { ...Object.fromEntries(differing), ...Object.fromEntries(removed.map((key) => [key, ''])), ...record };
}

/** What a clone is given. A template that has such a key gets the value of the spec. */
export function extraConfigOfClone(spec: Pick<VmGroupSpec, 'extraConfig'>, instanceUuid: string): ExtraConfig {
  const wanted = extraConfigOf(spec);
  if (wanted.size === 0) return {};
  return { ...Object.fromEntries(wanted), ...extraConfigRecord([...wanted.keys()], instanceUuid) };
}
