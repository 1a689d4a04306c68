import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { statevector } from '../simulators/dense.ts';
import { localBackend } from '../backends/local.ts';
import { driveNow } from '../programs/drive.ts';
import type { Program } from '../programs/program.ts';
import type { Work } from './work.ts';

const qubits = 16;
const layers = 6;

/** How fast this machine simulates. */
export interface Speed {
  readonly secondsPerAmplitude: number;
  readonly secondsPerCircuit: number;
}

/**
 * Simulates a circuit of 16 qubits twice, once to warm up, and empty ones for what each circuit costs
 * beside its gates. `now` tells milliseconds. Takes some tens of milliseconds.
 */
export function measureSpeed(now: () => number): Speed {
  const rows = Array.from({ length: qubits }, (_, q) => q);
  const operations = Array.from({ length: layers }, () => [
    ...rows.map((q) => gate('ry', [q], [0.3 + q])),
    ...rows.slice(1).map((q) => gate('cx', [q - 1, q])),
  ]).flat();
  timeOf(circuitOf(qubits, operations), 1, now);
  const whole = timeOf(circuitOf(qubits, operations), 1, now);
  const small = timeOf(circuitOf(2, [gate('h', [0])]), repeats, now) / repeats;
  return {
    secondsPerAmplitude: whole / 1000 / (operations.length * 2 ** qubits),
    secondsPerCircuit: small / 1000,
  };
}

const repeats = 20;

export function secondsOf({ amplitudes, circuits }: Work, speed: Speed): number {
  return amplitudes * speed.secondsPerAmplitude + circuits * speed.secondsPerCircuit;
}

function timeOf(circuit: Circuit, items: number, now: () => number): number {
  const backend = localBackend({
    backend: statevector.id,
    simulators: [statevector],
    noise: null,
    device: null,
    seed: 0,
    qubits,
    shots: null,
    freeBytes: Number.POSITIVE_INFINITY,
  });
  try {
    const begin = now();
    driveNow(energyOf(circuit, items), backend, { seed: 0, cancel: new CancelFlag() });
    return now() - begin;
  } finally {
    backend.dispose();
  }
}

function* energyOf(circuit: Circuit, items: number): Program<void> {
  const sum = { terms: [{ coefficient: 1, factors: [{ qubit: 0, letter: 'Z' as const }] }] };
  yield { kind: 'define', key: 'c', circuit, observables: [{ kind: 'pauli', sum }] };
  const bindings = new Float64Array(0);
  for (let item = 0; item < items; item++) {
    yield { kind: 'expectations', key: 'c', items: 1, bindings, observables: [0] };
  }
}
