import type { VmGroupSpec } from '../../../api/vm-group';

/** Fields of spec.placement that cannot be changed once set. A test compares this list with the rules of the CRD. */
const FIXED_ONCE_SET = ['datacenter', 'folder'] as const;

/** What the API server would refuse when a stored group is changed, as `field is value: remedy`. */
export function refusedChanges(stored: VmGroupSpec, wanted: VmGroupSpec): readonly string[] {
  return FIXED_ONCE_SET.flatMap((field) => {
    const [before, after] = [stored.placement?.[field], wanted.placement?.[field]];
    if (before === undefined || before === after) return [];
    const is = `spec.placement.${field} is ${after === undefined ? 'left out' : JSON.stringify(after)}`;
    return [`${is}: keep ${JSON.stringify(before)}, it cannot be changed once set; or create a new group instead`];
  });
}
