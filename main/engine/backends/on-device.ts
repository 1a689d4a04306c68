import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { CircuitStatistics } from '#shared/circuit/statistics.ts';
import { compileForDevice } from '#shared/compiler/compile-for-device.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { noiseOfDevice } from '../noise/device-model.ts';
import { type CompiledNoise, compileNoise } from '../noise/model.ts';
import type { CompiledFacts, Placement } from './backend.ts';

/** Effort of the compiler: that of what a vendor does by default. */
const level = 2;

/** Circuits as the machine would run them: in its gates, along its couplings, with the noise of those places. */
export class OnDevice implements Placement {
  readonly #device: DeviceRecord;
  readonly #seed: number;
  readonly #noises = new Map<string, CompiledNoise>();
  #facts: CompiledFacts | null = null;

  constructor(device: DeviceRecord, seed: number) {
    this.#device = device;
    this.#seed = seed;
  }

  get facts(): CompiledFacts | null {
    return this.#facts;
  }

  place(circuit: Circuit) {
    const device = this.#device;
    const compiled = compileForDevice(circuit, device, { seed: this.#seed, level });
    const { wires, finalLayout } = compiled;
    const name = wires.join(' ');
    const noise = this.#noises.get(name) ?? compileNoise(noiseOfDevice(device, wires));
    this.#noises.set(name, noise);
    this.#note(compiled);
    const qubits = qubitCountOf(circuit);
    const isPlain = wires.length === qubits && finalLayout.every((wire, qubit) => wire === qubit);
    return { circuit: compiled.circuit, noise, wires: isPlain ? null : finalLayout };
  }

  /** A machine's own model speaks of gates and qubits that a circuit need not have. */
  unused(): readonly string[] {
    return [];
  }

  #note({ wires, facts: { before, after, swaps } }: ReturnType<typeof compileForDevice>): void {
    if (this.#facts !== null && this.#facts.gates.after >= gatesIn(after)) return;
    this.#facts = {
      device: this.#device.id,
      calibratedAt: this.#device.calibratedAt,
      level,
      swaps,
      gates: { before: gatesIn(before), after: gatesIn(after) },
      twoQubitGates: { before: before.twoQubitGates, after: after.twoQubitGates },
      depth: { before: before.depth, after: after.depth },
      qubits: wires,
    };
  }
}

const noGates: ReadonlySet<string> = new Set(['measure', 'reset', 'if']);

function gatesIn({ gateCounts }: CircuitStatistics): number {
  return Object.entries(gateCounts).reduce(
    (sum, [name, count]) => (noGates.has(name) ? sum : sum + count),
    0,
  );
}
