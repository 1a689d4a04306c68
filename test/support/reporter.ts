import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What a run leaves for test/run.js. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failure by file and name, with its reason. */
  readonly failures: string[];
  /** Why test processes died, and the files that they left unfinished. */
  readonly deaths: string[];
  readonly unfinished: string[];
}

/**
 * Counts what ran and leaves the figures, and what failed by name, for test/run.js, whose closing lines
 * add up all runs. A file that fails to import counts as one failed test: it would otherwise pass
 * unseen. Files whose process died under them are named instead of counted: they run once more. Vitest
 * loads a reporter by its default export.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const [deaths, strays] = [true, false].map((isDeath) =>
      unhandledErrors.map(whole).filter((text) => text.startsWith('[vitest-pool]') === isDeath),
    ) as [string[], string[]];
    const unfinished = deaths.length === 0 ? [] : modules.filter(isUnfinished);
    const lost = unfinished.length === 0 ? deaths : [];
    const counts: Counts = {
      passed: 0,
      failed: 0,
      skipped: 0,
      failures: [...strays, ...lost].map((text) => `outside any test: ${text}`),
      deaths,
      unfinished: unfinished.map((module) => module.relativeModuleId),
    };
    counts.failed = counts.failures.length;
    for (const module of modules) if (!unfinished.includes(module)) count(module, counts);
    const file = process.env.KETBENCH_TEST_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}

function count(module: TestModule, counts: Counts): void {
  const fail = (text: string): void => {
    counts.failed++;
    counts.failures.push(`${module.relativeModuleId}${text}`);
  };
  for (const error of module.errors()) fail(`: ${error.message}`);
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === 'passed') counts.passed++;
    else if (result.state === 'failed')
      fail(` › ${test.fullName}: ${result.errors[0]?.message ?? 'no reason given'}`);
    else counts.skipped++;
  }
}

function isUnfinished(module: TestModule): boolean {
  if (module.state() === 'queued') return true;
  return [...module.children.allTests()].some((test) => test.result().state === 'pending');
}

/** A test process that died is named, with its exit code and its file, only by the cause of the error. */
function whole(error: SerializedError): string {
  const cause = error.cause === undefined ? '' : ` ${whole(error.cause)}`;
  return `${error.message}${cause}`.replaceAll('\n', ' ');
}
