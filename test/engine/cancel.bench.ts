import { Worker } from 'node:worker_threads';
import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import type { SimulationOptions } from '#engine/simulators/simulate.ts';
import type { BenchRow } from '#test/support/bench-row.ts';
import { run as simulate } from '#test/support/conformance/simulator.ts';

const goalMs = 500;

function layers(qubits: number, depth: number): Circuit {
  const layer = (k: number): Operation[] => [
    ...Array.from({ length: qubits }, (_, q) => gate('ry', [q], [0.3 + q + k])),
    ...Array.from({ length: Math.floor((qubits - (k % 2)) / 2) }, (_, j) =>
      gate('rzz', [2 * j + (k % 2), 2 * j + (k % 2) + 1], [0.7]),
    ),
  ];
  return circuitOf(qubits, Array.from({ length: depth }, (_, k) => layer(k)).flat());
}

/** Random Clifford layers, whose stabilizers take long to read. */
function clifford(qubits: number): Circuit {
  return circuitOf(
    qubits,
    Array.from({ length: qubits }, (_, q) => [
      gate('h', [q]),
      gate('cx', [q, (q * 7919 + 1) % qubits === q ? (q + 1) % qubits : (q * 7919 + 1) % qubits]),
    ]).flat(),
  );
}

const noise = {
  rules: [{ channel: 'amplitude_damping', gamma: 0.01, on: 'all' }],
  readout: [],
} as const satisfies SimulationOptions['noise'];

const cases: readonly (readonly [string, Circuit, Partial<SimulationOptions>])[] = [
  ['statevector, 24 qubits', layers(24, 40), { method: 'statevector' }],
  ['density matrix, 12 qubits', layers(12, 20), { method: 'density', noise }],
  ['trajectories, 20 qubits', layers(20, 10), { method: 'trajectories', noise, shots: 1000 }],
  ['trajectories, 15 qubits', layers(15, 40), { method: 'trajectories', noise, shots: 100_000 }],
  ['stabilizer, 8,000 qubits', clifford(8000), { method: 'stabilizer', shots: 10 }],
  ['matrix product state, 40 qubits', layers(40, 40), { method: 'mps' }],
  ['Pauli propagation, 100 qubits', layers(100, 30), { method: 'pauli', observables: ['Z50'] }],
];

/** Sets the flag from another thread after a while, and says when it did. */
const setter = `
  const { workerData, parentPort } = require('node:worker_threads');
  setTimeout(() => {
    Atomics.store(new Int32Array(workerData.flag), 0, 1);
    new BigInt64Array(workerData.at)[0] = process.hrtime.bigint();
  }, 1000);
`;

/** How long each method goes on computing after it was cancelled. */
export function run(): BenchRow[] {
  return cases.map(([name, circuit, options]) => {
    const cancel = new CancelFlag();
    const at = new SharedArrayBuffer(8);
    const worker = new Worker(setter, { eval: true, workerData: { flag: cancel.buffer, at } });
    let value = Number.NaN;
    try {
      simulate(circuit, { ...options, cancel, freeBytes: 2 ** 33 });
    } catch {
      const asked = new BigInt64Array(at)[0] as bigint;
      value = Number(process.hrtime.bigint() - asked) / 1e6;
    }
    void worker.terminate();
    return { name: `cancelling ${name}`, value, unit: 'ms', goal: `≤ ${goalMs} ms` };
  });
}
