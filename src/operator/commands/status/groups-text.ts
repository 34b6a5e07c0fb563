/** All groups as a table. */
import { type Cell, type Screen, type Style, textTable } from '../text-table';
import type { GroupView } from './group-view';
import { since } from './time-span';

export const PHASE_STYLE: Readonly<Record<string, Style>> = {
  RUNNING: 'green',
  STOPPED: 'dim',
  PENDING: 'yellow',
  ERROR: 'red',
};

/** One row per group, ordered by namespace and name. */
export function groupsText(
  groups: readonly GroupView[],
  { allNamespaces, nowMs }: { readonly allNamespaces: boolean; readonly nowMs: number },
  screen: Screen,
): readonly string[] {
  const head = ['NAME', 'PHASE', 'READY', 'UPDATED', 'AGE', 'VCENTER', 'MESSAGE'];
  const heading = (allNamespaces ? ['NAMESPACE', ...head] : head).map((text): Cell => ({ text, style: 'dim' }));
  const rows = inOrder(groups).map((group) => [
    ...(allNamespaces ? [{ text: group.namespace }] : []),
    ...rowOf(group, nowMs),
  ]);
  return textTable([heading, ...rows], screen);
}

export function inOrder(groups: readonly GroupView[]): readonly GroupView[] {
  const key = ({ namespace, name }: GroupView) => `${namespace}/${name}`;
  return groups.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function rowOf(group: GroupView, nowMs: number): readonly Cell[] {
  const { name, phase, ready, updated, desired, createdAt, vcenter, message } = group;
  const style = PHASE_STYLE[phase];
  const count = (some: number): Cell => ({
    text: `${some}/${desired}`,
    ...(some < desired && phase !== 'STOPPED' && { style: 'yellow' }),
  });
  return [
    { text: name },
    { text: phase, ...(style !== undefined && { style }) },
    count(ready),
    count(updated),
    { text: (createdAt !== undefined && since(createdAt, nowMs)) || '' },
    { text: vcenter ?? '' },
    { text: message ?? '' },
  ];
}
