import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { simulateCircuit } from '#engine/simulators/simulate.ts';
import { type BenchRow, medianMs } from '#test/support/bench-row.ts';

/** Random one-qubit gates and CZ in a brick pattern, depth 14. */
function randomLayers(qubits: number): Circuit {
  const rng = rngOf(1, qubits);
  const layers = Array.from({ length: 14 }, (_, d): Operation[] => [
    ...Array.from({ length: qubits }, (__, q) =>
      gate('u', [q], [rng.uniform(), rng.uniform(), rng.uniform()]),
    ),
    ...Array.from({ length: Math.floor((qubits - (d % 2)) / 2) }, (__, k) =>
      gate('cz', [2 * k + (d % 2), 2 * k + (d % 2) + 1]),
    ),
  ]);
  return circuitOf(qubits, layers.flat());
}

function fourier(qubits: number): Circuit {
  const operations = Array.from({ length: qubits }, (_, k) => qubits - 1 - k).flatMap(
    (target): Operation[] => [
      gate('h', [target]),
      ...Array.from({ length: target }, (_, j) =>
        gate('cp', [j, target], [Math.PI / 2 ** (target - j)]),
      ),
    ],
  );
  return circuitOf(qubits, operations);
}

function simulate(circuit: Circuit): void {
  simulateCircuit(circuit, {
    qubits: circuit.qubitRegisters[0]?.size ?? 0,
    method: 'statevector',
    precision: 'f64',
    shots: 10,
    seed: 1,
    noise: null,
    bindings: {},
    probabilities: false,
    state: false,
    bloch: false,
    observables: [],
    cancel: new CancelFlag(),
    freeBytes: 2 ** 33,
    now: () => 0,
    started: 0,
  });
}

/** In place over two arrays as large as the state: the least that any gate can take. */
function sweepMs(qubits: number): number {
  const re = new Float64Array(2 ** qubits).fill(1);
  const im = new Float64Array(2 ** qubits).fill(1);
  return medianMs(() => {
    for (let i = 0; i < re.length; i++) {
      re[i] = (re[i] as number) * 0.5;
      im[i] = (im[i] as number) * 0.5;
    }
  });
}

function rowsOf(name: string, circuit: Circuit): BenchRow[] {
  const qubits = circuit.qubitRegisters[0]?.size ?? 0;
  const ms = medianMs(() => simulate(circuit), 3);
  const perGate = ms / circuit.operations.length;
  return [
    {
      name: `statevector, ${name}, ${qubits} qubits, ${circuit.operations.length} gates`,
      value: ms,
      unit: 'ms',
    },
    {
      name: `  per gate, in sweeps of the state's memory`,
      value: perGate / sweepMs(qubits),
      unit: '×',
    },
  ];
}

/** The local simulator against the speed of this machine's memory. */
export function run(): BenchRow[] {
  return [
    ...rowsOf('random layers', randomLayers(16)),
    ...rowsOf('random layers', randomLayers(20)),
    ...rowsOf('Fourier transform', fourier(18)),
  ];
}
