import { randomUUID } from 'node:crypto';
import type { JobDocument } from '#shared/jobs/job.ts';
import type { ModelRow, Tables } from '../storage/tables.ts';
import type { JobRow } from './job-row.ts';

/** The family of each quantum learner; what is not here leaves no model behind. */
const modelTypes: Readonly<Record<string, ModelRow['modelType']>> = { qsvm: 'QSVM' };

/** Writes what a finished job leaves in the tables: its use of the backend and its model. */
export async function bookJob(tables: Tables, row: JobRow, document: JobDocument): Promise<void> {
  tables.utilization.append({
    id: randomUUID(),
    qpuBackend: row.qpuBackend,
    qubitsUsed: numberAt(document.result, 'qubits'),
    gateOperations: numberAt(document.result, 'gates'),
    circuits: numberAt(document.result, 'circuits'),
    shots: numberAt(document.result, 'shots'),
    coherenceTimes: null,
    errorRates: null,
    jobId: row.jobId,
    timestamp: row.completedAt ?? row.submittedAt,
  });
  const modelType = modelTypes[row.algorithm];
  if (row.status !== 'completed' || modelType === undefined) return;
  await tables.models.put(modelOf(tables, row, document, modelType));
  await tables.models.flush();
}

function modelOf(
  tables: Tables,
  row: JobRow,
  document: JobDocument,
  modelType: ModelRow['modelType'],
): ModelRow {
  const trained = row.completedAt ?? row.submittedAt;
  const modelId = row.modelId ?? textAt(document.result, 'model') ?? row.jobId;
  return {
    modelId,
    name: row.name,
    modelType,
    architecture: row.algorithm,
    trainingDataSetId: textAt(at(at(document.provenance, 'spec'), 'problem'), 'data'),
    jobId: row.jobId,
    accuracy: meanAccuracy(document.result, 'test'),
    trainAccuracy: meanAccuracy(document.result, 'train'),
    baselineAccuracy: meanAccuracy(at(document.result, 'baseline'), 'test'),
    trainingSeconds: row.executionTime,
    createdAt: tables.models.get(modelId)?.createdAt ?? trained,
    lastTrainedAt: trained,
  };
}

/** Mean over the folds of a learner's result, or of its baseline's. */
function meanAccuracy(result: unknown, part: 'train' | 'test'): number | null {
  return numberAt(at(at(at(result, 'metrics'), part), 'accuracy'), 'mean');
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
