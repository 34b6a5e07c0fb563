import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at the size it has after start-up. By default a burst (a first sync, 500 clones) lets it
 * grow to 128 MB of resident memory that is never given back: 248 MB against 159 MB after 500 clones, at the same CPU.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
