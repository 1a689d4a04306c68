import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { missingStubs } from '../../main/cli/setup/lock.js';
import { foldersThatImportEachOther } from './folder-pairs.js';
import { root } from '../../main/cli/setup/paths.js';

const folders = ['shared', 'main', 'renderer', 'test'];

/**
 * Every check before the tests. `seen` finds in the output how many files a tool really read: a tool
 * that is set up wrongly passes in silence.
 */
const checks = [
  { title: 'lint', script: 'oxlint/bin/oxlint', arguments: [], seen: /on (\d+) files/ },
  {
    title: 'formatting',
    script: '@biomejs/biome/bin/biome',
    arguments: ['format', ...folders],
    seen: /Checked (\d+) files/,
  },
  {
    title: 'import rules',
    script: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    arguments: ['--config', '.dependency-cruiser.cjs', ...folders],
    seen: /(\d+) modules/,
  },
  {
    title: 'unused code',
    script: 'knip/bin/knip.js',
    arguments: ['--no-progress', '--reporter', './test/support/knip-reporter.js'],
    seen: /findings in (\d+) files/,
  },
  { title: 'types', script: 'typescript/bin/tsc', arguments: ['-b'], seen: null },
];

/** Runs them all and says which failed and why. */
export function runChecks() {
  const expected = countSources();
  const counts = { passed: 0, failed: 0, failures: [] };
  const note = (title, problem) => {
    if (problem === null) counts.passed++;
    else {
      counts.failed++;
      counts.failures.push(`${title}: ${problem.split('\n', 1)[0]}`);
    }
    process.stdout.write(problem === null ? `ok   ${title}\n` : `FAIL ${title}\n${problem}\n`);
  };
  note('lock file', lockProblem());
  note('folders', foldersThatImportEachOther().join('\n') || null);
  for (const check of checks) note(check.title, problemOf(check, expected));
  return counts;
}

function problemOf(check, expected) {
  const outcome = spawnSync(
    process.execPath,
    [join(root, 'node_modules', check.script), ...check.arguments],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1' } },
  );
  const output = `${outcome.stdout}${outcome.stderr}`.trim();
  if (outcome.status !== 0) return output;
  if (check.seen === null) return null;
  const seen = Number(check.seen.exec(output)?.[1] ?? 0);
  return seen >= expected
    ? null
    : `It read ${seen} files; there are at least ${expected}.\n${output}`;
}

function lockProblem() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const missing = Object.keys(missingStubs(lock));
  return missing.length === 0
    ? null
    : `package-lock.json lacks ${missing.length} optional packages (${missing[0]} …): run node main/cli/setup/lock.js.`;
}

/** Those that every check reads; kernels in AssemblyScript are no TypeScript to all of them. */
function countSources() {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && ['.ts', '.tsx'].includes(extname(entry.name)))
    .filter((entry) => !/fixtures|assembly/.test(entry.parentPath) && !entry.name.endsWith('.d.ts'))
    .length;
}
