import type { VmGroupSpec } from '../../api/vm-group';
import type { Inventory } from '../../vsphere/port';
import type { Placement } from '../model/placement';
import type { TenantPolicy } from '../model/tenant-policy';
import { resolvePlacement } from './placement';
import type { PlacementRules } from './resolution';

/** What holds for groups of any namespace: none is meant, so none has a folder or a pool of its own. */
export function ofNoNamespace(tenants: TenantPolicy): TenantPolicy {
  return { ...tenants, namespaceFolder: undefined, namespacePools: [] };
}

/** Where a group without a placement of its own would be: in the default datacenter, else in each. Without a template. */
export function withoutPlacement(
  inventory: Inventory,
  rules: PlacementRules,
): readonly { readonly spec: VmGroupSpec; readonly placement: Placement }[] {
  const { defaults } = rules.tenants;
  // Each failure domain is a place of its own, which callers give as defaults.
  const tenants = { ...ofNoNamespace(rules.tenants), failureDomains: [] };
  const specs =
    defaults.datacenter === undefined
      ? inventory
          .entitiesOfType(['Datacenter'])
          .map(({ ref }) => ({ ...NAMELESS, placement: { datacenter: inventory.pathOf(ref) } }))
      : [NAMELESS];
  return specs.map((spec) => {
    const group = { spec, namespace: '', uid: undefined };
    return { spec, placement: resolvePlacement(group, inventory, { ...rules, tenants }) };
  });
}

/** Only its placement is looked at. */
const NAMELESS: VmGroupSpec = {
  ...{ cpu: 1, memory: 1, replicas: 0, template: '' },
  ...{ powerState: 'PoweredOn', deletionPolicy: 'Delete', paused: false },
  ...{ minReadySeconds: 0, progressDeadlineSeconds: 1 },
};
