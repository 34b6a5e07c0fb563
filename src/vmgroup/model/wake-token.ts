import { Annotation, type VmGroup } from '../../api/vm-group';

/** A value that changes with the spec and with the retry annotation: a change makes every waiting retry due at once. */
export function wakeToken(group: VmGroup, generation = group.metadata.generation): string {
  return `${generation} ${group.metadata.annotations?.[Annotation.Retry] ?? ''}`;
}
