import { bitCountOf, type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { type CircuitStatistics } from '#shared/circuit/statistics.ts';
import { compileForDevice, type DeviceCircuit } from '#shared/compiler/compile-for-device.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { countsOfQubits, observableOnWires, probabilitiesOfQubits } from './logical-bits.ts';

/** Effort of the compiler: that of what vendors do by default. */
const level = 2;

/** Counts before and after compiling, of the largest circuit, for provenance. */
export interface CompiledFacts {
  readonly device: string;
  readonly calibratedAt: string;
  readonly level: number;
  readonly swaps: number;
  readonly gates: { readonly before: number; readonly after: number };
  readonly twoQubitGates: { readonly before: number; readonly after: number };
  readonly depth: { readonly before: number; readonly after: number };
  /** Physical qubits on which it ran. */
  readonly qubits: readonly number[];
}

/** Compiles what a program sends to a machine's gates and couplings, and keeps how much that took. */
export class Compiler {
  readonly #device: DeviceRecord;
  readonly #seed: number;
  #facts: CompiledFacts | null = null;

  constructor(device: DeviceRecord, seed: number) {
    this.#device = device;
    this.#seed = seed;
  }

  /** Null as long as nothing was compiled. */
  get facts(): CompiledFacts | null {
    return this.#facts;
  }

  /**
   * The program with every circuit compiled before anything is made of it: techniques fold and measurements
   * turn the machine's own gates. Answers are about the program's qubits, wherever these end.
   */
  *rewrite<T>(program: Program<T>): Program<T> {
    const layouts = new Map<string, readonly number[] | null>();
    let step = program.next({ kind: 'done' });
    while (step.done !== true) {
      const ask = step.value;
      if (ask.kind === 'define') {
        const compiled = this.#compile(ask.circuit, ask.places);
        layouts.set(ask.key, layoutOf(compiled, ask.circuit));
        step = program.next(yield onWires(ask, compiled));
        continue;
      }
      const answer = yield ask;
      const layout = 'key' in ask ? (layouts.get(ask.key) ?? null) : null;
      step = program.next(layout === null ? answer : ofQubits(answer, layout));
    }
    return step.value;
  }

  #compile(circuit: Circuit, layout: readonly number[] | undefined): DeviceCircuit {
    const compiled = compileForDevice(circuit, this.#device, {
      seed: this.#seed,
      level,
      ...(layout === undefined ? {} : { layout }),
    });
    const { before, after, swaps } = compiled.facts;
    if (this.#facts === null || this.#facts.gates.after < gatesIn(after)) {
      this.#facts = {
        device: this.#device.id,
        calibratedAt: this.#device.calibratedAt,
        level,
        swaps,
        gates: { before: gatesIn(before), after: gatesIn(after) },
        twoQubitGates: { before: before.twoQubitGates, after: after.twoQubitGates },
        depth: { before: before.depth, after: after.depth },
        qubits: compiled.wires,
      };
    }
    return compiled;
  }
}

/** Where qubits end, if outcomes are over qubits at all and not each on its own wire. */
function layoutOf(
  { circuit, wires, finalLayout }: DeviceCircuit,
  sent: Circuit,
): readonly number[] | null {
  if (bitCountOf(circuit) > 0 && circuit.operations.some(({ kind }) => kind === 'measure')) {
    return null;
  }
  const isPlain =
    wires.length === qubitCountOf(sent) && finalLayout.every((wire, qubit) => wire === qubit);
  return isPlain ? null : finalLayout;
}

function onWires(
  ask: Extract<Ask, { kind: 'define' }>,
  { circuit, wires, finalLayout }: DeviceCircuit,
): Ask {
  const observables = ask.observables.map((one) =>
    observableOnWires(one, finalLayout, wires.length),
  );
  return { ...ask, circuit, observables, wires };
}

function ofQubits(answer: Answer, layout: readonly number[]): Answer {
  switch (answer.kind) {
    case 'samples':
    case 'runs':
      return { ...answer, counts: answer.counts.map((one) => countsOfQubits(one, layout)) };
    case 'probabilities':
      return { ...answer, values: probabilitiesOfQubits(answer.values, layout) };
    default:
      return answer;
  }
}

const noGates: ReadonlySet<string> = new Set(['measure', 'reset', 'if']);

function gatesIn({ gateCounts }: CircuitStatistics): number {
  return Object.entries(gateCounts).reduce(
    (sum, [name, count]) => (noGates.has(name) ? sum : sum + count),
    0,
  );
}
