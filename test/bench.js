import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, spawnAttached } from '../main/cli/setup/node.js';
import { root } from '../main/cli/setup/paths.js';
import { failSetUp, setUp } from '../main/cli/setup.js';

/** `npm run bench [part of a name]`: runs test/**\/*.bench.ts and prints what each measured. */
async function main() {
  const wanted = process.argv[2] ?? '';
  setUp(['renderer']);
  const node = pinnedNode();
  if (node !== process.execPath) {
    process.exit(await spawnAttached(node, [join(root, 'test', 'bench.js'), wanted]));
  }
  const files = readdirSync(join(root, 'test'), { recursive: true })
    .filter((name) => name.endsWith('.bench.ts') && name.includes(wanted))
    .sort((a, b) => (a < b ? -1 : 1));
  const rows = [];
  for (const name of files) {
    const file = join(root, 'test', name);
    process.stderr.write(`${relative(root, file)} …\n`);
    const { run } = await import(pathToFileURL(file).href);
    rows.push(...(await run()));
  }
  print(rows);
  process.exit(rows.some((row) => row.ok === false) ? 1 : 0);
}

/** Rows are {name, value, unit, goal?, ok?}. */
function print(rows) {
  const cells = rows.map((row) => [
    row.name,
    `${Number(row.value.toPrecision(4))} ${row.unit}`,
    row.goal === undefined ? '' : `goal ${row.goal}`,
    row.ok === false ? 'MISSED' : '',
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(0, ...cells.map((cell) => cell[i].length)));
  for (const cell of cells) {
    const line = cell.map((text, i) =>
      i === 1 ? text.padStart(widths[i]) : text.padEnd(widths[i] ?? 0),
    );
    process.stdout.write(`${line.join('  ').trimEnd()}\n`);
  }
}

main().catch(failSetUp);
