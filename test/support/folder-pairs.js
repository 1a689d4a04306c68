import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { root } from '../../main/cli/setup/paths.js';

const sources = ['shared', 'main', 'renderer'];
const aliases = {
  '#shared': 'shared',
  '#engine': 'main/engine',
  '#main': 'main',
  '#renderer': 'renderer',
};

/** The folder that a file belongs to; null for one that lies above all, such as a table of contents. */
function folderOf(path) {
  const depth = /^(main\/engine|renderer\/features)\//.test(path) ? 3 : 2;
  const parts = path.split('/');
  return parts.length > depth ? parts.slice(0, depth).join('/') : null;
}

function targetOf(path, name) {
  if (name.startsWith('.')) return posix.normalize(posix.join(dirname(path), name));
  const [alias, ...rest] = name.split('/');
  return alias in aliases ? [aliases[alias], ...rest].join('/') : null;
}

/** Imports of types count. A registry gathers its members from wherever they lie. */
function importsOf(path) {
  if (path.endsWith('/registry.ts')) return [];
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/\b(?:from|import\()\s*'([^']+)'/g)].flatMap(([, name]) => {
    const target = targetOf(path, name);
    return target === null ? [] : [{ path, target, from: folderOf(path), to: folderOf(target) }];
  });
}

/** Pairs of folders that import each other, with the import of the way that fewer take. */
export function foldersThatImportEachOther() {
  const paths = sources.flatMap((source) =>
    readdirSync(join(root, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const ways = Map.groupBy(
    paths.flatMap(importsOf).filter(({ from, to }) => from !== null && to !== null && from !== to),
    ({ from, to }) => `${from} ${to}`,
  );
  return [...ways].flatMap(([way, there]) => {
    const [from, to] = way.split(' ');
    const back = ways.get(`${to} ${from}`) ?? [];
    if (from > to || back.length === 0) return [];
    const [first] = there.length < back.length ? there : back;
    return [`${from} and ${to} import each other, e.g. ${first.path} imports ${first.target}`];
  });
}
