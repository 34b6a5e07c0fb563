import { printableLines } from '../../../api/printable';
import type { Screen } from '../text-table';
import { groupText, type ShownReplicas } from './group-text';
import type { GroupView } from './group-view';
import { groupsText, inOrder } from './groups-text';
import type { GroupChoice } from './shown-groups';

/** One group as a tree if one is asked for, else a table of all. */
export function statusText(
  groups: readonly GroupView[],
  choice: GroupChoice,
  nowMs: number,
  screen: Screen,
  which: ShownReplicas = 'All',
): readonly string[] {
  const [group] = groups;
  if (choice.name !== undefined) return group === undefined ? [] : groupText(group, nowMs, screen, which);
  const where = choice.namespace === undefined ? 'in any namespace' : `in namespace ${choice.namespace}`;
  if (group === undefined) return [`there are no VmGroups ${where}`];
  return groupsText(groups, { allNamespaces: choice.namespace === undefined, nowMs }, screen);
}

/** The one group, or `groups` with all. What strangers wrote has no characters that a terminal obeys. */
export function statusJson(groups: readonly GroupView[], { name }: GroupChoice, indent: number): string {
  const shown = name === undefined ? { groups: inOrder(groups) } : groups[0];
  return printableLines(JSON.stringify(shown, null, indent));
}
