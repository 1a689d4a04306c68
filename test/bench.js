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

/** Rows are {name, value, unit, goal?, ok?}; tables are {title, columns, cells}. */
function print(results) {
  for (const { title, columns, cells } of results.filter((one) => one.columns !== undefined)) {
    process.stdout.write(`${title}\n`);
    printCells([columns, ...cells], (text, i, width) =>
      i === 0 ? text.padEnd(width) : text.padStart(width),
    );
    process.stdout.write('\n');
  }
  printRows(results.filter((one) => one.columns === undefined));
}

function printRows(rows) {
  const cells = rows.map((row) => [
    row.name,
    `${Number(row.value.toPrecision(4))} ${row.unit}`,
    row.goal === undefined ? '' : `goal ${row.goal}`,
    row.ok === false ? 'MISSED' : '',
  ]);
  printCells(cells, (text, i, width) => (i === 1 ? text.padStart(width) : text.padEnd(width)));
}

function printCells(lines, pad) {
  const count = Math.max(0, ...lines.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(...lines.map((cells) => (cells[i] ?? '').length)),
  );
  for (const cells of lines) {
    const line = cells.map((text, i) => pad(text, i, widths[i]));
    process.stdout.write(`${line.join('  ').trimEnd()}\n`);
  }
}

main().catch(failSetUp);
