import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from '../main/cli/setup/node.js';
import { cacheFolder, root } from '../main/cli/setup/paths.js';
import { failSetUp, setUp } from '../main/cli/setup.js';

/**
 * `npm test`: sets up, lints, checks types and runs the tests. It closes with every failure by name, for
 * readers of a cut-off log, and the line `N passed, N failed`. `--full` adds the long tests; what
 * `npm test` passed on this very tree is then counted and not run again, unless `--again` asks for it.
 */
async function main() {
  const options = process.argv.slice(2);
  const full = options.includes('--full');
  setUp();
  const node = pinnedNode();
  if (node !== process.execPath) {
    const outcome = spawnSync(node, [join(root, 'test', 'run.js'), ...options], {
      stdio: 'inherit',
      env: { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}` },
    });
    process.exit(outcome.status ?? 1);
  }
  const totals = { passed: 0, failed: 0, skipped: 0, failures: [], deaths: [] };
  const tree = treeHash();
  const before = full && !options.includes('--again') ? passedBefore(tree) : null;
  if (before === null) {
    const { runChecks } = await import('./support/checks.js');
    add(totals, runChecks());
  } else {
    process.stdout.write(
      `npm test passed ${before.passed} on this tree: counted, not run again.\n`,
    );
    add(totals, before);
  }
  if (!options.includes('--lint-only')) {
    const which = full ? (before === null ? 'all' : 'long') : 'short';
    await runTests(which, totals);
    if (which === 'short') rememberPassed(tree, totals);
  }
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
const minutes = { short: 16, full: 38 };

const passedFile = join(cacheFolder, 'tests-passed.json');

/** What is made here and is no source. */
const made = new Set(['.git', 'node_modules', '.cache', 'dist', 'coverage', 'release']);

/** A hash of every source file, with the version of Node that tests them. */
function treeHash() {
  const hash = createHash('sha256').update(process.version);
  const walk = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (made.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
    }
  };
  walk('');
  return hash.digest('hex');
}

function rememberPassed(tree, totals) {
  rmSync(passedFile, { force: true });
  if (tree !== treeHash() || totals.failed > 0) return;
  writeFileSync(
    passedFile,
    JSON.stringify({ tree, passed: totals.passed, skipped: totals.skipped }),
  );
}

function passedBefore(tree) {
  if (!existsSync(passedFile)) return null;
  const { tree: passedOn, ...counts } = JSON.parse(readFileSync(passedFile, 'utf8'));
  return passedOn === tree ? counts : null;
}

const longTests = '.long.test.ts';

/** Which tests: `short`, `long` or `all`. */
async function runTests(which, totals) {
  const { ensureTestBrowser } = await import('./support/browser.js');
  const filters = which === 'short' ? ['--exclude', `**/*${longTests}`] : [];
  const names = which === 'long' ? [longTests] : [];
  const timeout = 60_000 * (which === 'short' ? minutes.short : minutes.full);
  add(totals, runVitest('unit', [...names, '--exclude', 'test/e2e/**', ...filters], timeout));
  const browser = ensureTestBrowser();
  if (browser === null) {
    process.stdout.write('No browser was found: the end-to-end tests are left out.\n');
    return;
  }
  if (!existsSync(join(root, endToEnd))) return;
  setUp(['renderer']);
  const inBrowser = which === 'long' ? ['--exclude', '**/{shared,engine,main,renderer}/**'] : [];
  const where = which === 'long' ? longTests : endToEnd;
  const parameters = [where, '--no-file-parallelism', ...inBrowser, ...filters];
  add(totals, runVitest('e2e', parameters, timeout, browser));
}

/**
 * Files whose test process died, by a fault of the runtime or of the machine, run once more, and the
 * closing lines tell of it. What dies again has failed.
 */
function runVitest(name, parameters, timeout, browser) {
  const { unfinished, ...counts } = runOnce(name, parameters, timeout, browser);
  if (unfinished.length === 0) return counts;
  const options = parameters.filter((parameter) => ![endToEnd, longTests].includes(parameter));
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
        NODE_COMPILE_CACHE: join(cacheFolder, 'compile'),
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
