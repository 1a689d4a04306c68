import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import type { Forecast } from '#shared/jobs/forecast.ts';
import type { JobSummary } from '#shared/jobs/job.ts';
import { jobStatuses } from '#shared/jobs/job.ts';
import type { Reading } from '#shared/results/reading.ts';
import { type Answer, costOf, latencyOf, type Said } from '../answer.ts';
import { defineTool, type ToolContext } from '../tool.ts';

const jobId = z.string().describe('As submit_job or list_jobs told it.');
const spec = z
  .record(z.string(), z.unknown())
  .describe(
    'A job spec: {algorithm, problem: {kind, …}, settings?, backend?, shots? (null: exact), seed?, mitigation?, noise?, limits?, name?, tags?}. Tables are named by the id of a data set (list_data).',
  );

/** What a spec will need; every fault at once, as `bad-input`, where it cannot run. */
async function checked(given: unknown, context: ToolContext) {
  const { errors, spec: whole, forecast } = await context.request('jobs.validate', { spec: given });
  if (errors.length === 0) return { spec: whole as Record<string, unknown>, forecast };
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('\n');
  throw new AppError('bad-input', `The spec has ${errors.length} fault(s):\n${list}`, { errors });
}

export const checkJob = defineTool({
  name: 'check_job',
  title: 'Check a job and forecast it',
  description:
    'Checks a spec whole, fills in its defaults and forecasts seconds, memory, circuits, shots and cost. Runs and buys nothing.',
  scope: 'read',
  input: z.strictObject({ spec }),
  async run(input, context) {
    const { spec: whole, forecast } = await checked(input.spec, context);
    return {
      result: { spec: whole, forecast },
      uncertainty: { kind: 'unknown', note: forecast?.basis ?? 'Nothing is known before it runs.' },
      latency: latencyOf(forecast),
      toCome: costOf(forecast),
      format: 'The forecast in seconds, bytes and USD; null where it is not known.',
      next: ['submit_job'],
    };
  },
});

const boughtAt = 'qpu';

/** Whether a vendor is paid for it, or may be. */
async function isBought(
  whole: Readonly<Record<string, unknown>>,
  forecast: Forecast | null,
  context: ToolContext,
): Promise<boolean> {
  const backends = [whole['backend'] ?? 'simulator'].flat().map(String);
  const devices = await context.request('devices.list', { live: false });
  const isVendor = devices.some(({ id, kind }) => kind === boughtAt && backends.includes(id));
  return isVendor || (forecast?.cost ?? 0) > 0;
}

export const submitJob = defineTool({
  name: 'submit_job',
  title: 'Run a job',
  description:
    'Starts a job and answers at once with its id. On a simulator or a device model it is free. On a vendor’s machine it is a dry run, told as such with its forecast, until it is called again with buy: true, within this agent’s budget. With a key, the same call twice starts one job.',
  scope: 'act',
  input: z.strictObject({
    spec,
    buy: z.boolean().default(false).describe('Really buy what costs money.'),
    priority: z.int().gte(-10).lte(10).default(0),
    key: z.string().min(1).max(100).optional().describe('Idempotency key, of your choice.'),
  }),
  run: async (input, context) => context.purse.inTurn(() => submitted(input, context)),
});

interface Submission {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly buy: boolean;
  readonly priority: number;
  readonly key?: string | undefined;
}

async function submitted(input: Submission, context: ToolContext): Promise<Said> {
  const { purse } = context;
  const keyTags = input.key === undefined ? [] : [`key:${input.key}`];
  const known =
    keyTags.length === 0
      ? undefined
      : (await purse.jobs()).find(({ tags }) => keyTags.every((tag) => tags.includes(tag)));
  if (known !== undefined) return standing(known, 'The job that this key started.');
  const { spec: whole, forecast } = await checked(input.spec, context);
  const isPaid = await isBought(whole, forecast, context);
  if (isPaid && !input.buy) return dryRun(whole, forecast);
  const limit =
    isPaid && forecast !== null ? await purse.limitFor(forecast, costLimit(whole)) : null;
  const tags = [...((whole['tags'] as string[] | undefined) ?? []), purse.tag, ...keyTags];
  const limits = { ...(whole['limits'] as object | undefined), cost: limit };
  const { jobId: id, status } = await context.request('jobs.submit', {
    spec: { ...whole, tags, ...(limit === null ? {} : { limits }) },
    priority: input.priority,
  });
  return {
    result: { jobId: id, status, dryRun: false, costLimit: limit, forecast },
    uncertainty: { kind: 'unknown', note: 'It has no result yet.' },
    latency: latencyOf(forecast),
    toCome: costOf(forecast),
    format: 'The jobId names it everywhere; costLimit in USD is where it would stop.',
    next: ['follow_job', 'control_job'],
  };
}

function costLimit(whole: Readonly<Record<string, unknown>>): number | undefined {
  return (whole['limits'] as { readonly cost?: number } | undefined)?.cost;
}

function dryRun(whole: object, forecast: Forecast | null): Said {
  return {
    result: { jobId: null, dryRun: true, spec: whole, forecast },
    uncertainty: { kind: 'unknown', note: forecast?.basis ?? 'Nothing is known before it runs.' },
    latency: latencyOf(forecast),
    toCome: costOf(forecast),
    format: 'Nothing was sent to a vendor.',
    limits: ['A vendor would be paid: nothing runs until it is called with buy: true.'],
    next: ['submit_job'],
  };
}

function standing(job: JobSummary, format: string): Said {
  const { secondsLeft, cost } = job;
  const isOver = job.completedAt !== null;
  const latency: Answer['latency'] = isOver
    ? { queueSeconds: [0, 0], runSeconds: [0, 0], note: 'It has ended.' }
    : {
        queueSeconds: null,
        runSeconds: secondsLeft === null ? null : [secondsLeft / 2, secondsLeft * 2],
        note: 'What is left, by how fast it went so far; null before it is known.',
      };
  return {
    result: job,
    uncertainty: { kind: 'unknown', note: 'The state of a run; read_result tells its errors.' },
    latency,
    soFar: cost ?? 0,
    toCome: isOver ? [0, 0] : null,
    format: `${format} executionTime and secondsLeft in seconds, cost in USD, fraction from 0 to 1.`,
    next: isOver ? ['read_result'] : ['follow_job', 'control_job'],
  };
}

export const listJobs = defineTool({
  name: 'list_jobs',
  title: 'List jobs',
  description: 'Jobs of the library, newest first, with where each stands.',
  scope: 'read',
  input: z.strictObject({
    status: z.enum(jobStatuses).optional(),
    mine: z.boolean().default(false).describe('Only jobs that this agent started.'),
    limit: z.int().gte(1).lte(1000).default(50),
    cursor: z.string().optional(),
  }),
  async run({ mine, ...filter }, context) {
    const page = await context.request('jobs.list', filter);
    const jobs = mine
      ? page.jobs.filter(({ tags }) => tags.includes(context.purse.tag))
      : page.jobs;
    return {
      result: { jobs, next: page.next },
      soFar: await context.purse.spent(),
      format: 'cost.soFar is what this agent has spent or holds back in all.',
      limits: page.next === null ? [] : ['There are more: call again with cursor = result.next.'],
      next: ['read_result', 'follow_job'],
    };
  },
});

const pollMs = 250;

export const followJob = defineTool({
  name: 'follow_job',
  title: 'Wait for a job',
  description:
    'Waits until a job has ended, or for so many seconds, with progress on the way, and answers where it stands. Call it again to wait on.',
  scope: 'read',
  input: z.strictObject({ jobId, waitSeconds: z.number().gte(0).lte(600).default(30) }),
  async run({ jobId: id, waitSeconds }, context) {
    const end = performance.now() + 1000 * waitSeconds;
    let told = '';
    for (;;) {
      const job = await summaryOf(id, context);
      const line = `${job.status} ${job.phase ?? ''} ${job.message}`.trim();
      if (line !== told) await context.progress(job.fraction ?? 0, line);
      told = line;
      const isOver = job.completedAt !== null;
      if (isOver || performance.now() >= end || context.signal.aborted) {
        return standing(job, isOver ? 'It has ended.' : 'It goes on.');
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  },
});

async function summaryOf(id: string, context: ToolContext): Promise<JobSummary> {
  for (let cursor: string | undefined; ; ) {
    const page = await context.request('jobs.list', {
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = page.jobs.find((job) => job.jobId === id);
    if (found !== undefined) return found;
    if (page.next === null) {
      throw new AppError('not-found', `There is no job “${id}”. list_jobs shows them.`);
    }
    cursor = page.next;
  }
}

export const readResult = defineTool({
  name: 'read_result',
  title: 'Read what a job found',
  description:
    'The headline with its standard error, facts, caveats and tables of a job that has ended; with whole: true the document as well, with provenance and every number.',
  scope: 'read',
  input: z.strictObject({ jobId, whole: z.boolean().default(false) }),
  async run({ jobId: id, whole }, context) {
    const document = await context.request('jobs.get', { jobId: id });
    const { reading, objective } = await context.request('jobs.reading', { jobId: id });
    const { status, warnings, error, cost, algorithm, qpuBackend } = document;
    return {
      result: {
        jobId: id,
        status,
        algorithm,
        qpuBackend,
        objective,
        reading: reading === null ? null : told(reading),
        warnings,
        ...(error === undefined ? {} : { error }),
        ...(whole ? { document } : {}),
      },
      uncertainty: uncertaintyOf(reading),
      soFar: cost ?? 0,
      format:
        'Estimates are {value, stderr}; bits with variable or qubit 0 rightmost; angles in radians, energies in Hartree for molecules, money in USD. NaN and infinities are strings.',
      limits: [...(reading?.caveat === undefined ? [] : [reading.caveat]), ...warnings],
      next: status === 'completed' ? ['run_benchmark'] : ['follow_job'],
    };
  },
});

/** A reading without its pictures. */
function told({ headline, chosen, caveat, facts, notes, tables }: Reading): object {
  return { headline, chosen, caveat, facts, notes, tables };
}

const anecdote = 'It is one run of one seed, which says nothing of others: run_benchmark does.';

function uncertaintyOf(reading: Reading | null): Answer['uncertainty'] {
  if (reading === null) return { kind: 'unknown', note: 'There is no result yet.' };
  const { stderr } = reading.headline.value;
  if (stderr !== null && stderr > 0) {
    const note = `The headline has a standard error of ${stderr}. ${anecdote}`;
    return { kind: 'statistical', note };
  }
  return stderr === 0
    ? { kind: 'exact', note: `The headline is exact. ${anecdote}` }
    : { kind: 'unknown', note: `No standard error is known of the headline. ${anecdote}` };
}

export const controlJob = defineTool({
  name: 'control_job',
  title: 'Pause, resume, finish or cancel a job',
  description:
    '“finish” ends a training where it is, with a result of what it has; “cancel” reaches a vendor as well. What was bought stays bought.',
  scope: 'act',
  input: z.strictObject({ jobId, action: z.enum(['pause', 'resume', 'finish', 'cancel']) }),
  async run({ jobId: id, action }, context) {
    return standing(await context.request(`jobs.${action}`, { jobId: id }), 'As it stands now.');
  },
});
