/** R15: which machines a namespace may take over. A group destroys what it has taken over, so none without an administrator. */
import type { VmGroup } from '../../api/vm-group';
import type { Inventory } from '../../vsphere/port';
import type { VCenterAction } from './action';
import { refusalBy, remedyBy } from './allow-list-refusal';
import { fitsAny } from './path-glob';
import { DEFAULT_TENANT_POLICY, pathWith, type TenantPolicy } from './tenant-policy';

type Rules = Pick<TenantPolicy, 'source' | 'adoptableMachines'>;

/** Whose request it is: the patterns are made for its namespace. */
export interface Asker {
  readonly group: Pick<VmGroup, 'metadata'>;
  readonly clusterId: string;
}

/** Whether an administrator allows the group to take over the machine with this inventory path. */
export function isAdoptable(path: string, asker: Asker, rules: Rules): boolean {
  return fitsAny(path, patternsFor(asker, rules));
}

/**
 * Why it is not allowed. `what` is named as the spec names it: where a machine lies that the namespace may not have is nothing
 * that its authors are told.
 */
export function notAdoptable(what: string, asker: Asker, rules: Rules): string {
  const remedy =
    rules.source === DEFAULT_TENANT_POLICY.source
      ? 'have an administrator add it to --adoptable-machines'
      : remedyBy(rules, 'adoptableMachines');
  return `the adoption of ${what} ${refusalBy(rules, patternsFor(asker, rules))}: take it out of spec.adopt, or ${remedy}`;
}

function patternsFor({ group, clusterId }: Asker, { adoptableMachines = [] }: Rules): readonly string[] {
  const { namespace } = group.metadata;
  return adoptableMachines.map((pattern) => pathWith(pattern, { namespace, clusterId }));
}

/** Whether an adoption may be sent as it was planned: the machine may have been moved, or the rules changed, since. */
export function mayTakeOver(
  action: VCenterAction,
  asker: Asker,
  rules: Rules,
  inventory: Pick<Inventory, 'pathOf'>,
): boolean {
  if (action.kind !== 'Adopt' || action.wanted === undefined) return true;
  return isAdoptable(inventory.pathOf(action.machine.ref), asker, rules);
}
