import { defineConfig } from 'vitest/config';

/** `npm run test:java`: what is too slow for `npm test`, for Maven takes minutes the first time. */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    reporters: ['default', './test/closing-line.ts'],
    include: ['test/integration/java-package.test.ts'],
  },
});
