import { type Rng, rngOf, shuffled } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { gates } from '#shared/gates/registry.ts';

/** `count` random gates of the registry on `qubits` qubits, with random angles. */
export function randomCircuit(seed: number, qubits: number, count: number): Circuit {
  const rng = rngOf(seed, qubits, count);
  return circuitOf(
    qubits,
    Array.from({ length: count }, () => randomGate(rng, qubits)),
  );
}

/** `count` random Clifford gates of the registry, rotations by multiples of π/2 among them. */
export function randomCliffordCircuit(seed: number, qubits: number, count: number): Circuit {
  const rng = rngOf(seed, qubits, count, 1);
  const turns = new Set(['rx', 'ry', 'rz', 'p', 'u', 'u2', 'rxx', 'ryy', 'rzz']);
  const fitting = gates.filter(
    (one) => one.qubitCount <= qubits && (one.isClifford || turns.has(one.id)),
  );
  return circuitOf(
    qubits,
    Array.from({ length: count }, () => {
      const chosen = fitting[rng.below(fitting.length)];
      if (chosen === undefined) throw new Error('no gate fits');
      const angles = chosen.parameterNames.map(() => (rng.below(8) - 4) * (Math.PI / 2));
      return gate(chosen.id, wiresFor(chosen.qubitCount, rng, qubits), angles);
    }),
  );
}

function wiresFor(count: number, rng: Rng, qubits: number): number[] {
  return shuffled(
    Array.from({ length: qubits }, (_, q) => q),
    rng,
  ).slice(0, count);
}

export function randomGate(rng: Rng, qubits: number): Operation {
  const fitting = gates.filter((one) => one.qubitCount <= qubits);
  const chosen = fitting[rng.below(fitting.length)];
  if (chosen === undefined) throw new Error('no gate fits');
  const wires = wiresFor(chosen.qubitCount, rng, qubits);
  return gate(
    chosen.id,
    wires,
    chosen.parameterNames.map(() => (rng.uniform() - 0.5) * 4 * Math.PI),
  );
}
