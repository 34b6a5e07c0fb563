import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from growing far beyond what lives. By default a burst (a first sync, 500 clones) lets the young generation
 * grow to 128 MB, and the old one to twice what lives, and neither is given back: 248 MB of resident memory against
 * 122 MB after 500 clones, at the same CPU.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
