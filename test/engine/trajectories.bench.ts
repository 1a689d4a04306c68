import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { providePlatform } from '#engine/platform.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { type BenchRow, runsMs } from '#test/support/bench-row.ts';
import { run as simulate } from '#test/support/conformance/simulator.ts';

const shots = 1000;
/** qsim at two threads on the machine that peers were measured on, where errors are Pauli strings. */
const pauliGoalMs = 0.6 * 319;

/** A layer of random one-qubit gates and one of CZ between neighbours, `depth` times. */
function noisyLayers(qubits: number, depth: number): Circuit {
  const rng = rngOf(5, qubits, depth);
  const layer = (k: number): Operation[] => [
    ...Array.from({ length: qubits }, (_, q) =>
      gate('u', [q], [rng.uniform() * 3, rng.uniform() * 6, rng.uniform() * 6]),
    ),
    ...Array.from({ length: Math.floor((qubits - (k % 2)) / 2) }, (_, j) =>
      gate('cz', [2 * j + (k % 2), 2 * j + (k % 2) + 1]),
    ),
  ];
  const operations = Array.from({ length: depth }, (_, k) => layer(k)).flat();
  return circuitOf(qubits, [...operations, ...measureAll(qubits)], qubits);
}

/** Channels behind every gate, on each of its qubits. */
const channels = {
  'Pauli errors 0.5 %': { channel: 'pauli_depolarizing', p: 0.005, on: 'all' },
  'damping 0.1 %': { channel: 'amplitude_damping', gamma: 0.001, on: 'all' },
  'damping 1 %': { channel: 'amplitude_damping', gamma: 0.01, on: 'all' },
  'T1 and T2, 1 %': { channel: 'thermal_relaxation', T1: 100, T2: 80, time: 1, on: 'all' },
} as const;

/** 1,000 noisy shots of 12 qubits at depth 20, in a warm process. */
export function run(): BenchRow[] {
  providePlatform(nodePlatform);
  const circuit = noisyLayers(12, 20);
  return Object.entries(channels).flatMap(([name, rule]) =>
    (['f64', 'f32'] as const).flatMap((precision) =>
      [1, 2].map((threads): BenchRow => {
        const noise = noiseModelSchema.parse({ rules: [rule] });
        const options = { method: 'trajectories', noise, shots, precision, threads };
        const [value = Number.NaN] = runsMs(() => simulate(circuit, options));
        const isGoal = rule.channel === 'pauli_depolarizing' && threads === 2;
        return {
          name: `${shots} shots of 12 qubits, depth 20, ${name}, ${precision}, ${threads} threads`,
          value,
          unit: 'ms',
          ...(isGoal
            ? { goal: `≤ ${pauliGoalMs.toFixed(0)} ms before scaling`, ok: value <= pauliGoalMs }
            : {}),
        };
      }),
    ),
  );
}
