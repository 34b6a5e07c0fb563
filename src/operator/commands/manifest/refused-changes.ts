import type { VmGroupSpec } from '../../../api/vm-group';

/** Fields of the spec that cannot be changed once set. A test compares this list with the rules of the CRD. */
const FIXED_ONCE_SET: readonly (readonly [field: string, valueIn: (spec: VmGroupSpec) => string | undefined])[] = [
  ['vcenterRef.name', ({ vcenterRef }) => vcenterRef?.name],
  ['placement.datacenter', ({ placement }) => placement?.datacenter],
  ['placement.folder', ({ placement }) => placement?.folder],
];

/** What the API server would refuse when a stored group is changed, as `field is value: remedy`. */
export function refusedChanges(stored: VmGroupSpec, wanted: VmGroupSpec): readonly string[] {
  return FIXED_ONCE_SET.flatMap(([field, valueIn]) => {
    const [before, after] = [valueIn(stored), valueIn(wanted)];
    if (before === undefined || before === after) return [];
    const is = `spec.${field} is ${after === undefined ? 'left out' : JSON.stringify(after)}`;
    return [`${is}: keep ${JSON.stringify(before)}, it cannot be changed once set; or create a new group instead`];
  });
}
