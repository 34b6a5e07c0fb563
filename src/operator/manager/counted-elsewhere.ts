import type { VCenter } from '../../api/vcenter';
import type { VmGroup } from '../../api/vm-group';
import type { CountedElsewhere } from '../../vmgroup/observe/machine-usage';
import { UID_INDEX } from './group-api';
import type { Stores } from './stores';

/**
 * R15: of several VCenters for one vCenter each counts the machines of its own groups: those whose status names it. What may
 * be counted by nobody else counts here: machines of unknown groups, of groups that no status places, and of groups of a
 * VCenter that is gone, or that is not known to be on the same vCenter with the same cluster id.
 */
export function countedElsewhere(
  name: string,
  { groups, vcenters }: Pick<Stores, 'groups' | 'vcenters'>,
): CountedElsewhere {
  return {
    holds: (groupUid) => {
      const [group] = groups.store.byIndex(UID_INDEX, groupUid);
      return isCountedBy(recordedOf(group), name, (other) => vcenters.store.get(other));
    },
    onChange: (listener) => {
      const stops = [
        groups.onChange(({ before, after }) => {
          if (before?.metadata.uid === after?.metadata.uid && recordedOf(before) === recordedOf(after)) return;
          for (const uid of new Set([before?.metadata.uid, after?.metadata.uid])) if (uid !== undefined) listener(uid);
        }),
        vcenters.onChange(({ before, after }) => {
          if (identityOf(before) !== identityOf(after)) listener(undefined);
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** Whether the VCenter that a group's status names counts its machines, and not this one. */
export function isCountedBy(
  recorded: string | undefined,
  name: string,
  vcenterOf: (name: string) => VCenter | undefined,
): boolean {
  if (recorded === undefined || recorded === name) return false;
  const here = identityOf(vcenterOf(name));
  return here !== undefined && here === identityOf(vcenterOf(recorded));
}

function recordedOf(group: VmGroup | undefined): string | undefined {
  return group?.status?.vcenter?.name;
}

/** Of two VCenters with the same one, both see the same machines as ours. Undefined until its vCenter has answered. */
export function identityOf(vcenter: VCenter | undefined): string | undefined {
  const instanceUuid = vcenter?.status?.about?.instanceUuid;
  return instanceUuid && JSON.stringify([instanceUuid, vcenter?.spec.clusterName]);
}
