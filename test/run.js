import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from '../main/cli/setup/node.js';
import { cacheFolder, root } from '../main/cli/setup/paths.js';
import { failSetUp, setUp } from '../main/cli/setup.js';

/**
 * `npm test`: sets up, lints, checks types and runs the tests. It closes with every failure by name, for
 * readers of a cut-off log, and the line `N passed, N failed`.
 */
async function main() {
  const options = process.argv.slice(2);
  setUp();
  const node = pinnedNode();
  if (node !== process.execPath) {
    const outcome = spawnSync(node, [join(root, 'test', 'run.js'), ...options], {
      stdio: 'inherit',
      env: { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` },
    });
    process.exit(outcome.status ?? 1);
  }
  const { runChecks } = await import('./support/checks.js');
  const totals = { passed: 0, failed: 0, skipped: 0, failures: [], deaths: [] };
  add(totals, runChecks());
  if (!options.includes('--lint-only')) await runTests(options.includes('--full'), totals);
  for (const death of totals.deaths)
    process.stdout.write(`DIED, and ran again: ${String(death)}\n`);
  for (const failure of totals.failures)
    process.stdout.write(`FAIL ${failure.split('\n', 1)[0]}\n`);
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
  process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
}

const endToEnd = 'test/e2e';

/** A run that hangs is ended and counts as failed. */
const minutes = { short: 13, full: 38 };

async function runTests(full, totals) {
  const { ensureTestBrowser } = await import('./support/browser.js');
  const long = full ? [] : ['--exclude', '**/*.long.test.ts'];
  const timeout = 60_000 * (full ? minutes.full : minutes.short);
  add(totals, runVitest('unit', ['--exclude', 'test/e2e/**', ...long], timeout));
  const browser = ensureTestBrowser();
  if (browser === null) {
    process.stdout.write('No browser was found: the end-to-end tests are left out.\n');
    return;
  }
  if (!existsSync(join(root, endToEnd))) return;
  setUp(['renderer']);
  add(totals, runVitest('e2e', [endToEnd, '--no-file-parallelism', ...long], timeout, browser));
}

/**
 * Files whose test process died, by a fault of the runtime or of the machine, run once more, and the
 * closing lines tell of it. What dies again has failed.
 */
function runVitest(name, parameters, timeout, browser) {
  const { unfinished, ...counts } = runOnce(name, parameters, timeout, browser);
  if (unfinished.length === 0) return counts;
  const options = parameters.filter((parameter) => parameter !== endToEnd);
  const { unfinished: twice, ...again } = runOnce(
    name,
    [...unfinished, ...options],
    timeout,
    browser,
  );
  add(counts, again);
  const failures = twice.map((file) => `${file}: its process died twice`);
  add(counts, { failed: failures.length, failures });
  return counts;
}

/** A run that ends without leaving its figures, or finds no test, counts as one failure. */
function runOnce(name, parameters, timeout, browser) {
  const counts = join(cacheFolder, `tests-${name}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(counts, { force: true });
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=./test/support/reporter.ts',
      ...parameters,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      timeout,
      env: {
        ...process.env,
        KETBENCH_TEST_COUNTS: counts,
        ...(browser === undefined ? {} : { KETBENCH_CHROMIUM: browser }),
      },
    },
  );
  const found = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : null;
  return found === null || found.passed + found.failed + found.unfinished.length === 0
    ? {
        passed: 0,
        failed: 1,
        skipped: 0,
        failures: [`the ${name} tests ended without a result`],
        deaths: [],
        unfinished: [],
      }
    : found;
}

function add(totals, counts) {
  for (const [key, count] of Object.entries(counts)) {
    totals[key] = Array.isArray(count) ? [...totals[key], ...count] : totals[key] + count;
  }
}

main().catch(failSetUp);
