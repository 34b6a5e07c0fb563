/** R15: which tags an administrator allows. Machines that exist keep what they have. */

import { isAskedFor, isToldAsGiven } from '../../api/given-lists';
import { ConditionReason } from '../../api/reasons';
import { tagPath } from '../../api/tags';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VCenterAction } from './action';
import { refusalBy, remedyBy } from './allow-list-refusal';
import { nameList } from './name-list';
import { fitsAny } from './path-glob';
import type { Placement, PlacementProblem } from './placement';
import { quotedName } from './quoted-name';
import { isPartOf } from './settings-part';
import type { TenantPolicy } from './tenant-policy';

type Rules = Pick<TenantPolicy, 'source' | 'tags' | 'tagsNeedPassword'>;
type Asked = Pick<VmGroupSpec, 'tags'>;

const FIELD = 'spec.tags';

/** One problem for all tags: while there is one, no machine is created and no tag is attached. */
export function tagProblems(spec: Asked, rules: Rules): readonly PlacementProblem[] {
  const { tags = [] } = spec;
  if (tags.length === 0) return [];
  if (rules.tagsNeedPassword) return [problem(`${FIELD} has tags, ${NO_PASSWORD}`)];
  const refused = refusedTags(spec, rules);
  if (refused.length === 0) return [];
  const names = nameList(refused.map(quotedName));
  return [
    problem(`${FIELD} has ${names}, which ${refusalBy(rules, rules.tags)}: take it out, or ${remedyBy(rules, 'tags')}`),
  ];
}

const NO_PASSWORD =
  'which need a login with a password, and the operator logs in to this vCenter with a token: take them out, or have an administrator choose the login method Password';

/** Without a list any is allowed. */
function refusedTags({ tags = [] }: Asked, rules: Rules): readonly string[] {
  const patterns = rules.tags;
  if (patterns === undefined) return [];
  return tags.map(tagPath).filter((path) => !fitsAny(path, patterns));
}

function problem(message: string): PlacementProblem {
  return { reason: ConditionReason.NotAllowed, field: FIELD, message };
}

/** Whether machines can be given no tags now, and none can be taken off them. */
export function areTagsRefused({ problems, tagsNeedPassword }: Placement): boolean {
  return tagsNeedPassword === true || problems.some(({ field }) => field === FIELD);
}

/** Of a group that asks for no tags any more: why its machines keep those that they were given. */
export function whyTagsRemain(
  group: Pick<VmGroup, 'spec' | 'status'>,
  { tagsNeedPassword }: Placement,
): string | undefined {
  if (!tagsNeedPassword || isAskedFor('tags', group.spec) || !isToldAsGiven('tags', group)) return undefined;
  return 'tags that machines were given before may remain on them, because the operator logs in to this vCenter with a token: take them off there, or have an administrator choose the login method Password';
}

/** Whether an action may be sent as it was planned: an administrator may have changed the list since. */
export function mayGiveTags(action: VCenterAction, { spec }: VmGroup, rules: Rules): boolean {
  const writes = action.kind === 'WriteAttributes' && action.parts.some((part) => isPartOf('tags', part));
  // To take tags off needs the password, too.
  if (writes && rules.tagsNeedPassword) return false;
  const gives = action.kind === 'Clone' || writes;
  return !gives || tagProblems(spec, rules).length === 0;
}
