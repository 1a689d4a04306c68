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

export function randomGate(rng: Rng, qubits: number): Operation {
  const fitting = gates.filter((one) => one.qubitCount <= qubits);
  const chosen = fitting[rng.below(fitting.length)];
  if (chosen === undefined) throw new Error('no gate fits');
  const wires = shuffled(
    Array.from({ length: qubits }, (_, q) => q),
    rng,
  ).slice(0, chosen.qubitCount);
  return gate(
    chosen.id,
    wires,
    chosen.parameterNames.map(() => (rng.uniform() - 0.5) * 4 * Math.PI),
  );
}
