/** R15: which customization specifications of a vCenter an administrator allows. Machines that exist stay as they are. */
import { escapedName } from '../../api/escaped-name';
import { ConditionReason } from '../../api/reasons';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VCenterAction } from './action';
import { refusalBy, remedyBy } from './allow-list-refusal';
import { fitsAny } from './path-glob';
import type { PlacementProblem } from './placement';
import { quotedName } from './quoted-name';
import type { TenantPolicy } from './tenant-policy';

type Rules = Pick<TenantPolicy, 'source' | 'customizationSpecs'>;

export const CUSTOMIZATION_FIELD = 'spec.guest.customizationSpec.name';

export function customizationSpecName({ guest }: Pick<VmGroupSpec, 'guest'>): string | undefined {
  return guest?.customizationSpec?.name;
}

/** Without a list any is allowed. In a pattern, as in that of a path, a slash of a name is %2f. */
function isAllowed(name: string, { customizationSpecs }: Rules): boolean {
  if (customizationSpecs === undefined) return true;
  return fitsAny(escapedName(name), customizationSpecs);
}

/** While there is a problem, no machine is created. */
export function customizationProblems(spec: Pick<VmGroupSpec, 'guest'>, rules: Rules): readonly PlacementProblem[] {
  const name = customizationSpecName(spec);
  if (name === undefined || isAllowed(name, rules)) return [];
  const { customizationSpecs = [] } = rules;
  const own = customizationSpecs.length === 0 ? 'take it out' : `set ${CUSTOMIZATION_FIELD} to one of these`;
  const message = `customization specification ${quotedName(name)} ${refusalBy(rules, customizationSpecs)}: ${own}, or ${remedyBy(rules, 'customizationSpecs')}`;
  return [{ reason: ConditionReason.NotAllowed, field: CUSTOMIZATION_FIELD, message }];
}

/** Whether an action may be sent as it was planned: an administrator may have changed the list since. */
export function mayCustomize(action: VCenterAction, { spec }: VmGroup, rules: Rules): boolean {
  const name = action.kind === 'Clone' ? customizationSpecName(spec) : undefined;
  return name === undefined || isAllowed(name, rules);
}
