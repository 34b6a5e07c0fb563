/** What differs from the right custom attributes and tags of one group's machines. */
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine, VCenterModel } from '../fakes/vcenter';

type Vcenter = Pick<VCenterModel, 'machines' | 'customFields' | 'tagging'>;

/** `isKnown`: the API server never went back to an older state, in which nobody knows what machines were given. */
export function attributeDifferences(
  group: VmGroup,
  machines: readonly ModelMachine[],
  vcenters: readonly Vcenter[],
  isKnown: boolean,
): readonly string[] {
  const ofAttributes = customAttributeDifferences(group, machines, vcenters, isKnown);
  return [...ofAttributes, ...tagDifferences(group, machines, vcenters, isKnown)];
}

function tagDifferences(
  { spec: { tags } }: VmGroup,
  machines: readonly ModelMachine[],
  vcenters: readonly Vcenter[],
  isKnown: boolean,
): readonly string[] {
  if (tags === undefined) return [];
  const wanted = tags.map(({ category, name }) => `${category}/${name}`);
  return machines.flatMap((machine) => {
    const present = vcenters.find((one) => one.machines.includes(machine))?.tagging.of(machine.ref.value) ?? [];
    const left = isKnown ? present.filter((tag) => !wanted.includes(tag)) : [];
    const missing = wanted.filter((tag) => !present.includes(tag));
    return [
      ...left.map((tag) => `${machine.name} still has the tag ${tag}`),
      ...missing.map((tag) => `${machine.name} has not the tag ${tag}`),
    ];
  });
}

function customAttributeDifferences(
  { spec: { customAttributes } }: VmGroup,
  machines: readonly ModelMachine[],
  vcenters: readonly Vcenter[],
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
