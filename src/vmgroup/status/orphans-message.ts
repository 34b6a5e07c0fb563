import { Annotation } from '../../api/vm-group';
import { nameList } from '../model/name-list';
import type { Orphans } from '../model/orphan';

/** What was found, and what a person has to do about it. */
export function orphansMessage(orphans: Exclude<Orphans, { kind: 'None' }>): string {
  const names = orphans.machines.map(({ machine }) => machine.name);
  switch (orphans.kind) {
    case 'Legacy':
      if (orphans.adopt) return `taking over the machines of the original operator in ${orphans.path}`;
      return (
        `the original operator's folder ${orphans.path} holds ${names.length} machines of this group: ` +
        `annotate the group ${Annotation.Legacy}=Adopt to take them over, or =Ignore to make new ones beside them`
      );
    case 'Restored': {
      const owners = [...new Set(orphans.machines.map(({ owner }) => `${owner?.cluster}, uid ${owner?.groupUid}`))];
      if (orphans.others.length > 0) {
        const foreign = nameList(orphans.others.map(({ name }) => name));
        return `the group's folder holds machines of another group on another cluster: move ${foreign} out of it, or annotate the group ${Annotation.Adopt}=Ignore`;
      }
      if (orphans.adopt) return `taking over ${nameList(names)}`;
      return (
        `${nameList(names)} carry this group's name but belong to an earlier one (cluster ${owners.join('; ')}): ` +
        `annotate the group ${Annotation.Adopt}=Adopt to take them over, or =Ignore to make new ones beside them`
      );
    }
  }
}
