import { AppError, asAppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Counts } from '#engine/programs/program.ts';
import type { RemoteAskContext } from './backend.ts';
import type { ProviderClient } from './provider.ts';

/** Borrows the vendor's client, with its secret, for one call. */
export type WithClient = <T>(use: (client: ProviderClient) => Promise<T>) => Promise<T>;

export interface CircuitRun {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly circuit: Circuit;
  readonly shots: number;
  /** Position of this circuit among those of its ask. */
  readonly position: number;
  readonly context: RemoteAskContext;
  /** For machines that return exact probabilities. */
  readonly rng: Rng;
  readonly withClient: WithClient;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly firstPollMs: number;
  /** Called with the estimate before anything is bought; throws `budget`. */
  readonly admit: (circuit: Circuit) => Promise<void>;
}

export interface CircuitOutcome {
  readonly counts: Counts;
  readonly cost: number | null;
}

const submitTries = 5;
const longestPollMs = 5000;

/** Submits one circuit, or finds it again, and waits for its counts. Cancelling cancels it at the vendor. */
export async function runCircuit(run: CircuitRun): Promise<CircuitOutcome> {
  const { context, position, withClient } = run;
  const id = context.alreadySubmitted[position] ?? (await buy(run));
  try {
    await waitFor(id, run);
  } catch (thrown) {
    // A user's cancel carries its reason; a closing program does not, and its job is kept to be found again.
    if (context.signal.aborted && context.signal.reason instanceof AppError) {
      await withClient((client) => client.cancel(id)).catch(() => undefined);
    }
    throw thrown;
  }
  const counts = await withClient((client) =>
    client.result(
      id,
      {
        qubits: qubitCountOf(run.circuit),
        shots: run.shots,
        uniform: () => run.rng.uniform(),
      },
      context.signal,
    ),
  );
  const cost = await withClient((client) => client.cost(id)).catch(() => null);
  return { counts, cost };
}

/** The vendor's id of a new job, or of one that an earlier try created without our hearing of it. */
async function buy(run: CircuitRun): Promise<string> {
  const { context, withClient } = run;
  const tag = `${context.jobId}/${context.askIndex}/${run.position}`;
  const find = () => withClient((client) => client.find(tag, context.signal));
  const found = (await find())[0];
  if (found !== undefined) {
    await context.recordSubmitted(found);
    context.report(`found job ${found} at ${run.deviceName} again`);
    return found;
  }
  await run.admit(run.circuit);
  for (let attempt = 1; ; attempt++) {
    try {
      const submission = {
        deviceId: run.deviceId,
        circuit: run.circuit,
        shots: run.shots,
        name: `ketbench ${context.jobId.slice(0, 8)}`,
        tag,
        signal: context.signal,
      };
      const id = await withClient((client) => client.submit(submission));
      await context.recordSubmitted(id);
      context.report(`submitted to ${run.deviceName}`);
      return id;
    } catch (thrown) {
      if (attempt >= submitTries || !mayHaveArrived(thrown)) throw thrown;
      await run.sleep(run.firstPollMs * 2 ** (attempt - 1), context.signal);
      const created = (await find())[0];
      if (created === undefined) continue;
      await context.recordSubmitted(created);
      return created;
    }
  }
}

/** After these a job may or may not exist, so it is searched for before the next try. */
function mayHaveArrived(thrown: unknown): boolean {
  const { code, details } = asAppError(thrown);
  if (code === 'unavailable') return true;
  const status = details['status'];
  return code === 'vendor' && typeof status === 'number' && status >= 500;
}

async function waitFor(id: string, run: CircuitRun): Promise<void> {
  const { context, withClient, deviceName } = run;
  let said = '';
  for (let delay = run.firstPollMs; ; delay = Math.min(longestPollMs, delay * 1.5)) {
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
    await run.sleep(delay, context.signal);
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
