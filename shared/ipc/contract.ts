import { z } from 'zod';
import { shotsSchema } from '../jobs/sizes.ts';
import { catalogEntrySchema, catalogKinds } from '../catalog/parameter.ts';
import { benchmarkDocumentSchema, benchmarkSpecSchema } from '../jobs/benchmark.ts';
import { curveSchema, newPointsSchema } from '../jobs/curve.ts';
import { forecastSchema } from '../jobs/forecast.ts';
import { modelCardSchema } from '../models/model-card.ts';
import { modelRowSchema } from '../models/model-summary.ts';
import type { Reading } from '../results/reading.ts';
import { jobDocumentSchema, jobStatuses, jobSummarySchema } from '../jobs/job.ts';
import {
  simulationProgressSchema,
  simulationRequestSchema,
  simulationResultSchema,
} from '../jobs/simulation.ts';
import {
  credentialSchema,
  deviceCalibrationSchema,
  deviceEstimateSchema,
  deviceSchema,
  vaultStatusSchema,
} from './hardware.ts';
import {
  appInfoSchema,
  documentSchema,
  documentSummarySchema,
  exampleSchema,
  libraryGateSchema,
  reportFileSchema,
  reportFormats,
  settingsSchema,
} from './library.ts';
import { selectionLimitsSchema, selectionSchema } from '../devices/selection.ts';
import { journals, widths } from '../figures/journals.ts';
import { dataPreviewSchema, dataReadingSchema, dataSetSchema } from '../data/data-set.ts';

const nothing = z.strictObject({});
const ok = z.object({ ok: z.literal(true) });
const job = z.strictObject({ jobId: z.string() });
const model = z.strictObject({ modelId: z.string() });

function request<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): { input: I; output: O } {
  return { input, output };
}

/**
 * Every request that a window, the command line, REST or MCP can make, once. The handler of
 * "namespace.verb" stands in main/ipc/handlers/<namespace>.ts. A failure is an AppError.
 */
export const requests = {
  'app.info': request(nothing, appInfoSchema),
  /** A window shows the documents that it was to open. */
  'app.ready': request(nothing, ok),

  'settings.get': request(nothing, settingsSchema),
  /** Merges the given keys. */
  'settings.set': request(settingsSchema.partial(), settingsSchema),

  'circuit.simulate': request(simulationRequestSchema, simulationResultSchema),

  'documents.list': request(nothing, z.array(documentSummarySchema)),
  'documents.read': request(z.strictObject({ id: z.string() }), documentSchema),
  /** Creates (without id) or saves. `revision` must be the last one seen, else `conflict`. */
  'documents.write': request(
    z.strictObject({
      id: z.string().optional(),
      name: z.string().min(1).max(200),
      text: z.string(),
      sidecar: z.unknown().optional(),
      /** Where a new one is put; one that there is stays where it is. */
      project: z.string().max(120).optional(),
      revision: z.number().optional(),
    }),
    documentSummarySchema,
  ),
  /**
   * A file of any readable format becomes a document that windows show; the same file again is the
   * same document.
   */
  'documents.open': request(
    z.strictObject({ fileName: z.string().min(1).max(200), text: z.string() }),
    documentSummarySchema,
  ),
  /** Another name or project; the text and its revision stay. */
  'documents.change': request(
    z.strictObject({
      id: z.string(),
      name: z.string().min(1).max(200).optional(),
      project: z.string().max(120).optional(),
    }),
    documentSummarySchema,
  ),
  'documents.remove': request(z.strictObject({ id: z.string() }), ok),
  /** Takes a removal back. */
  'documents.restore': request(z.strictObject({ id: z.string() }), documentSummarySchema),

  /** Gates that are shared across circuits. */
  'gates.list': request(nothing, z.array(libraryGateSchema)),
  /** Keeps the last gate that the source declares, in place of one of the same name. */
  'gates.write': request(
    z.strictObject({
      source: z.string().min(1).max(200_000),
      note: z.string().max(1000).default(''),
    }),
    libraryGateSchema,
  ),
  'gates.remove': request(z.strictObject({ name: z.string() }), ok),

  'examples.list': request(nothing, z.array(exampleSchema)),
  'examples.read': request(
    z.strictObject({ id: z.string() }),
    z.object({ name: z.string(), text: z.string() }),
  ),

  'catalog.list': request(
    z.strictObject({ kind: z.enum(catalogKinds).optional() }),
    z.array(catalogEntrySchema),
  ),

  'data.list': request(nothing, z.array(dataSetSchema)),
  /** A data set of the library by id, or CSV text that is about to be imported. */
  'data.preview': request(
    z.strictObject({
      id: z.string().optional(),
      text: z.string().optional(),
      reading: dataReadingSchema.optional(),
      rows: z.int().gte(0).lte(1000).default(100),
    }),
    dataPreviewSchema,
  ),
  'data.import': request(
    z.strictObject({
      name: z.string().min(1).max(200),
      text: z.string(),
      reading: dataReadingSchema.optional(),
    }),
    dataSetSchema,
  ),
  'data.remove': request(z.strictObject({ id: z.string() }), ok),

  /** Trained models, newest last. */
  'models.list': request(nothing, z.array(modelRowSchema)),
  /** All that is to be told of a model. */
  'models.card': request(model, modelCardSchema),
  /** The model as a file, for the caller to save. */
  'models.export': request(model, z.object({ text: z.string() })),
  /** Brings in a text that was exported. */
  'models.import': request(
    z.strictObject({ name: z.string().min(1).max(200), text: z.string() }),
    modelRowSchema,
  ),
  'models.rename': request(
    z.strictObject({ modelId: z.string(), name: z.string().min(1).max(200) }),
    modelRowSchema,
  ),
  'models.remove': request(model, ok),

  'jobs.submit': request(
    z.strictObject({ spec: z.unknown(), priority: z.int().gte(-10).lte(10).default(0) }),
    z.object({ jobId: z.string(), status: z.enum(jobStatuses) }),
  ),
  /** Every fault of a spec at once, those that only its data show included, or what it will need. */
  'jobs.validate': request(
    z.strictObject({ spec: z.unknown() }),
    z.object({
      errors: z.array(z.object({ path: z.string(), message: z.string() })),
      spec: z.unknown(),
      /** Null where the spec has errors. */
      forecast: forecastSchema.nullable(),
    }),
  ),
  'jobs.list': request(
    z.strictObject({
      status: z.enum(jobStatuses).optional(),
      limit: z.int().gte(1).lte(1000).default(200),
      cursor: z.string().optional(),
    }),
    z.object({ jobs: z.array(jobSummarySchema), next: z.string().nullable() }),
  ),
  'jobs.get': request(job, jobDocumentSchema),
  /** How the job's result is read, and whether its problem is made small or large; null where nobody knows. */
  'jobs.reading': request(
    job,
    z.object({
      reading: z.custom<Reading>((value) => typeof value === 'object').nullable(),
      objective: z.enum(['min', 'max']).nullable(),
    }),
  ),
  'jobs.spec': request(job, z.object({ spec: z.unknown() })),
  'jobs.pause': request(job, jobSummarySchema),
  'jobs.resume': request(job, jobSummarySchema),
  /** Ends a run where it is, with a result of what it has. */
  'jobs.finish': request(job, jobSummarySchema),
  'jobs.cancel': request(job, jobSummarySchema),
  'jobs.remove': request(job, ok),
  /** The human-readable log, oldest first. */
  'jobs.log': request(job, z.array(z.object({ at: z.string(), text: z.string() }))),

  /** Curves of runs between two x, each as at most `pixels` blocks with minimum, maximum and mean. */
  'runs.curves': request(
    z.strictObject({
      runs: z.array(z.string()).min(1).max(64),
      metric: z.string().optional(),
      from: z.number().optional(),
      to: z.number().optional(),
      pixels: z.int().gte(2).lte(4000).default(1000),
    }),
    z.array(curveSchema),
  ),
  /** Chosen columns of the table of jobs, newest first. */
  'runs.query': request(
    z.strictObject({
      columns: z.array(jobSummarySchema.keyof()).min(1),
      status: z.enum(jobStatuses).optional(),
      limit: z.int().gte(1).lte(100_000).default(1000),
      cursor: z.string().optional(),
    }),
    z.object({
      columns: z.array(z.string()),
      /** As many cells as columns, in their order. */
      rows: z.array(z.array(z.unknown())),
      next: z.string().nullable(),
    }),
  ),

  'benchmarks.run': request(
    z.strictObject({ spec: benchmarkSpecSchema }),
    z.object({ benchmarkId: z.string() }),
  ),
  'benchmarks.list': request(
    nothing,
    z.array(
      z.object({
        benchmarkId: z.string(),
        name: z.string(),
        status: z.enum(jobStatuses),
        fraction: z.number().nullable(),
        verdict: z.string().nullable(),
        executedAt: z.string(),
      }),
    ),
  ),
  'benchmarks.get': request(z.strictObject({ benchmarkId: z.string() }), benchmarkDocumentSchema),
  /** Goes on with one whose process has ended; one that runs is left alone. */
  'benchmarks.resume': request(z.strictObject({ benchmarkId: z.string() }), ok),
  'benchmarks.cancel': request(z.strictObject({ benchmarkId: z.string() }), ok),
  /** Another name; what ran and its files stay. */
  'benchmarks.rename': request(
    z.strictObject({ benchmarkId: z.string(), name: z.string().min(1).max(200) }),
    ok,
  ),
  /** One that has ended, with its runs. */
  'benchmarks.remove': request(z.strictObject({ benchmarkId: z.string() }), ok),

  /** Files of a report on a job or a benchmark, as text or bytes for the caller to save. */
  'reports.make': request(
    z.strictObject({
      id: z.string(),
      format: z.enum(reportFormats),
      /** Pixels an inch of a PNG. */
      dpi: z.int().gte(72).lte(1200).default(600),
      /** How wide figures for a paper are; left out = as on the screen where the format has a choice. */
      width: z.enum(widths).optional(),
      journal: z.enum(journals.map(({ id }) => id)).default('nature'),
    }),
    z.array(reportFileSchema),
  ),

  /** What the journal would send back of the report's figures, a sentence each. */
  'reports.lint': request(
    z.strictObject({
      id: z.string(),
      width: z.enum(widths).default('single'),
      journal: z.enum(journals.map(({ id }) => id)),
    }),
    z.array(z.object({ figure: z.string(), fault: z.string() })),
  ),

  /** `live: false` gives what is known here, without asking any vendor. */
  'devices.list': request(
    z.strictObject({ live: z.boolean().default(true) }),
    z.array(deviceSchema),
  ),
  'devices.estimate': request(
    z.strictObject({ deviceId: z.string(), source: z.string(), shots: shotsSchema }),
    deviceEstimateSchema,
  ),

  /** Machines in the order in which to take them for a circuit, and why. */
  'devices.select': request(
    selectionLimitsSchema.extend({ source: z.string(), shots: shotsSchema }).strict(),
    selectionSchema,
  ),

  /** A machine as it is known here: its newest calibration, what else is kept, and how it drifted from its record. */
  'calibrations.show': request(z.strictObject({ deviceId: z.string() }), deviceCalibrationSchema),
  /** Keeps a calibration file's figures; `at` is their date where the file has none. */
  'calibrations.import': request(
    z.strictObject({
      deviceId: z.string(),
      text: z.string(),
      at: z.string().optional(),
      source: z.string(),
    }),
    deviceCalibrationSchema.extend({ format: z.string(), notes: z.array(z.string()) }),
  ),

  'credentials.list': request(nothing, z.array(credentialSchema)),
  /** The one way in for a secret; there is none out. */
  'credentials.add': request(
    z.strictObject({
      provider: z.string(),
      name: z.string().min(1).max(100),
      fields: z.record(z.string(), z.string()),
    }),
    credentialSchema,
  ),
  'credentials.remove': request(z.strictObject({ id: z.string() }), ok),
  'credentials.test': request(
    z.strictObject({ id: z.string() }),
    z.object({ ok: z.boolean(), message: z.string() }),
  ),
  'vault.status': request(nothing, vaultStatusSchema),
  /** Opens the vault, or makes it when there is none yet. */
  'vault.unlock': request(z.strictObject({ passphrase: z.string().min(1) }), vaultStatusSchema),

  'resources.utilization': request(
    nothing,
    z.object({
      availableQPUs: z.number(),
      queueLength: z.number(),
      totalQuantumOps: z.number(),
      estimatedCostPerHour: z.number().nullable(),
      errorRates: z.record(z.string(), z.unknown()),
      calibrationData: z.record(z.string(), z.unknown()),
    }),
  ),
} as const;

/** Every event. They are numbered on the wire; a reconnecting window is sent what it missed. */
export const events = {
  /** A job was added, changed or progressed (at most 20 a second a job). */
  'jobs.changed': jobSummarySchema,
  /** What was added to curves since the last one of the run. */
  'runs.points': newPointsSchema,
  'jobs.removed': z.object({ jobId: z.string() }),
  'benchmarks.changed': z.object({ benchmarkId: z.string() }),
  'benchmarks.removed': z.object({ benchmarkId: z.string() }),
  /** Of a live simulation that takes long; `ticket` is that of its request. */
  'circuit.progress': simulationProgressSchema.extend({ ticket: z.string() }),
  'documents.changed': documentSummarySchema,
  /** A file was opened from outside: windows go to it. */
  'documents.opened': z.object({ id: z.string() }),
  'documents.removed': z.object({ id: z.string() }),
  'data.changed': z.object({}),
  /** A model came into the library, changed or left it. */
  'models.changed': z.object({}),
  /** A gate came into the library or left it. */
  'gates.changed': z.object({}),
  'credentials.changed': z.object({}),
  'vault.changed': vaultStatusSchema,
  'settings.changed': settingsSchema,
  /** Something that a user should read, e.g. a damaged file that was set aside. */
  'app.notice': z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() }),
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type RequestParsed<N extends RequestName> = z.output<(typeof requests)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.output<(typeof requests)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** What is needed of an AbortSignal, which is in every process but in no library of the language. */
export interface AbortSignalLike {
  addEventListener(name: 'abort', listener: () => void): void;
}

/** What a window holds, whichever carrier is below it. */
export interface Client {
  /** An aborted request is answered all the same, as a rule with `cancelled`. */
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    signal?: AbortSignalLike,
  ): Promise<RequestOutput<N>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Whether the other side can be reached now, and a way to hear when that changes. */
  readonly connected: boolean;
  onConnection(listener: (connected: boolean) => void): () => void;
}
