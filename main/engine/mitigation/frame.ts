import { scaled } from '#shared/circuit/build.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import { matrixOfCall } from '#shared/circuit/unitary.ts';
import { pauliX, pauliZ } from '#shared/gates/define.ts';
import { gateById } from '#shared/gates/registry.ts';
import {
  adjoint,
  distanceUpToPhase,
  identity,
  kronecker,
  type Matrix,
  multiplyMatrices,
} from '#shared/math/matrix.ts';
import type { Observable } from '#shared/observables/observable.ts';

/** Letters on a few qubits in one number, as in simulators/pauli-transfer.ts: x of qubit j at bit 2j, z at 2j + 1. */
export type PauliIndex = number;

/** A gate with Pauli letters behind it in place of those that stood before it. */
interface Passed {
  readonly letters: PauliIndex;
  /** Which angles change their sign. */
  readonly negated: number;
}

/** Wider gates have too many letters to be looked at one by one; they are rare. */
const widest = 2;
const tolerance = 1e-9;
const known = new Map<string, Passed | null>();

/** Pauli letters on every qubit that are owed to a circuit and have not been applied. */
export class PauliFrame {
  readonly #letters: Uint8Array;

  constructor(qubits: number) {
    this.#letters = new Uint8Array(qubits);
  }

  /** Letters on these qubits, the first of them lowest. */
  at(qubits: readonly number[]): PauliIndex {
    return qubits.reduce(
      (index, qubit, j) => index | ((this.#letters[qubit] as number) << (2 * j)),
      0,
    );
  }

  /** Multiplies by letters; phases do not matter to a frame. */
  multiply(qubits: readonly number[], letters: PauliIndex): void {
    qubits.forEach((qubit, j) => {
      this.#letters[qubit] = (this.#letters[qubit] as number) ^ ((letters >> (2 * j)) & 3);
    });
  }

  /**
   * Brings the frame behind a gate: the gate as it is to run, angles turned round where a letter does that; null
   * where no letters behind it would do, so that those on its qubits have to be applied before it.
   */
  pass(gate: GateOperation): GateOperation | null {
    const before = this.at(gate.qubits);
    const onControls = (gate.controls ?? []).some(({ qubit }) => this.#letters[qubit] !== 0);
    if (before === 0 && !onControls) return gate;
    const passed = (gate.controls ?? []).length > 0 ? null : passedBy(gate, before);
    if (passed === null) return null;
    this.multiply(gate.qubits, before ^ passed.letters);
    if (passed.negated === 0) return gate;
    return {
      ...gate,
      parameters: gate.parameters.map((angle, k) => {
        if (((passed.negated >> k) & 1) === 0) return angle;
        return typeof angle === 'number' ? numberOf(-angle) : scaled(-1, angle);
      }),
    };
  }

  /** The observable that has the same mean in the circuit with the frame as `observable` without. */
  read(observable: Observable): Observable {
    const letters = this.#letters;
    if (observable.kind === 'diagonal') {
      const mask = letters.reduce((bits, letter, q) => bits + (letter & 1) * 2 ** q, 0);
      return {
        kind: 'diagonal',
        values: observable.values.map((_, k) => observable.values[k ^ mask] as number),
      };
    }
    const terms = observable.sum.terms.map((term) => {
      const flips = term.factors.filter(({ qubit, letter }) => {
        const own = { X: 1, Z: 2, Y: 3 }[letter];
        return letters[qubit] !== 0 && letters[qubit] !== own;
      }).length;
      return flips % 2 === 0 ? term : { ...term, coefficient: -term.coefficient };
    });
    return { kind: 'pauli', sum: { terms } };
  }
}

function passedBy(call: GateOperation, letters: PauliIndex): Passed | null {
  const gate = gateById(call.gate);
  if (gate === null || call.qubits.length > widest) return null;
  const name = `${call.gate} ${call.power ?? 1} ${letters}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const found =
    gate.parameterNames.length === 0 ? byClifford(call, letters) : byAngles(call, letters);
  known.set(name, found);
  return found;
}

/** The letters that U·P·U† is, if it is any. */
function byClifford(call: GateOperation, letters: PauliIndex): Passed | null {
  const u = matrixOfCall(call);
  const image = multiplyMatrices(
    multiplyMatrices(u, lettersMatrix(letters, call.qubits.length)),
    adjoint(u),
  );
  const strings = 4 ** call.qubits.length;
  for (let own = 0; own < strings; own++) {
    const distance = distanceUpToPhase(image, lettersMatrix(own, call.qubits.length));
    if (distance < tolerance) return { letters: own, negated: 0 };
  }
  return null;
}

/** The signs of angles with which the letters pass unchanged, whatever the angles: told at some that mean nothing. */
function byAngles(call: GateOperation, letters: PauliIndex): Passed | null {
  const count = call.parameters.length;
  const angles = Array.from({ length: count }, (_, k) => 0.6180339 + 0.4142136 * k);
  const at = (some: readonly number[]) => matrixOfCall({ ...call, parameters: some.map(numberOf) });
  const p = lettersMatrix(letters, call.qubits.length);
  const turned = multiplyMatrices(multiplyMatrices(p, at(angles)), p);
  for (let negated = 0; negated < 2 ** count; negated++) {
    const other = at(angles.map((angle, k) => (((negated >> k) & 1) === 1 ? -angle : angle)));
    if (distanceUpToPhase(turned, other) < tolerance) return { letters, negated };
  }
  return null;
}

/** Up to a phase. */
function lettersMatrix(letters: PauliIndex, qubits: number): Matrix {
  let matrix: Matrix | null = null;
  for (let j = 0; j < qubits; j++) {
    const letter = (letters >> (2 * j)) & 3;
    const x = (letter & 1) === 1 ? pauliX : identity(2);
    const own = (letter & 2) === 2 ? multiplyMatrices(x, pauliZ) : x;
    matrix = matrix === null ? own : kronecker(own, matrix);
  }
  return matrix ?? identity(1);
}
