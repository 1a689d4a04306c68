import { AppError } from '#shared/base/errors.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { algorithms } from '#engine/algorithms/registry.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { driveNow } from '#engine/programs/drive.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { mutated, soundNoise, soundSpec } from './generate-specs.ts';

// Specs are run at once here, so every library is there before the first.
await Promise.all(algorithms.map(async ({ load }) => load?.()));

const freeBytes = 2 ** 26;
const source =
  'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; rx(0.3) q[1]; c = measure q;';
/** Longer than any answer or refusal takes on a busy machine, and than any of these jobs runs. */
const mostMs = 5000;
const mostRunMs = 60_000;

export interface Tally {
  /** How many were right and ran. */
  ran: number;
  readonly faults: string[];
}

/** One noise model, most of them wrong in some place: it simulates, or is refused with a reason. */
export function tryNoise(seed: number, tally: Tally): void {
  const rng = rngOf(seed, 310);
  const model = rng.below(4) === 0 ? soundNoise(rng) : mutated(soundNoise(rng), rng);
  const shots = rng.below(2) === 0 ? undefined : 5;
  judged(model, tally, mostMs, () => {
    const parsed = noiseModelSchema.safeParse(model);
    if (!parsed.success) return;
    const request = simulationRequestSchema.parse({ source, noise: parsed.data, shots });
    const { probabilities, counts } = simulateSource(request, { freeBytes, now: () => 0 });
    const total = Object.values(probabilities ?? counts ?? {}).reduce((sum, p) => sum + p, 0);
    if (Math.abs(total - (shots ?? 1)) > 1e-9) throw new Error(`the total is ${total}`);
    tally.ran++;
  });
}

/** One job spec: every fault is told with its path, or it is prepared, and now and then run. */
export function trySpec(seed: number, tally: Tally): void {
  const rng = rngOf(seed, 311);
  const spec = rng.below(4) === 0 ? soundSpec(rng) : mutated(soundSpec(rng), rng);
  const isRun = seed % 20 === 0;
  judged(spec, tally, isRun ? mostRunMs : mostMs, () => {
    const checked = jobEngine.validate(spec);
    if (!checked.ok) {
      if (checked.error.length === 0) throw new Error('refused without a fault');
      return;
    }
    if (jobEngine.filesOf(checked.value).length > 0) return;
    const job = jobEngine.prepare(checked.value, new Map(), { freeBytes });
    try {
      if (isRun && job.answerer !== null) {
        driveNow(job.program, job.answerer, { seed: 1, cancel: new CancelFlag() });
        tally.ran++;
      }
    } finally {
      job.answerer?.dispose();
    }
  });
}

function judged(input: unknown, { faults }: Tally, limitMs: number, work: () => void): void {
  const start = performance.now();
  let said = '';
  try {
    work();
  } catch (thrown) {
    const isReason = thrown instanceof AppError && thrown.code !== 'internal';
    if (!isReason) said = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'no error';
  }
  const took = performance.now() - start;
  if (took > limitMs) said += ` took ${took.toFixed(0)} ms`;
  if (said !== '') faults.push(`${said}\n${JSON.stringify(input)}`);
}
