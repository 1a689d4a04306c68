import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { benchmarkDocumentSchema, benchmarkSpecSchema } from '#shared/jobs/benchmark.ts';
import { readVault } from './credentials/vault-file.ts';
import { JobFolder } from './jobs/job-folder.ts';
import { hasEnded, type JobRow } from './storage/job-row.ts';
import { projectRoot } from './project.ts';
import { Library } from './storage/library.ts';
import type { Notify } from './storage/stored-document.ts';
import type { BenchmarkRow } from './storage/tables.ts';

/** What reading the whole library once brought up. */
export interface LibraryReport {
  readonly folder: string;
  readonly documents: number;
  readonly dataSets: number;
  readonly jobs: number;
  readonly problems: readonly { readonly level: string; readonly text: string }[];
}

/** What a job left is there, can be read, and is what its row says. */
async function checkJob(folder: string, row: JobRow, notify: Notify): Promise<void> {
  const job = new JobFolder(join(folder, 'jobs'), row.jobId);
  const tell = (thrown: unknown): void =>
    notify('error', `Job ${row.jobId}: ${asAppError(thrown).message}`);
  await job.readSpec().catch(tell);
  if (!hasEnded(row)) return;
  const document = await job.readDocument(row.documentHash).catch(tell);
  if (document !== undefined && document.status !== row.status) {
    tell(
      new AppError(
        'corrupt',
        `it is ${row.status} in the table and ${document.status} in its folder.`,
      ),
    );
  }
}

function checkBenchmark(
  folder: string,
  { benchmarkId, status }: BenchmarkRow,
  notify: Notify,
): void {
  const names = hasEnded({ status }) ? ['spec.json', 'document.json'] : ['spec.json'];
  for (const name of names) {
    try {
      const text = readFileSync(join(folder, 'benchmarks', benchmarkId, name), 'utf8');
      const schema = name === 'spec.json' ? benchmarkSpecSchema : benchmarkDocumentSchema;
      schema.parse(JSON.parse(text));
    } catch {
      notify('error', `Benchmark ${benchmarkId}: its ${name} is missing or damaged. Run it anew.`);
    }
  }
}

/** As in opening it: a damaged vault is set aside and its backup used. */
async function checkVault(folder: string, notify: Notify): Promise<void> {
  const path = join(folder, 'vault.json');
  const { sealed } = await readVault(path, notify);
  if (sealed !== null) notify('error', sealed.message);
}

/** Opens a library, reads everything that its documents lead to, and closes it again. */
export async function checkLibrary(folder: string): Promise<LibraryReport> {
  const problems: { level: string; text: string }[] = [];
  const notify: Notify = (level, text) => problems.push({ level, text });
  const library = await Library.open(folder, join(projectRoot, 'assets'), notify);
  try {
    const sets = library.dataSets.list();
    for (const { id } of sets) {
      await library.dataSets.textOf(id).catch((thrown: unknown) => {
        notify('error', thrown instanceof Error ? thrown.message : String(thrown));
      });
    }
    for (const { modelId, checksum } of library.models.list()) {
      if (checksum === null) continue;
      await library.models.read(modelId).catch((thrown: unknown) => {
        notify('error', asAppError(thrown).message);
      });
    }
    for (const row of library.tables.jobs.all()) await checkJob(folder, row, notify);
    for (const row of library.tables.benchmarks.all()) checkBenchmark(folder, row, notify);
    await checkVault(folder, notify);
    return {
      folder,
      documents: library.documents.list().length,
      dataSets: sets.length,
      jobs: library.tables.jobs.size,
      problems,
    };
  } finally {
    await library.close();
  }
}
