import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but the checkout and takes seconds. `conventions` checks the rules of the project itself.
 * `integration` starts kube-apiserver, etcd and vcsim, which test/envtest builds once into a cache. There are three workers
 * for two cores: integration tests mostly wait for servers.
 */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    reporters: ['default', './test/closing-line.ts'],
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Only against a hang: property tests share two cores with the integration tests.
          testTimeout: 60_000,
          include: [
            'src/**/*.test.ts',
            'charts/**/*.test.ts',
            'crds/*.test.ts',
            'test/{bench,contract,decisions,demo,envtest,fakes,fuzz,image,mutants,soak}/**/*.test.ts',
            'test/simulation/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'conventions',
          include: ['test/conventions/*.test.ts'],
          testTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          // See vitest.java.config.mts and vitest.image.config.mts.
          exclude: ['test/integration/java-package.test.ts', 'test/integration/built-image.test.ts'],
          globalSetup: ['test/integration/real-parts.ts'],
          // Real servers share two cores with everything else, so CI repeats a failed test once. vitest reports that.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
