/** R15: which keys of spec.extraConfig an administrator allows. Machines that exist keep what they have. */
import { isAskedFor, isToldAsGiven } from '../../api/given-lists';
import { ConditionReason } from '../../api/reasons';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VCenterAction } from './action';
import { refusalBy, remedyBy } from './allow-list-refusal';
import { nameList } from './name-list';
import { fitsAny } from './path-glob';
import type { Placement, PlacementProblem } from './placement';
import { quotedName } from './quoted-name';
import { isExtraConfigPart } from './settings-part';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from './tenant-policy';

type Rules = Pick<TenantPolicy, 'source' | 'extraConfigKeys'>;

const FIELD = 'spec.extraConfig';

/** The keys that are not allowed. Without a list none is. */
function refusedKeys({ extraConfig = [] }: Pick<VmGroupSpec, 'extraConfig'>, rules: Rules): readonly string[] {
  const patterns = rules.extraConfigKeys ?? [];
  return extraConfig.flatMap(({ key }) => (fitsAny(key, patterns) ? [] : [key]));
}

/** One problem for all keys: while there is one, no machine is created and no key is set. */
export function extraConfigProblems(spec: Pick<VmGroupSpec, 'extraConfig'>, rules: Rules): readonly PlacementProblem[] {
  const refused = refusedKeys(spec, rules);
  if (refused.length === 0) return [];
  const keys = nameList(refused.map(quotedName));
  return [{ reason: ConditionReason.NotAllowed, field: FIELD, message: `${FIELD} has ${keys}, ${whyNot(rules)}` }];
}

function whyNot(rules: Rules): string {
  const it = 'take it out';
  if (rules.source === DEFAULT_TENANT_POLICY.source)
    return `and only a VCenter object can allow keys: ${it}, or have an administrator make one with spec.allowed.extraConfigKeys`;
  return `which ${refusalBy(rules, rules.extraConfigKeys)}: ${it}, or ${remedyBy(rules, 'extraConfigKeys')}`;
}

/** Whether the names of a spec were resolved with such a problem. */
export function isExtraConfigRefused({ problems }: Placement): boolean {
  return problems.some(({ field }) => field === FIELD);
}

/**
 * Whether an action may be sent as it was planned: an administrator may have changed the list since. And R7: not before the
 * stored status says that machines may have such keys; else a later process would not look for them.
 */
export function mayGiveExtraConfig(
  action: VCenterAction,
  { spec }: VmGroup,
  rules: Rules,
  stored: Pick<VmGroup, 'status'> | undefined,
): boolean {
  if (!isAskedFor('extraConfig', spec)) return true;
  const gives = action.kind === 'Clone' || (action.kind === 'WriteSettings' && action.parts.some(isExtraConfigPart));
  return !gives || (isToldAsGiven('extraConfig', stored) && refusedKeys(spec, rules).length === 0);
}
