/** Which vCenter a group belongs to. Today there is one, the implicit one that the operator's environment names. */
import type { VmGroup } from '../api/vm-group';
import type { VCenterConnection } from '../vsphere/port';

/** Name of the implicit vCenter in every status. */
export const IMPLICIT_VCENTER = '(env)';

export interface RegisteredVCenter {
  /** Name of the VCenter object, or (env). */
  readonly name: string;
  /** Folder below the datacenter's VM folder that holds group folders, unless a group names one. */
  readonly defaultFolder: string;
  readonly connection: VCenterConnection;
}

export class VCenterRegistry {
  constructor(private readonly implicit: RegisteredVCenter) {}

  /** The implicit vCenter serves all namespaces. */
  select(_group: VmGroup): { readonly kind: 'Selected'; readonly vcenter: RegisteredVCenter } {
    return { kind: 'Selected', vcenter: this.implicit };
  }

  all(): readonly RegisteredVCenter[] {
    return [this.implicit];
  }
}
