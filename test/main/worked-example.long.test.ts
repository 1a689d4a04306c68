import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readingOf } from '#shared/results/result.ts';
import type { JobEngine } from '#engine/jobs/prepared.ts';
import { projectRoot } from '#main/project.ts';
import { openTestApp, temporaryFolder } from '#test/support/temporary-app.ts';

const library = temporaryFolder();
const cache = join(projectRoot, '.cache');
let folder = '';

/** The files of the worked example, by their paths in the tree. */
function filesOfPage(): readonly (readonly [path: string, text: string])[] {
  const page = readFileSync(join(projectRoot, 'docs', 'extending.md'), 'utf8');
  return [...page.matchAll(/```ts file=(\S+)\n(.*?)```/gs)].map(([, path = '', text = '']) => [
    path,
    text,
  ]);
}

/** An import of another file of the example leads to where that lies here. */
function placed(text: string, from: string, paths: readonly string[]): string {
  return text.replace(/'#(shared|engine)\/(.*?)'/g, (whole, root: string, rest: string) => {
    const target = root === 'engine' ? `main/engine/${rest}` : `shared/${rest}`;
    if (!paths.includes(target)) return whole;
    const path = relative(dirname(from), target);
    return `'${path.startsWith('.') ? path : `./${path}`}'`;
  });
}

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'example-'));
  const files = filesOfPage();
  const paths = files.map(([path]) => path);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), placed(text, path, paths));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  library.remove();
});

test('the example is three files and the lines that name them', () => {
  expect(filesOfPage().map(([path]) => path)).toEqual([
    'shared/problems/kinds/hidden-string.ts',
    'shared/results/kinds/found-string.ts',
    'main/engine/algorithms/bernstein-vazirani.ts',
    'plug-in.ts',
  ]);
});

test('its types hold, as strictly as those of the tree', () => {
  const config = {
    extends: '../../tsconfig.base.json',
    compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true },
    // Types of packages that come without any.
    include: ['**/*.ts', '../../main/engine/**/*.d.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const check = (): string => {
    try {
      return execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    } catch (thrown) {
      return String((thrown as { readonly stdout: unknown }).stdout);
    }
  };
  expect(check()).toBe('');
  const path = join(folder, 'plug-in.ts');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('results: [foundString]', 'results: [hiddenString]'));
  expect(check()).toMatch(/plug-in\.ts.*ResultKind/s);
  writeFileSync(path, text);
});

test('it runs in a thread of its own, is read, and is offered everywhere', async () => {
  const engineModule = pathToFileURL(join(folder, 'plug-in.ts')).href;
  const { jobEngine: engine } = (await import(/* @vite-ignore */ engineModule)) as {
    readonly jobEngine: JobEngine;
  };
  const app = await openTestApp(library.path, { engine, engineModule });
  const problem = { kind: 'hidden-string', string: '1011' };
  const spec = { algorithm: 'bernstein-vazirani', problem, shots: 200, seed: 3 };
  for (const backend of ['simulator', 'mps', 'stabilizer', 'ibm-torino']) {
    const { jobId } = await app.jobs.submit({ ...spec, backend });
    const { error, result } = await app.jobs.whenEnded(jobId);
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ kind: 'found-string', string: '1011', shots: 200 });
    const reading = readingOf(engine.members.results, result);
    expect(reading?.headline.value.value).toBeGreaterThan(backend === 'ibm-torino' ? 0.7 : 0.999);
  }
  const wrong = await app.forecaster.validate({ ...spec, problem: { ...problem, string: '12' } });
  expect(wrong.errors).toMatchObject([{ path: 'problem.string' }]);
  const entry = engine.catalog('problem').find(({ id }) => id === 'hidden-string');
  expect(entry?.facts['algorithms']).toEqual(['bernstein-vazirani']);
  expect(engine.catalog('benchmark').map(({ id }) => id)).toContain('share');
  await app.close();
});
