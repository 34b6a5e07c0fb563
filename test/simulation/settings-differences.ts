/** What differs from the right advanced settings of one group's machines. */
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine } from '../fakes/vcenter';

/** `isKnown`: the API server never went back to an older state, in which nobody knows what machines were given. */
export function settingsDifferences(
  { spec }: VmGroup,
  machines: readonly ModelMachine[],
  isKnown: boolean,
): readonly string[] {
  const { extraConfig } = spec;
  // A group that never asked for any looks at none.
  if (extraConfig === undefined) return [];
  const wanted = new Map(extraConfig.map(({ key, value }) => [key, value]));
  return machines.flatMap((machine) => {
    const given = [...machine.extraConfig].filter(([key]) => key.startsWith('sim.'));
    const left = isKnown ? given.filter(([key]) => !wanted.has(key)) : [];
    const missing = [...wanted].filter(([key, value]) => machine.extraConfig.get(key) !== value);
    return [
      ...left.map(([key]) => `${machine.name} still has the setting ${key}`),
      ...missing.map(([key, value]) => `${machine.name} has not the setting ${key}=${value}`),
    ];
  });
}
