import type { VmGroup } from '../../api/vm-group';

/** Whether the CRD of the VmGroups is being deleted: `Since` its deletionTimestamp. Gone: it does not exist any more. */
export type CrdDeletion =
  | { readonly kind: 'None' }
  | { readonly kind: 'Since'; readonly time: string }
  | { readonly kind: 'Gone' };

/** How far the clocks of two API servers may be apart. The CRD and its groups may be deleted through different ones. */
const CLOCK_SKEW_MS = 30_000;

/**
 * Whether a deleted group goes because its CRD goes: an uninstall, which leaves every machine. The API server deletes the
 * groups after the CRD. So a group that was clearly deleted before it was deleted by a person, and is brought to its end. In
 * doubt it is an uninstall, because a machine that stays can still be destroyed: times have whole seconds, and API servers
 * have clocks of their own.
 */
export function isUninstall({ metadata }: VmGroup, crd: CrdDeletion): boolean {
  switch (crd.kind) {
    case 'None':
      return false;
    case 'Gone':
      return true;
    case 'Since': {
      const earlierMs = Date.parse(crd.time) - Date.parse(metadata.deletionTimestamp ?? '');
      return !(earlierMs > CLOCK_SKEW_MS);
    }
  }
}
