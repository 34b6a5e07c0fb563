/** The disks that a group asks for (spec.disks). vCenter's stream does not carry disks: see act/size-disks.ts. */
import type { VmGroup } from '../../api/vm-group';

export interface DataDisk {
  readonly name: string;
  readonly sizeGiB: number;
  readonly provisioning?: 'Thin' | 'Thick' | 'EagerZeroedThick';
}

export interface DiskSizes {
  /** Absent: that of the template. */
  readonly rootSizeGiB?: number;
  readonly extra: readonly DataDisk[];
}

/** Undefined for a group that leaves its disks as they are in the template. */
export function diskSizesOf({ spec }: { readonly spec: Pick<VmGroup['spec'], 'disks'> }): DiskSizes | undefined {
  const { rootSizeGiB, extra = [] } = spec.disks ?? {};
  if (rootSizeGiB === undefined && extra.length === 0) return undefined;
  return { ...(rootSizeGiB !== undefined && { rootSizeGiB }), extra };
}

/** The sizes as text that serves as key and in messages, such as: root disk 40 GiB, data 100 GiB. */
export function diskKey({ rootSizeGiB, extra }: DiskSizes): string {
  const root = rootSizeGiB === undefined ? [] : [`root disk ${rootSizeGiB} GiB`];
  return [...root, ...extra.map(({ name, sizeGiB }) => `${name} ${sizeGiB} GiB`).sort()].join(', ');
}

/** Whether a replica was seen with the disks of the spec, or was cloned with them. */
export function hasDisks({ disks }: { readonly disks?: string }, group: Pick<VmGroup, 'spec'>): boolean {
  const wanted = diskSizesOf(group);
  return wanted === undefined || disks === diskKey(wanted);
}
