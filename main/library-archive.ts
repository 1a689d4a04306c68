import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { projectRoot } from './project.ts';
import { readCsv } from './storage/csv.ts';
import { writeDurably } from './storage/files.ts';
import { hasEnded } from './storage/job-row.ts';
import { Library } from './storage/library.ts';
import { namesIn } from './storage/sweep.ts';

/** What a library keeps for its user. Addresses, locks and what is half written stay behind. */
const kept = new Set(
  'benchmarks calibrations data documents gates.json jobs models settings.json tables'.split(' '),
);
/** Encrypted under the passphrase; a copy for somebody else has no keys. */
const keys = 'vault.json';

/** More is not packed or unpacked at once. */
const mostBytes = 2 ** 31 - 1;

export interface ArchiveReport {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Whether the vault of keys is in it, as encrypted as it was. */
  readonly hasKeys: boolean;
}

/** Writes a library into one file. Tables first: what their rows name was on disk before them. */
export async function archiveLibrary(
  folder: string,
  path: string,
  { withKeys }: { readonly withKeys: boolean },
): Promise<ArchiveReport> {
  const tops = namesIn(folder).filter((name) => kept.has(name) || (withKeys && name === keys));
  const ordered = tops.toSorted((a, b) => Number(b === 'tables') - Number(a === 'tables'));
  const entries: Record<string, Uint8Array> = {};
  let sum = 0;
  for (const name of ordered.flatMap((top) => filesBelow(folder, top))) {
    const bytes = readOrNull(join(folder, name));
    // Removed in the meantime: another process has the library.
    if (bytes === null) continue;
    sum += bytes.length;
    if (sum > mostBytes) throw tooLarge();
    entries[name] = bytes;
  }
  const zip = zipSync(entries, { level: 6, mtime: '1980-01-01T12:00:00' });
  await writeDurably(path, zip, { mode: 0o600 });
  return {
    path,
    files: Object.keys(entries).length,
    bytes: zip.length,
    hasKeys: keys in entries,
  };
}

function filesBelow(folder: string, name: string): string[] {
  const below = namesIn(join(folder, name));
  if (below.length === 0) return /\.(tmp|lock)$/.test(name) ? [] : [name];
  return below.flatMap((one) => filesBelow(folder, `${name}/${one}`));
}

function readOrNull(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function tooLarge(): AppError {
  return new AppError(
    'too-large',
    'The library holds more than 2 GiB: copy its folder while Ketbench is closed.',
    { available: mostBytes },
  );
}

export interface ImportReport {
  readonly imported: Readonly<
    Record<
      'documents' | 'dataSets' | 'jobs' | 'benchmarks' | 'models' | 'gates' | 'calibrations',
      number
    >
  >;
  /** What was left out, and why. */
  readonly skipped: readonly { readonly what: string; readonly why: string }[];
}

/** Brings what an archive has into a library, beside what is there. What is there already stays as it is. */
export async function importArchive(folder: string, path: string): Promise<ImportReport> {
  const files = unpacked(path);
  const own = mkdtempSync(join(tmpdir(), 'ketbench-import-'));
  const problems: string[] = [];
  try {
    for (const [name, bytes] of files) {
      const target = join(own, name);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    }
    const assets = join(projectRoot, 'assets');
    // Read as any library is: damage is found, set aside and told.
    const from = await Library.open(own, assets, (_, text) => problems.push(text));
    try {
      const into = await Library.open(folder, assets, (_, text) => problems.push(text));
      try {
        const report = await merged(from, into);
        const damage = problems.map((why) => ({ what: 'A file', why }));
        return { ...report, skipped: [...report.skipped, ...damage] };
      } finally {
        await into.close();
      }
    } finally {
      await from.close();
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function unpacked(path: string): [string, Uint8Array][] {
  if (!existsSync(path)) throw new AppError('not-found', `There is no file ${path}.`, { path });
  let sum = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(readFileSync(path), {
      filter: ({ name, originalSize }) => {
        sum += originalSize;
        if (sum > mostBytes) throw tooLarge();
        return (
          !name.endsWith('/') && name.split(/[/\\]/).every((part) => !/^$|^\.\.?$|:/.test(part))
        );
      },
    });
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('bad-input', `${path} is no archive of a library: it cannot be unpacked.`);
  }
  const own = Object.entries(files).filter(([name]) => kept.has(name.split('/')[0] ?? ''));
  if (own.length > 0) return own;
  throw new AppError(
    'bad-input',
    `${path} is no archive of a library: make one with “ketbench library export”.`,
    { path },
  );
}

type Skip = ImportReport['skipped'][number];

async function merged(from: Library, into: Library): Promise<ImportReport> {
  const skipped: Skip[] = [];
  const counted = async (all: Iterable<() => Promise<boolean>>): Promise<number> => {
    let count = 0;
    for (const one of all) if (await one()) count++;
    return count;
  };
  const tried = (what: string, work: () => Promise<void>) => async (): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (thrown) {
      skipped.push({ what, why: asAppError(thrown).message });
      return false;
    }
  };
  return {
    imported: {
      dataSets: await counted(dataSetsOf(from, into, tried)),
      models: await counted(modelsOf(from, into, tried)),
      jobs: await counted(jobsOf(from, into, tried, skipped)),
      benchmarks: await counted(benchmarksOf(from, into, tried, skipped)),
      documents: await newDocuments(from, into, tried),
      calibrations: await counted(
        from.calibrations
          .all()
          .map((one) => tried(`Calibration of ${one.id}`, async () => into.calibrations.keep(one))),
      ),
      gates: mergeGates(from, into),
    },
    skipped,
  };
}

type Tried = (what: string, work: () => Promise<void>) => () => Promise<boolean>;

function dataSetsOf(from: Library, into: Library, tried: Tried) {
  const known = new Set(into.dataSets.list().map(({ id }) => id));
  return from.dataSets
    .list()
    .filter(({ id, builtIn }) => !builtIn && !known.has(id))
    .map(({ id, name, reading }) =>
      tried(`Data set “${name}”`, async () => {
        const text = await from.dataSets.textOf(id);
        await into.dataSets.import({ name, text, reading }, async (content) => {
          const { columns, totalRows, problems } = readCsv(content, { keep: 0, reading });
          return { columns: [...columns], rows: totalRows, problems: [...problems] };
        });
      }),
    );
}

function modelsOf(from: Library, into: Library, tried: Tried) {
  const known = new Set(into.models.list().map(({ modelId }) => modelId));
  return from.models
    .list()
    .filter(({ modelId }) => !known.has(modelId))
    .map(({ modelId, name }) =>
      tried(`Model “${name}”`, async () => {
        await into.models.import(await from.models.textOf(modelId), name);
      }),
    );
}

function jobsOf(from: Library, into: Library, tried: Tried, skipped: Skip[]) {
  return from.tables.jobs
    .all()
    .filter(({ jobId }) => into.tables.jobs.get(jobId) === undefined)
    .flatMap((row) => {
      if (!hasEnded(row)) {
        // Going on with it in two places would buy what it buys twice.
        skipped.push({ what: `Job “${row.name}”`, why: 'It had not ended.' });
        return [];
      }
      return [
        tried(`Job “${row.name}”`, async () => {
          copyFolder(from, into, join('jobs', row.jobId));
          await into.tables.jobs.putDurably(row);
        }),
      ];
    });
}

function benchmarksOf(from: Library, into: Library, tried: Tried, skipped: Skip[]) {
  return from.tables.benchmarks
    .all()
    .filter(({ benchmarkId }) => into.tables.benchmarks.get(benchmarkId) === undefined)
    .flatMap((row) => {
      if (!hasEnded(row)) {
        skipped.push({ what: `Comparison “${row.name}”`, why: 'It had not ended.' });
        return [];
      }
      return [
        tried(`Comparison “${row.name}”`, async () => {
          copyFolder(from, into, join('benchmarks', row.benchmarkId));
          await into.tables.benchmarks.putDurably(row);
        }),
      ];
    });
}

/** Files before the row that names them. */
function copyFolder(from: Library, into: Library, name: string): void {
  cpSync(join(from.folder, name), join(into.folder, name), { recursive: true });
}

/** A circuit of the same name and text is the same, whatever its id. */
async function newDocuments(from: Library, into: Library, tried: Tried): Promise<number> {
  const before = into.documents.list().length;
  for (const { id, name, modifiedAt } of from.documents.list()) {
    await tried(`Circuit “${name}”`, async () => {
      const { text, sidecar, project } = await from.documents.read(id);
      await into.documents.writeOnce({ name, text, sidecar, project }, new Date(modifiedAt));
    })();
  }
  return into.documents.list().length - before;
}

function mergeGates(from: Library, into: Library): number {
  const known = new Set(into.gates.value.map(({ name }) => name));
  const fresh = from.gates.value.filter(({ name }) => !known.has(name));
  if (fresh.length > 0) into.gates.set([...into.gates.value, ...fresh]);
  return fresh.length;
}
