import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JobDocument } from '#shared/jobs/job.ts';
import { learner } from '#shared/results/kinds/learner.ts';
import { resultAs } from '#shared/results/result.ts';
import type { ModelRow, Tables, UtilizationRow } from '../storage/tables.ts';
import type { JobRow } from '../storage/job-row.ts';

/** The family of each quantum learner; what is not here leaves no model behind. */
const modelTypes: Readonly<Record<string, ModelRow['modelType']>> = { qsvm: 'QSVM' };

const answeredBySchema = z
  .array(z.object({ backend: z.string(), circuits: z.number(), shots: z.number() }))
  .min(1);

/** Writes what finished jobs leave in the tables: their use of a backend and their models. */
export class Bookkeeper {
  readonly #tables: Tables;
  readonly #booked: Set<string>;

  constructor(tables: Tables) {
    this.#tables = tables;
    this.#booked = new Set(tables.utilization.all().map(({ jobId }) => jobId));
  }

  /** A process may have been killed between the end of a job and this. */
  isBooked(jobId: string): boolean {
    return this.#booked.has(jobId);
  }

  /** Books a job; doing it again changes nothing. */
  async book(row: JobRow, document: JobDocument): Promise<void> {
    const tables = this.#tables;
    const modelType = modelTypes[row.algorithm];
    // The model first: the row of utilisation says that all is booked.
    if (row.status === 'completed' && modelType !== undefined) {
      await tables.models.putDurably(modelOf(tables, row, document, modelType));
    }
    if (this.#booked.has(row.jobId)) return;
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

function modelOf(
  tables: Tables,
  row: JobRow,
  document: JobDocument,
  modelType: ModelRow['modelType'],
): ModelRow {
  const result = resultAs(learner, document.result);
  const trained = row.completedAt ?? row.submittedAt;
  const modelId = row.modelId ?? result?.model ?? row.jobId;
  return {
    modelId,
    name: row.name,
    modelType,
    architecture: row.algorithm,
    trainingDataSetId: textAt(at(at(document.provenance, 'spec'), 'problem'), 'data'),
    jobId: row.jobId,
    accuracy: result?.metrics.test.accuracy?.mean ?? null,
    trainAccuracy: result?.metrics.train.accuracy?.mean ?? null,
    baselineAccuracy: result?.baseline?.metrics.test.accuracy?.mean ?? null,
    trainingSeconds: row.executionTime,
    createdAt: tables.models.get(modelId)?.createdAt ?? trained,
    lastTrainedAt: trained,
  };
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

function textAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  return typeof found === 'string' ? found : null;
}
