import { AppError } from '../../base/errors.ts';
import { type GateOperation, qubitCountOf } from '../../circuit/circuit.ts';
import { evaluate } from '../../circuit/expression.ts';
import { hadamard, phaseMatrix, rotationMatrix, pauliX, pauliY } from '../../gates/define.ts';
import { gateById, gates } from '../../gates/registry.ts';
import { eulerAnglesOf } from '../../math/euler.ts';
import { adjoint, identity, type Matrix, multiplyMatrices } from '../../math/matrix.ts';
import { type Exporter, Losses } from './exporter.ts';
import { ionqText, unitaryPart } from './ionq.ts';
import { lowerFor, openParameterOf } from '../../compiler/lowering.ts';

const turn = 2 * Math.PI;

/** Every one-qubit gate is compiled from its matrix; the others go by way of XX. */
const native: ReadonlySet<string> = new Set([
  ...gates.filter(({ qubitCount }) => qubitCount === 1).map(({ id }) => id as string),
  'cx',
  'cz',
  'rxx',
  'ryy',
  'rzz',
]);

export const ionqNativeExporter: Exporter = {
  id: 'ionq-native',
  title: 'IonQ JSON (native gates)',
  fileExtension: 'json',
  export: (circuit) => {
    const losses = new Losses();
    const calls = unitaryPart(circuit, losses, (part) => lowerFor(part, { native }, losses));
    const compiler = new NativeCompiler(qubitCountOf(circuit));
    for (const call of calls) compiler.add(call);
    const made = compiler.finish();
    if (compiler.hasLeftPhases) {
      losses.add('phases of single qubits at the end', 'no measurement can tell them');
    }
    if (calls.length > 0) {
      losses.add('the gates themselves', 'compiled to gpi, gpi2 and ms, equal up to phases');
    }
    return { text: ionqText(circuit, 'native', made), losses: losses.all };
  },
};

/** A native gate: phases and angles in turns (IonQ API v0.4). */
type NativeGate =
  | { readonly gate: 'gpi' | 'gpi2'; readonly target: number; readonly phase: number }
  | {
      readonly gate: 'ms';
      readonly targets: readonly [number, number];
      readonly phases: readonly [number, number];
      readonly angle: number;
    };

/** One-qubit matrices around RXX that make a gate: before and after it, on each of its qubits. */
interface Frame {
  readonly angle: number;
  readonly before: readonly [Matrix, Matrix];
  readonly after: readonly [Matrix, Matrix];
}

const one = identity(2);
const quarterX = rotationMatrix(pauliX, -Math.PI / 2);
const quarterY = rotationMatrix(pauliY, Math.PI / 2);
const s = phaseMatrix(Math.PI / 2);

function frameOf(gate: string, angle: number): Frame {
  switch (gate) {
    case 'rxx':
      return { angle, before: [one, one], after: [one, one] };
    case 'ryy':
      return { angle, before: [adjoint(s), adjoint(s)], after: [s, s] };
    case 'rzz':
      return { angle, before: [hadamard, hadamard], after: [hadamard, hadamard] };
    default: {
      // CX by one XX interaction (Maslov 2017); CZ with a Hadamard on either side.
      const around = gate === 'cz' ? hadamard : one;
      return {
        angle: Math.PI / 2,
        before: [quarterY, around],
        after: [multiplyMatrices(adjoint(quarterY), quarterX), multiplyMatrices(around, quarterX)],
      };
    }
  }
}

/**
 * Compiles to gpi, gpi2 and ms. Rotations about z cost nothing: they are kept as an angle for each
 * qubit and turn the phases of what follows. One-qubit gates are gathered until an ms needs them.
 */
class NativeCompiler {
  readonly #made: NativeGate[] = [];
  /** What was gathered on each qubit and is not written yet. */
  readonly #gathered: (Matrix | null)[];
  /** Radians by which each qubit is turned about z beyond what is written. */
  readonly #turned: number[];

  constructor(qubits: number) {
    this.#gathered = Array.from({ length: qubits }, () => null);
    this.#turned = Array.from({ length: qubits }, () => 0);
  }

  get hasLeftPhases(): boolean {
    return this.#turned.some((angle) => Math.abs(Math.sin(angle / 2)) > 1e-9);
  }

  add(call: GateOperation): void {
    const open = openParameterOf(call);
    if (open !== null) {
      const message = `IonQ's JSON holds numbers only, and “${open}” has no value. Give it one.`;
      throw new AppError('unsupported', message, { parameter: open });
    }
    const angles = call.parameters.map((parameter) => evaluate(parameter));
    const [a, b] = call.qubits as [number, number | undefined];
    if (b === undefined) {
      const matrix = gateById(call.gate)?.matrix(angles) ?? one;
      this.#gather(a, matrix);
      return;
    }
    const { angle, before, after } = frameOf(call.gate, angles[0] ?? 0);
    this.#gather(a, before[0]);
    this.#gather(b, before[1]);
    this.#interact(a, b, angle);
    this.#gather(a, after[0]);
    this.#gather(b, after[1]);
  }

  finish(): readonly NativeGate[] {
    this.#gathered.forEach((_, qubit) => this.#write(qubit));
    return this.#made;
  }

  #gather(qubit: number, matrix: Matrix): void {
    const before = this.#gathered[qubit];
    this.#gathered[qubit] =
      before === null || before === undefined ? matrix : multiplyMatrices(matrix, before);
  }

  /** exp(−i·angle·XX/2); an ms reaches a quarter turn, two flips do half a turn. */
  #interact(a: number, b: number, angle: number): void {
    let rest = angle - turn * Math.round(angle / turn);
    if (Math.abs(rest) > Math.PI / 2 + 1e-12) {
      rest -= Math.sign(rest) * Math.PI;
      this.#gather(a, pauliX);
      this.#gather(b, pauliX);
    }
    if (Math.abs(rest) < 1e-12) return;
    this.#write(a);
    this.#write(b);
    const back = rest < 0 ? Math.PI : 0;
    const phases = [
      inTurns(back - (this.#turned[a] as number)),
      inTurns(-(this.#turned[b] as number)),
    ] as const;
    this.#made.push({ gate: 'ms', targets: [a, b], phases, angle: Math.abs(rest) / turn });
  }

  /** Writes what was gathered, at most two pulses. */
  #write(qubit: number): void {
    const matrix = this.#gathered[qubit];
    if (matrix === null || matrix === undefined) return;
    this.#gathered[qubit] = null;
    const { theta, phi, lambda } = eulerAnglesOf(matrix);
    const half = Math.PI / 2;
    if (theta < 1e-12) this.#turn(qubit, phi + lambda);
    else if (Math.abs(theta - Math.PI) < 1e-12) {
      this.#turn(qubit, lambda - half);
      this.#pulse('gpi', qubit);
      this.#turn(qubit, phi + half);
    } else if (Math.abs(theta - half) < 1e-12) {
      this.#turn(qubit, lambda - half);
      this.#pulse('gpi2', qubit);
      this.#turn(qubit, phi + half);
    } else {
      // U(θ, φ, λ) = RZ(φ + π)·√X·RZ(θ + π)·√X·RZ(λ) up to phase.
      this.#turn(qubit, lambda);
      this.#pulse('gpi2', qubit);
      this.#turn(qubit, theta + Math.PI);
      this.#pulse('gpi2', qubit);
      this.#turn(qubit, phi + Math.PI);
    }
  }

  #turn(qubit: number, angle: number): void {
    this.#turned[qubit] = (this.#turned[qubit] as number) + angle;
  }

  /** A turn about x, as it looks from the frame of the qubit. */
  #pulse(gate: 'gpi' | 'gpi2', qubit: number): void {
    this.#made.push({ gate, target: qubit, phase: inTurns(-(this.#turned[qubit] as number)) });
  }
}

/** Between 0 and 1, without the noise of rounding. */
function inTurns(angle: number): number {
  const turns = angle / turn - Math.floor(angle / turn);
  const rounded = Number(turns.toFixed(15));
  return rounded === 1 ? 0 : rounded;
}
