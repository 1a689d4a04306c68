import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Counts what ran and leaves the figures, and what failed by name, for test/run.js, whose closing lines
 * add up all runs. A file that fails to import counts as one failed test: it would otherwise pass
 * unseen. Vitest loads a reporter by its default export.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    const failures = unhandledErrors.map((error) => `outside any test: ${whole(error)}`);
    for (const module of modules) {
      const file = module.relativeModuleId;
      failed += module.errors().length;
      failures.push(...module.errors().map((error) => `${file}: ${error.message}`));
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed++;
        else if (result.state === 'failed') {
          failed++;
          failures.push(
            `${file} › ${test.fullName}: ${result.errors[0]?.message ?? 'no reason given'}`,
          );
        } else skipped++;
      }
    }
    const file = process.env.KETBENCH_TEST_COUNTS;
    if (file !== undefined)
      writeFileSync(file, JSON.stringify({ passed, failed, skipped, failures }));
  }
}

/** A test process that died is named, with its exit code and its file, only by the cause of the error. */
function whole(error: SerializedError): string {
  const cause = error.cause === undefined ? '' : ` ${whole(error.cause)}`;
  return `${error.message}${cause}`.replaceAll('\n', ' ');
}
