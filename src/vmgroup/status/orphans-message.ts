import { Annotation } from '../../api/vm-group';
import { nameList } from '../model/name-list';
import type { Orphan, Orphans } from '../model/orphan';

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
      if (orphans.refused.length > 0) return refusedMessage(orphans.refused);
      if (orphans.adopt) return `taking over ${nameList(names)}`;
      return (
        `${nameList(names)} carry this group's name but belong to an earlier one (cluster ${owners.join('; ')}): ` +
        `annotate the group ${Annotation.Adopt}=Adopt to take them over, or =Ignore to make new ones beside them`
      );
    }
  }
}

/** R15: the author of a group cannot know whether the operator of another cluster is alive. */
function refusedMessage(refused: readonly Orphan[]): string {
  const clusters = [...new Set(refused.map(({ owner }) => owner?.cluster ?? ''))].sort().join(',');
  const names = nameList(refused.map(({ machine }) => machine.name));
  return (
    `${names} carry this group's name and belong to another cluster (${clusters}), whose operator may be alive: once an ` +
    `administrator has made sure that it is stopped and started this one with --adopt-from-clusters=${clusters}, annotate ` +
    `the group ${Annotation.Adopt}=Adopt; or =Ignore to make new ones beside them`
  );
}
