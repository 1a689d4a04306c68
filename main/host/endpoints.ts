import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { requests } from '#shared/ipc/contract.ts';
import type { RequestInput, RequestName, RequestOutput } from '#shared/ipc/contract.ts';
import {
  configurationSchema,
  configureSchema,
  modelPerformanceSchema,
  performanceQuerySchema,
  quantumJobSchema,
  statusQuerySchema,
} from '#shared/ipc/rest.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import { type BenchmarkSpec, benchmarkSpecSchemaFor } from '#shared/jobs/benchmark.ts';
import { jobSpecSchemaFor } from '#shared/jobs/job.ts';
import type { Members } from '#engine/members.ts';
import type { App } from '../app.ts';
import type { ModelFamily } from '#shared/models/kept-model.ts';
import { generalisationOf } from '#shared/models/generalisation.ts';
import type { ModelRow } from '#shared/models/model-summary.ts';
import { configure } from './configure.ts';

/** Calls a handler; typed by its name. */
export type TypedCall = <N extends RequestName>(
  name: N,
  input: RequestInput<N>,
) => Promise<RequestOutput<N>>;

/** One REST endpoint; the OpenAPI document is made from the same record. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly status: 200 | 202;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Checked by the handler itself, which tells every error of it. */
  readonly bodyIsChecked?: boolean;
  readonly response: z.ZodType;
  handle(input: unknown, call: TypedCall, app: App): Promise<unknown>;
}

const submitted = z.object({ jobId: z.string(), status: z.string() });

/** The six endpoints of CONTRACT §5. */
export function endpointsFor({ problems }: Members): readonly Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/quantum/training/jobs/submit',
      operationId: 'submitQuantumTrainingJob',
      summary: 'Submit a job.',
      status: 202,
      body: jobSpecSchemaFor(problems),
      bodyIsChecked: true,
      response: submitted,
      handle: (spec, call) => call('jobs.submit', { spec }),
    },
    {
      method: 'GET',
      path: '/api/v1/quantum/training/jobs/status',
      operationId: 'monitorQuantumAlgorithmExecution',
      summary: 'The jobs and where they stand, newest first.',
      status: 200,
      query: statusQuerySchema,
      response: z.object({ jobs: z.array(quantumJobSchema), next: z.string().nullable() }),
      handle: async (input, call, app) => {
        const { jobId, ...filter } = input as z.output<typeof statusQuerySchema>;
        if (jobId !== undefined) {
          // Told as not found where there is none.
          await call('jobs.get', { jobId });
          const all = app.jobs.list({ limit: Number.MAX_SAFE_INTEGER }).jobs;
          return {
            jobs: all.filter((job) => job.jobId === jobId).map((job) => jobOf(job, app)),
            next: null,
          };
        }
        const { jobs, next } = await call('jobs.list', filter);
        return { jobs: jobs.map((job) => jobOf(job, app)), next };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/quantum/models/performance',
      operationId: 'optimizeQmlModelArchitecture',
      summary: 'Trained quantum models and how they do.',
      status: 200,
      query: performanceQuerySchema,
      response: z.object({ models: z.array(modelPerformanceSchema), next: z.string().nullable() }),
      handle: async (input, _call, app) => {
        const { modelType, limit, cursor } = input as z.output<typeof performanceQuerySchema>;
        const rows = app.library.tables.models
          .all()
          .filter(
            (row) =>
              row.modelType !== 'CLASSICAL' &&
              (modelType === undefined || row.modelType === modelType),
          );
        const after = rows.findIndex((row) => row.modelId === cursor) + 1;
        const page = rows.slice(after, after + limit);
        const isLast = after + page.length >= rows.length;
        return { models: page.map(modelOf), next: isLast ? null : (page.at(-1)?.modelId ?? null) };
      },
    },
    {
      method: 'POST',
      path: '/api/v1/quantum/algorithms/configure',
      operationId: 'applyQuantumErrorMitigation',
      summary: 'Check a configuration and fill in its defaults.',
      status: 200,
      body: configureSchema,
      response: configurationSchema,
      handle: async (input, call) => {
        const given = input as z.output<typeof configureSchema>;
        const configured = configure(given, await call('catalog.list', {}));
        return given.problem === undefined
          ? configured
          : { ...configured, forecast: await forecastOf(given, call) };
      },
    },
    {
      method: 'GET',
      path: '/api/v1/quantum/resources/utilization',
      operationId: 'manageQuantumComputingResources',
      summary: 'What the machines are doing.',
      status: 200,
      response: requests['resources.utilization'].output,
      handle: (_input, call) => call('resources.utilization', {}),
    },
    {
      method: 'POST',
      path: '/api/v1/quantum/benchmarking/run',
      operationId: 'benchmarkQuantumVsClassical',
      summary: 'Compare quantum and classical methods on one problem.',
      status: 202,
      body: benchmarkSpecSchemaFor(problems),
      response: z.object({ benchmarkId: z.string() }),
      handle: (spec, call) => call('benchmarks.run', { spec: spec as BenchmarkSpec }),
    },
  ];
}

/** Of the whole job; throws every fault of it. */
async function forecastOf(
  { problem, backend, shots, noise, ...method }: z.output<typeof configureSchema>,
  call: TypedCall,
): Promise<object> {
  const given = Object.entries({ problem, backend, shots, noise });
  const spec = { ...method, ...Object.fromEntries(given.filter(([, one]) => one !== undefined)) };
  const { errors, forecast } = await call('jobs.validate', { spec });
  if (errors.length === 0) return forecast ?? { cost: null };
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError('bad-input', `The configuration was not accepted: ${list}`, { errors });
}

function jobOf(job: JobSummary, app: App): z.infer<typeof quantumJobSchema> {
  const { jobId, algorithm, qpuBackend, status, executionTime, cost, fraction } = job;
  const model = app.library.tables.models.all().find((row) => row.jobId === jobId);
  return {
    jobId,
    modelId: model?.modelId ?? app.library.tables.jobs.get(jobId)?.modelId ?? null,
    algorithm,
    qpuBackend,
    status,
    executionTime,
    cost,
    accuracyImprovement: model === undefined ? null : improvementOf(model),
    trainingProgress: fraction,
  };
}

/** The metric minus its classical baseline's (CONTRACT §5). */
function improvementOf({ accuracy, baselineAccuracy }: ModelRow): number | null {
  return accuracy === null || baselineAccuracy === null ? null : accuracy - baselineAccuracy;
}

function modelOf(row: ModelRow): z.infer<typeof modelPerformanceSchema> {
  const { modelId, architecture, accuracy, trainingSeconds } = row;
  const { baselineAccuracy } = row;
  const hasBaseline = accuracy !== null && baselineAccuracy !== null && baselineAccuracy > 0;
  return {
    modelId,
    // Classical ones are left out before.
    modelType: row.modelType as ModelFamily,
    architecture,
    accuracy,
    generalizationScore: generalisationOf(row),
    robustnessScore: null,
    trainingTimeQuantum: trainingSeconds,
    trainingTimeClassical: null,
    quantumAdvantageFactor: hasBaseline ? accuracy / baselineAccuracy : null,
  };
}
