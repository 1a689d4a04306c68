import { AppError } from '#shared/base/errors.ts';
import { bitAt } from '#shared/base/packed-bits.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { figureAt } from '#shared/devices/device.ts';
import type { MachineQubits } from '#shared/problems/views/machine.ts';
import type { ViewInput } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Counts } from '../programs/program.ts';

export type Experiment = ViewInput<MachineQubits>;

/** Shots of a circuit where the spec gives none. */
const usualShots = 1024;

export function shotsOf({ shots }: Experiment): number {
  return shots ?? usualShots;
}

export function warningsOf({ shots }: Experiment): string[] {
  return shots === null ? [`No shots were given; ${usualShots} a circuit were used.`] : [];
}

/** Runs one circuit on the qubits of the experiment and gives its outcomes; bit k is its k-th qubit. */
export function* run(
  input: Experiment,
  name: string,
  operations: readonly Operation[],
): Generator<Ask, Counts, Answer> {
  const { qubits } = input.view;
  const circuit = circuitOf(qubits.length, operations);
  yield { kind: 'define', key: name, circuit, observables: [], places: qubits };
  const bindings = new Float64Array(0);
  const shots = shotsOf(input);
  const { counts } = yield* ask({ kind: 'samples', key: name, items: 1, bindings, shots });
  yield { kind: 'forget', key: name };
  return counts[0] as Counts;
}

/** How many of the outcomes are as wanted. */
export function seenIn(counts: Counts, isWanted: (bit: (k: number) => number) => boolean): number {
  let seen = 0;
  counts.counts.forEach((n, row) => {
    if (isWanted((k) => bitAt(counts.outcomes, row, k))) seen += n;
  });
  return seen;
}

export function* tell(step: number, steps: number, survival: number): Generator<Ask, void, Answer> {
  const message = `Circuit ${step} of ${steps}`;
  const progress = { fraction: step / steps, message, step, metrics: { survival } };
  yield { kind: 'progress', progress };
}

/** Seconds of one step of idling on these qubits: what was set, else what the machine's `id` takes. */
export function idleSeconds({ device, settings, view }: Experiment): number {
  const set = settings['stepSeconds'] as number | undefined;
  if (set !== undefined) return set;
  const idle = device?.gates.find(({ gate }) => gate === 'id')?.duration ?? null;
  const known = idle === null ? null : figureAt(idle, view.qubits[0] as number);
  if (known !== null && known > 0) return known;
  if (device === null) return 1e-8;
  throw new AppError(
    'unsupported',
    `Nobody says how long ${device.name} takes for one step of idling, so there is no time to measure by. Give settings.stepSeconds on a machine that has the gate “id”.`,
    { path: 'settings.stepSeconds' },
  );
}

/** Delays in steps from short to long: some two thirds within the time that is expected, up to three times it. */
export function delaysOf(
  { settings, device, view }: Experiment,
  expected: 'T1' | 'T2',
  step: number,
): number[] {
  const count = settings['delays'] as number;
  const known = view.qubits.flatMap((qubit) =>
    device === null ? [] : (figureAt(device[expected], qubit) ?? []),
  );
  const longest =
    (settings['longestSeconds'] as number | undefined) ??
    (known.length === 0 ? 3e-4 : 2.5 * (known.reduce((sum, one) => sum + one, 0) / known.length));
  return Array.from({ length: count }, (_, k) =>
    Math.max(1, Math.round((longest / step) * ((k + 1) / count) ** 1.5)),
  );
}
