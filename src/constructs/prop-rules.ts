/** What the texts of an operator's props and of the Helm chart's values may be. */
import { ADOPTABLE_MACHINES, CLUSTER_ID, NAMESPACE_FOLDER, NAMESPACE_POOL } from '../api/run-flags';
import { pathRule, type TextRule } from '../api/text-rule';

export type { TextRule };

export const FOLDER_BELOW_VM_FOLDER = pathRule(
  ['cluster'],
  'give the path below the VM folder, without "/" at its start: names of at most 79 characters with "/" between them; a ' +
    'variable is $(cluster)',
  { has: ['^[^/]'] },
);

/** Of namespaceLimits. A flag has a list with commas, so no item may have one. */
export const LIMIT_RULES = {
  folder: NAMESPACE_FOLDER,
  resourcePools: withoutComma(NAMESPACE_POOL),
  adoptFromClusters: CLUSTER_ID,
  adoptableMachines: withoutComma(ADOPTABLE_MACHINES),
} as const;

function withoutComma(rule: TextRule): TextRule {
  return { ...rule, hasNot: [...(rule.hasNot ?? []), ','], remedy: `${rule.remedy}, without a comma` };
}
