import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Counts what ran and leaves the figures for test/run.js, whose closing line adds up all runs. A file
 * that fails to import counts as one failed test: it would otherwise pass unseen. Vitest loads a
 * reporter by its default export.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'failed') failed++;
        else skipped++;
      }
    }
    const file = process.env.KETBENCH_TEST_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
  }
}
