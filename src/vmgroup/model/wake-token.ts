import { Annotation, type VmGroup } from '../../api/vm-group';

/** Any change of the spec, or of the retry annotation, makes every waiting retry due at once. */
export function wakeToken(group: VmGroup, generation = group.metadata.generation): string {
  return `${generation} ${group.metadata.annotations?.[Annotation.Retry] ?? ''}`;
}
