/** Whether the replicas of a VmGroup that are in one cluster run on different hosts. */
export enum HostAntiAffinity {
  /** DRS runs them where it likes. */
  DISABLED = 'Disabled',
  /** On different hosts as far as there are enough; DRS must be on. It keeps no replica from running. */
  PREFERRED = 'Preferred',
}
