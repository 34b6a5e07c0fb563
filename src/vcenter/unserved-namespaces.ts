/**
 * R13: an operator with --watch-namespaces sees no groups of other namespaces. That they live on a vCenter only their
 * machines tell.
 */
import type { VCenter } from '../api/vcenter';
import type { VCenterUsage } from './shards';

/**
 * - None: no group of another namespace lives there.
 * - Machines: such groups have machines there, of these namespaces in the order of their names.
 * - NotSeen: it is not known while the vCenter is not connected.
 */
export type Unserved =
  | { readonly kind: 'None' }
  | { readonly kind: 'Machines'; readonly namespaces: readonly string[] }
  | { readonly kind: 'NotSeen' };

/** `watchNamespaces`: those that are served; empty for all. `usage` is undefined while the vCenter is not connected. */
export function unservedOn(
  { status }: VCenter,
  usage: VCenterUsage | undefined,
  watchNamespaces: readonly string[],
): Unserved {
  if (watchNamespaces.length === 0) return { kind: 'None' };
  // What never answered holds no machine of ours.
  if (usage === undefined) return { kind: status?.about === undefined ? 'None' : 'NotSeen' };
  const namespaces = [...usage.namespaces.keys()].filter((name) => !watchNamespaces.includes(name)).sort();
  return namespaces.length === 0 ? { kind: 'None' } : { kind: 'Machines', namespaces };
}
