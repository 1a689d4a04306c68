import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // One fewer, which is the default, leaves the second of two cores to nobody.
    maxWorkers: availableParallelism(),
    // The sources run in Node as they are; a module runner between them costs a fifth of the time.
    experimental: { viteModuleRunner: false },
    // A bound on what hangs, not on what is slow: a machine may take five times as long.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A second, which is the default, is not long for a window on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default'],
  },
});
