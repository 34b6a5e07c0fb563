/** Which vCenter a group belongs to. Today there is one, the implicit one that the operator's environment names. */
import type { VmGroup } from '../api/vm-group';
import type { TenantPolicy } from '../vmgroup/model/tenant-policy';
import type { VCenterConnection } from '../vsphere/port';

/** Name of the implicit vCenter in every status. */
export const IMPLICIT_VCENTER = '(env)';

export interface RegisteredVCenter {
  /** Name of the VCenter object, or (env). */
  readonly name: string;
  /** Path below the datacenter's VM folder of the folder that holds group folders, unless a group names one. */
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
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
