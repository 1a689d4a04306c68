import { AppError, asAppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Counts } from '#engine/programs/program.ts';
import type { RemoteAskContext } from './backend.ts';
import type { ProviderClient } from './provider.ts';
import type { Spending } from './spending.ts';

/** Borrows the vendor's client, with its secret, for one call. */
export type WithClient = <T>(use: (client: ProviderClient) => Promise<T>) => Promise<T>;

/** Where batches run, and what stands around it. */
export interface Machine {
  readonly deviceId: string;
  readonly deviceName: string;
  /** Circuits that one job of the vendor takes. */
  readonly batchLimit: number;
  readonly withClient: WithClient;
  /** Whether the key lies in a vault that has to be unlocked first. */
  readonly isLocked: () => boolean;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly firstPollMs: number;
  readonly spending: Spending;
  /** The most that the job may cost in all. */
  readonly costLimit: number | undefined;
  /** Throws where something stands in a circuit's way, before anything is bought. */
  readonly admit: (circuit: Circuit, shots: number) => void;
}

export interface Batches {
  readonly circuits: readonly Circuit[];
  readonly shots: number;
  readonly context: RemoteAskContext;
  /** Draws for the circuit at a position, where a machine returns exact probabilities. */
  readonly rngOf: (position: number) => Rng;
}

/** The circuits of one vendor job. */
interface Batch {
  /** Position among the batches of the ask, and of the first circuit among all. */
  readonly position: number;
  readonly first: number;
  readonly circuits: readonly Circuit[];
  readonly tag: string;
}

const submitTries = 5;
const longestPollMs = 5000;

/**
 * Runs circuits as few vendor jobs: all are submitted, or found again where an earlier part of the run bought
 * them, before the first is waited for. Cancelling cancels them at the vendor.
 */
export async function runBatches(owner: Machine, work: Batches): Promise<Counts[]> {
  const { context } = work;
  const machine = patient(owner, context);
  for (const circuit of work.circuits) machine.admit(circuit, work.shots);
  const batches = batchesOf(work, machine.batchLimit);
  const ids: string[] = [];
  try {
    for (const batch of batches) {
      ids.push(context.alreadySubmitted[batch.position] ?? (await buy(machine, work, batch)));
    }
    const counts: Counts[] = [];
    for (const [k, batch] of batches.entries()) {
      counts.push(...(await collect(machine, work, batch, ids[k] as string)));
    }
    return counts;
  } catch (thrown) {
    // A user's cancel carries its reason; a closing program does not, and its jobs are kept to be found again.
    if (context.signal.aborted && context.signal.reason instanceof AppError) {
      for (const id of ids) {
        await owner.withClient((client) => client.cancel(id)).catch(() => undefined);
      }
    }
    throw thrown;
  }
}

/**
 * A machine whose calls wait while the vault is locked, once something was bought for the job: a program
 * that was started again goes on when its user has unlocked it, and does not fail before.
 */
function patient(machine: Machine, context: RemoteAskContext): Machine {
  const { withClient, isLocked, sleep, firstPollMs, spending } = machine;
  const { jobId, alreadySubmitted, signal } = context;
  return {
    ...machine,
    async withClient(use) {
      const isBegun = alreadySubmitted.length > 0 || spending.hasBought(jobId);
      if (isBegun && isLocked()) {
        context.report('waits for the key vault to be unlocked');
        while (isLocked()) await sleep(firstPollMs, signal);
      }
      return withClient(use);
    },
  };
}

function batchesOf({ circuits, context }: Batches, limit: number): Batch[] {
  return Array.from({ length: Math.ceil(circuits.length / limit) }, (_, position) => ({
    position,
    first: position * limit,
    circuits: circuits.slice(position * limit, (position + 1) * limit),
    tag: `${context.jobId}/${placeOf(context)}/${position}`,
  }));
}

/** The ask, or the part of it: one that moved here from another machine is bought anew. */
function placeOf({ askIndex, part, backend }: RemoteAskContext): string {
  return part === undefined ? String(askIndex) : `${askIndex}.${part}@${backend}`;
}

/** The vendor's id of a new job, or of one that an earlier try created without our hearing of it. */
async function buy(machine: Machine, work: Batches, batch: Batch): Promise<string> {
  const { withClient, deviceName, spending } = machine;
  const { context, shots } = work;
  const { tag, circuits } = batch;
  const find = () => withClient((client) => client.find(tag, context.signal));
  const found = (await find())[0];
  if (found !== undefined) {
    await context.recordSubmitted(found);
    context.report(`found job ${found} at ${deviceName} again`);
    return found;
  }
  await reserve(machine, work, batch);
  for (let attempt = 1; ; attempt++) {
    try {
      const submission = {
        deviceId: machine.deviceId,
        circuits,
        shots,
        name: `ketbench ${context.jobId.slice(0, 8)}`,
        tag,
        signal: context.signal,
      };
      const id = await withClient((client) => client.submit(submission));
      await context.recordSubmitted(id);
      context.report(
        circuits.length === 1
          ? `submitted to ${deviceName}`
          : `submitted ${circuits.length} circuits to ${deviceName}`,
      );
      return id;
    } catch (thrown) {
      if (!mayHaveArrived(thrown)) {
        // Refused for certain: nothing was bought.
        if (!context.signal.aborted) spending.release(tag);
        throw thrown;
      }
      if (attempt >= submitTries) throw thrown;
      await machine.sleep(machine.firstPollMs * 2 ** (attempt - 1), context.signal);
      const created = (await find())[0];
      if (created === undefined) continue;
      await context.recordSubmitted(created);
      return created;
    }
  }
}

/** Books the vendor's estimate; where a limit holds and the vendor names no price, nothing is bought. */
async function reserve(machine: Machine, work: Batches, { tag, circuits }: Batch): Promise<void> {
  const { spending, costLimit, withClient, deviceId, deviceName } = machine;
  const { jobId } = work.context;
  const isLimited = spending.isLimited(costLimit);
  const estimate = isLimited
    ? (await withClient((client) => client.estimate(deviceId, circuits, work.shots))).cost
    : null;
  if (isLimited && estimate === null) {
    throw new AppError(
      'budget',
      `The vendor of ${deviceName} does not say what this costs, so it cannot be held to a limit. Remove the limit to run it all the same.`,
      { deviceId },
    );
  }
  spending.reserve({ tag, jobId, estimate, jobLimit: costLimit });
}

/** After these a job may or may not exist, so it is searched for before the next try. */
function mayHaveArrived(thrown: unknown): boolean {
  const { code, details } = asAppError(thrown);
  if (code === 'unavailable') return true;
  const status = details['status'];
  return code === 'vendor' && typeof status === 'number' && status >= 500;
}

async function collect(
  machine: Machine,
  work: Batches,
  { circuits, first, tag }: Batch,
  id: string,
): Promise<Counts[]> {
  const { withClient, spending } = machine;
  const { context, shots } = work;
  await waitFor(id, machine, context);
  const counts = await withClient((client) =>
    client.result(
      id,
      {
        circuits: circuits.map((circuit, k) => {
          const rng = work.rngOf(first + k);
          return { qubits: qubitCountOf(circuit), uniform: () => rng.uniform() };
        }),
        shots,
      },
      context.signal,
    ),
  );
  // One that was bought before there was a ledger has no entry yet.
  spending.reserve({ tag, jobId: context.jobId, estimate: null, jobLimit: undefined });
  spending.settle(tag, await withClient((client) => client.cost(id)).catch(() => null));
  return counts;
}

async function waitFor(
  id: string,
  { withClient, deviceName, firstPollMs, sleep }: Machine,
  context: RemoteAskContext,
): Promise<void> {
  let said = '';
  for (let delay = firstPollMs; ; delay = Math.min(longestPollMs, delay * 1.5)) {
    const { state, failure, waitSeconds } = await withClient((client) =>
      client.status(id, context.signal),
    );
    const message = messageOf(state, deviceName, waitSeconds);
    if (message !== said) context.report(message);
    said = message;
    if (state === 'completed') return;
    if (state === 'failed') {
      throw new AppError(
        'vendor',
        `${deviceName} could not run the circuit: ${failure?.message ?? 'no reason given'}.`,
        { vendorCode: failure?.code ?? null, vendorJobId: id },
      );
    }
    if (state === 'cancelled')
      throw new AppError('vendor', `The job was cancelled at ${deviceName}.`, { vendorJobId: id });
    await sleep(delay, context.signal);
  }
}

function messageOf(state: string, deviceName: string, waitSeconds: number | null): string {
  if (state === 'queued') {
    const wait =
      waitSeconds === null || waitSeconds <= 0 ? '' : `, about ${Math.ceil(waitSeconds)} s to wait`;
    return `queued at ${deviceName}${wait}`;
  }
  return `${state} at ${deviceName}`;
}
