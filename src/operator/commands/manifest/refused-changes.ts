import type { VCenterSpec } from '../../../api/vcenter';
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

/** The same for a stored VCenter. */
export function refusedChangesOfVCenter(stored: VCenterSpec, wanted: VCenterSpec): readonly string[] {
  const [before, after] = [stored.clusterName, wanted.clusterName];
  if (before === after) return [];
  const is = `spec.clusterName is ${after === undefined ? 'left out' : JSON.stringify(after)}`;
  const keep = before === undefined ? 'leave it out' : `keep ${JSON.stringify(before)}`;
  return [`${is}: ${keep}, it cannot be set, changed or removed later; or create a new VCenter instead`];
}
