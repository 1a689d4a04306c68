import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, which is the default, is not long for a window on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default'],
    projects: [
      {
        extends: true,
        // Pure code keeps no state between files: their modules are loaded once.
        test: {
          name: 'pure',
          include: ['test/{shared,engine}/**/*.test.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/{main,renderer,e2e}/**/*.test.ts'] },
      },
    ],
  },
});
