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
  const changed = FIXED_ONCE_SET.flatMap(([field, valueIn]) => {
    const [before, after] = [valueIn(stored), valueIn(wanted)];
    if (before === undefined || before === after) return [];
    const is = `spec.${field} is ${after === undefined ? 'left out' : JSON.stringify(after)}`;
    return [`${is}: keep ${JSON.stringify(before)}, it cannot be changed once set; or create a new group instead`];
  });
  return [...changed, ...smallerDisks(stored, wanted)];
}

/** A data disk may be left out: then the replicas are replaced. */
function smallerDisks({ disks: before }: VmGroupSpec, { disks: after }: VmGroupSpec): readonly string[] {
  const root = before?.rootSizeGiB ?? 0;
  const extra = (after?.extra ?? []).flatMap(({ name, sizeGiB }, index) => {
    const stored = before?.extra?.find((disk) => disk.name === name)?.sizeGiB ?? 0;
    return sizeGiB >= stored ? [] : [tooSmall(`extra[${index}].sizeGiB`, sizeGiB, stored)];
  });
  return (after?.rootSizeGiB ?? 0) >= root ? extra : [tooSmall('rootSizeGiB', after?.rootSizeGiB, root), ...extra];
}

function tooSmall(field: string, size: number | undefined, stored: number): string {
  return `spec.disks.${field} is ${size ?? 'left out'}: give ${stored} or more, because no disk can shrink`;
}

/** The same for a stored VCenter. */
export function refusedChangesOfVCenter(stored: VCenterSpec, wanted: VCenterSpec): readonly string[] {
  const [before, after] = [stored.clusterName, wanted.clusterName];
  if (before === after) return [];
  const is = `spec.clusterName is ${after === undefined ? 'left out' : JSON.stringify(after)}`;
  const keep = before === undefined ? 'leave it out' : `keep ${JSON.stringify(before)}`;
  return [`${is}: ${keep}, it cannot be set, changed or removed later; or create a new VCenter instead`];
}
