import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate, measure, measureAll } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import type { SimulationOptions } from '#engine/simulators/simulate.ts';

/**
 * Run as a process of its own, with --expose-gc and the name of a case: prints the predicted peak, how
 * much the process really grew, what it allocated in typed arrays, and what is left after a collection.
 */
let allocated = 0;
for (const name of ['Float64Array', 'Float32Array', 'Uint32Array', 'Int32Array'] as const) {
  const original = globalThis[name];
  const counting = new Proxy(original, {
    construct(target, parameters: [number | ArrayLike<number>], made) {
      const result = Reflect.construct(target, parameters, made) as { readonly byteLength: number };
      if (typeof parameters[0] === 'number') allocated += result.byteLength;
      return result;
    },
  });
  Object.defineProperty(globalThis, name, { value: counting });
}
// Only now, so that the engine sees the counting constructors.
const { run } = await import('#test/support/conformance/simulator.ts');

function layers(qubits: number, depth: number, angle: number | null): Operation[] {
  return Array.from({ length: depth }, (_, k) => [
    ...Array.from({ length: qubits }, (__, q) => gate('ry', [q], [0.3 + q + k])),
    ...Array.from({ length: Math.floor((qubits - (k % 2)) / 2) }, (__, j) => {
      const wires = [2 * j + (k % 2), 2 * j + (k % 2) + 1];
      return angle === null ? gate('cz', wires) : gate('rzz', wires, [angle]);
    }),
  ]).flat();
}

const damping = {
  rules: [{ channel: 'amplitude_damping', gamma: 0.3, on: 'all' }],
  readout: [],
} as const satisfies SimulationOptions['noise'];

type Case = readonly [Circuit, Partial<SimulationOptions>];

const cases: Readonly<Record<string, () => Case>> = {
  statevector: () => [
    circuitOf(24, layers(24, 2, null)),
    { method: 'statevector', observables: ['Z0'] },
  ],
  'statevector with counts': () => [
    circuitOf(23, [...layers(23, 1, null), ...measureAll(23)], 23),
    { method: 'statevector', shots: 100 },
  ],
  density: () => [
    circuitOf(12, layers(12, 1, null)),
    { method: 'density', noise: damping, observables: ['Z0'] },
  ],
  // Long enough for two blocks, so that shots that jumped in the first are tried in the second.
  trajectories: () => [
    circuitOf(22, [
      ...[0, 1, 2, 3].map((q) => gate('ry', [q], [2])),
      ...Array.from({ length: 24 }, (_, k) => gate('x', [4 + (k % 18)])),
      ...[0, 1, 2, 3].map((q) => gate('ry', [q], [1])),
    ]),
    {
      method: 'trajectories',
      noise: { rules: [{ channel: 'amplitude_damping', gamma: 0.3, on: ['ry'] }], readout: [] },
      shots: 16,
      observables: ['Z0'],
    },
  ],
  // A measurement between gates, so that there are two states.
  stabilizer: () => [
    circuitOf(10_000, [gate('h', [0]), measure(0, 0), gate('cx', [0, 1]), gate('h', [0])], 1),
    { method: 'stabilizer', shots: 2 },
  ],
  // Bonds that reach their limit and stay there: all memory is made again and again.
  mps: () => [
    circuitOf(80, layers(80, 14, null)),
    { method: 'mps', observables: ['Z0'], freeBytes: 1.5e7 },
  ],
  'mps with counts': () => [
    circuitOf(80, [...layers(80, 14, null), ...[1, 8, 15, 70].map((q, bit) => measure(q, bit))], 4),
    { method: 'mps', shots: 100, freeBytes: 1.5e7 },
  ],
  // Takes minutes: the process as a whole is compared, by hand.
  'mps of long bonds': () => [
    circuitOf(60, layers(60, 18, null)),
    { method: 'mps', observables: ['Z0'] },
  ],
  pauli: () => [
    circuitOf(100, layers(100, 7, 0.7)),
    { method: 'pauli', observables: ['Z50*X53'], freeBytes: 2 ** 33 },
  ],
};

/** Never cancels: it is asked so often that what array buffers take can be seen meanwhile. */
class LookingFlag extends CancelFlag {
  most = 0;
  #asked = 0;

  override throwIfCancelled(): void {
    if (this.#asked++ % 64 === 0)
      this.most = Math.max(this.most, process.memoryUsage().arrayBuffers);
  }
}

/** Two turns of the event loop: buffers are freed behind a collection. */
async function collect(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const [circuit, options] = (cases[process.argv[2] ?? ''] as () => Case)();
// Code is loaded and compiled before anything is measured.
run(circuitOf(3, [gate('h', [0]), gate('cx', [0, 1])]), {
  ...options,
  ...(options.observables === undefined ? {} : { observables: ['Z0'] }),
});
await collect();
const before = process.memoryUsage();
allocated = 0;
const cancel = new LookingFlag();
const { measured } = run(circuit, { freeBytes: 2 ** 33, ...options, cancel });
const grown = process.resourceUsage().maxRSS * 1024 - before.rss;
const allocatedBytes = allocated;
await collect();
const after = process.memoryUsage();
process.stdout.write(
  JSON.stringify({
    predicted: measured.peakBytes,
    grown,
    allocated: allocatedBytes,
    held: cancel.most - before.arrayBuffers,
    gates: circuit.operations.length,
    left: after.arrayBuffers - before.arrayBuffers,
  }),
);
