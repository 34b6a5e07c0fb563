/** What differs from the right custom attributes of one group's machines. */
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine, VCenterModel } from '../fakes/vcenter';

/** `isKnown`: the API server never went back to an older state, in which nobody knows what machines were given. */
export function attributeDifferences(
  { spec: { customAttributes } }: VmGroup,
  machines: readonly ModelMachine[],
  vcenters: readonly Pick<VCenterModel, 'machines' | 'customFields'>[],
  isKnown: boolean,
): readonly string[] {
  // A group that never asked for any looks at none.
  if (customAttributes === undefined) return [];
  const wanted = new Map(customAttributes.map(({ name, value }) => [name, value]));
  return machines.flatMap((machine) => {
    const vcenter = vcenters.find((one) => one.machines.includes(machine));
    const present = vcenter?.customFields.valuesOf(machine) ?? new Map<string, string>();
    const left = isKnown ? [...present.keys()].filter((name) => !wanted.has(name)) : [];
    const missing = [...wanted].filter(([name, value]) => present.get(name) !== value);
    return [
      ...left.map((name) => `${machine.name} still has the attribute ${name}`),
      ...missing.map(([name, value]) => `${machine.name} has not the attribute ${name}=${value}`),
    ];
  });
}
