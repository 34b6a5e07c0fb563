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
      const recorded = recordedOf(group);
      if (recorded === undefined || recorded === name) return false;
      const here = identityOf(vcenters.store.get(name));
      return here !== undefined && here === identityOf(vcenters.store.get(recorded));
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

function recordedOf(group: VmGroup | undefined): string | undefined {
  return group?.status?.vcenter?.name;
}

/** Of two VCenters with the same one, both see the same machines as ours. Undefined until its vCenter has answered. */
function identityOf(vcenter: VCenter | undefined): string | undefined {
  const instanceUuid = vcenter?.status?.about?.instanceUuid;
  return instanceUuid && JSON.stringify([instanceUuid, vcenter?.spec.clusterName]);
}
