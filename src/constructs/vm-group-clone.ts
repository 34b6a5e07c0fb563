/** Whether the disks of replicas are copies of the template's. */
export enum CloneMode {
  /** The disks are copied. */
  FULL = 'Full',
  /** The disks are based on a snapshot of the template: quick and small, but the root disk cannot grow. */
  LINKED = 'Linked',
}

/** How replicas are cloned from the template. A change replaces the replicas. */
export interface VmGroupClone {
  /**
   * Whether the disks are copied.
   *
   * @default CloneMode.FULL
   */
  readonly mode?: CloneMode;

  /**
   * Name of the snapshot of the template that linked clones are based on, 1 to 255 characters.
   *
   * @default - the template's current snapshot
   */
  readonly snapshot?: string;
}

/** As the manifest has it. Unknown fields are kept, so that synth refuses them. */
export function cloneToJson({ mode, ...rest }: VmGroupClone) {
  return { mode: mode === undefined ? undefined : (`${mode}` as const), snapshot: undefined, ...rest };
}
