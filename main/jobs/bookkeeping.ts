import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { Library } from '../storage/library.ts';
import type { Models } from '../storage/models.ts';
import type { Tables, UtilizationRow } from '../storage/tables.ts';
import type { JobRow } from '../storage/job-row.ts';
import type { JobFolder } from './job-folder.ts';
import { modelOfJob } from './kept-model.ts';

const answeredBySchema = z
  .array(z.object({ backend: z.string(), circuits: z.number(), shots: z.number() }))
  .min(1);

/** Writes what finished jobs leave in the library: their use of a backend and their models. */
export class Bookkeeper {
  readonly #tables: Tables;
  readonly #models: Models;
  readonly #onModel: () => void;
  readonly #booked: Set<string>;

  constructor({ tables, models }: Pick<Library, 'tables' | 'models'>, onModel: () => void) {
    this.#tables = tables;
    this.#models = models;
    this.#onModel = onModel;
    this.#booked = new Set(tables.utilization.all().map(({ jobId }) => jobId));
  }

  /** A process may have been killed between the end of a job and this. */
  isBooked(jobId: string): boolean {
    return this.#booked.has(jobId);
  }

  /** Books a job; doing it again changes nothing. */
  async book(row: JobRow, document: JobDocument, folder: JobFolder): Promise<void> {
    const tables = this.#tables;
    if (this.#booked.has(row.jobId)) return;
    // The model first: the row of utilisation says that all is booked.
    const trained = row.status === 'completed' ? await folder.readModel() : null;
    if (trained !== null) {
      await this.#models.keep(modelOfJob(trained, { row, document, models: this.#models }));
      this.#onModel();
    }
    for (const used of usesOf(row, document)) {
      tables.utilization.append({
        id: randomUUID(),
        ...used,
        qubitsUsed: numberAt(document.result, 'qubits'),
        coherenceTimes: null,
        errorRates: null,
        jobId: row.jobId,
        timestamp: row.completedAt ?? row.submittedAt,
      });
    }
    this.#booked.add(row.jobId);
    await folder.removeModel();
  }
}

type Use = Pick<UtilizationRow, 'qpuBackend' | 'gateOperations' | 'circuits' | 'shots'>;

/** What a job used of its backend, or of each of several that shared it. */
function usesOf({ qpuBackend }: JobRow, { result, provenance }: JobDocument): readonly Use[] {
  const shared = answeredBySchema.safeParse(provenance['answeredBy']);
  if (shared.success) {
    return shared.data.map(({ backend, circuits, shots }) => ({
      qpuBackend: backend,
      gateOperations: null,
      circuits,
      shots,
    }));
  }
  return [
    {
      qpuBackend,
      gateOperations: numberAt(result, 'gates'),
      circuits: numberAt(result, 'circuits'),
      shots: numberAt(result, 'shots'),
    },
  ];
}

/** A member of a result whose shape its algorithm decides. */
function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : null;
}

function numberAt(value: unknown, key: string): number | null {
  const found = at(value, key);
  return typeof found === 'number' ? found : null;
}
