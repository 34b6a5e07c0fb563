import { defineConfig } from 'vitest/config';

/** `npm run test:image`: what needs a builder of images and minutes, and so is no part of `npm test`. */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    reporters: ['default', './test/closing-line.ts'],
    globalSetup: ['test/integration/real-parts.ts'],
    include: ['test/integration/built-image.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 900_000,
  },
});
