import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{helpers,suites,fixtures}/**/*.spec.ts'],
          exclude: ['**/*.cluster.spec.ts', '**/*.proof.spec.ts', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['{helpers,suites,fixtures}/**/*.cluster.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        // Minutes: every known-bad cluster, started for real.
        test: {
          name: 'proof',
          include: ['fixtures/broken/*.proof.spec.ts'],
          testTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        // The product on whatever milvus-conformance.yaml points to; the command line runs the same files.
        test: {
          name: 'suites',
          include: ['suites/**/*.test.ts'],
          globalSetup: ['helpers/cli/vitest-setup.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
    ],
  },
});
