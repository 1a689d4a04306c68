import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, which is the default, is not long for a window on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default'],
  },
});
