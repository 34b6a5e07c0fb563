import type { VmGroupSpec } from '../../../api/vm-group';
import type { Placement } from '../../../vmgroup/model/placement';
import { DEFAULT_TENANT_POLICY } from '../../../vmgroup/model/tenant-policy';
import { resolvePlacement } from '../../../vmgroup/observe/placement';
import type { PlacementRules } from '../../../vmgroup/observe/resolution';
import type { Inventory } from '../../../vsphere';

/** Where a group without a placement of its own would be: in the default datacenter, else in each. Without a template. */
export function withoutPlacement(
  inventory: Inventory,
  rules: PlacementRules,
): readonly { readonly spec: VmGroupSpec; readonly placement: Placement }[] {
  const { defaults, allowed, source } = rules.tenants;
  // No namespace is meant, so none has a folder or a pool of its own.
  const tenants = { ...DEFAULT_TENANT_POLICY, defaults, allowed, source };
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
