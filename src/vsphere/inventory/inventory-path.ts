import { decodeName } from './virtual-machine';

/**
 * The decoded names in a path, or in its end. Undefined with an empty name in it, as in P/ or P//Q: that is no path. If it
 * were P, whoever may name only what is in P (R15) would get P itself.
 */
export function segmentsOf(nameOrPath: string): readonly string[] | undefined {
  const segments = nameOrPath.replace(/^\//, '').split('/');
  return segments.includes('') ? undefined : segments.map(decodeName);
}
