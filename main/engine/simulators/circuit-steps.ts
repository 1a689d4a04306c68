import { type Bindings, evaluate, type Expression, numberOf } from '#shared/circuit/expression.ts';
import type { Gate } from '#shared/gates/gate.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { CircuitStep } from '../kernels/gate-step.ts';
import { bind, innerBlock, isBound, type UnitaryInstruction } from './lowering.ts';

/** An angle that is known when the circuit is bound: factor·expression. */
export interface OpenAngle {
  readonly expression: Expression;
  readonly factor: number;
}

/** A circuit with open angles for the kernels, and the phase that its steps leave out. */
export interface OpenCircuit {
  readonly steps: readonly CircuitStep[];
  /** By slot. */
  readonly angles: readonly OpenAngle[];
  /** The whole state is short of exp(i·Σ factor·expression). */
  readonly phase: readonly OpenAngle[];
}

/**
 * Takes a circuit apart into fixed matrices and rotations by open angles; null where a gate with an
 * open angle has no such form (powers, further controls).
 */
export function openCircuitOf(instructions: readonly UnitaryInstruction[]): OpenCircuit | null {
  const builder = new OpenCircuitBuilder();
  for (const instruction of instructions) {
    if (isBound(instruction)) builder.fixed(instruction);
    else if (!builder.open(instruction)) return null;
  }
  return builder.finish();
}

/** The steps of one gate whose angles are bound; those without a form of their own are taken apart. */
export function boundSteps(
  instruction: UnitaryInstruction,
  bindings: Bindings,
): readonly CircuitStep[] {
  const builder = new OpenCircuitBuilder();
  const parameters = instruction.parameters.map((one) => numberOf(evaluate(one, bindings)));
  builder.fixed({ ...instruction, parameters });
  return builder.finish().steps;
}

/** Angles of the slots under the bindings, radians. */
export function anglesOf(circuit: OpenCircuit, bindings: Bindings): Float64Array {
  return Float64Array.from(
    circuit.angles,
    ({ expression, factor }) => factor * evaluate(expression, bindings),
  );
}

/** The phase that the steps leave out, radians. */
export function phaseOf({ phase }: OpenCircuit, bindings: Bindings): number {
  return phase.reduce(
    (sum, { expression, factor }) => sum + factor * evaluate(expression, bindings),
    0,
  );
}

class OpenCircuitBuilder {
  readonly #steps: CircuitStep[] = [];
  readonly #angles: OpenAngle[] = [];
  readonly #phase: OpenAngle[] = [];

  finish(): OpenCircuit {
    return { steps: this.#steps, angles: this.#angles, phase: this.#phase };
  }

  /** Gates on three and more qubits that are no controlled ones are taken apart as the registry says. */
  fixed(instruction: UnitaryInstruction): void {
    const { gate, power, controls, antiControls, targets, qubits } = instruction;
    const isPlain = power === 1 && antiControls.length === 0 && qubits.length === gate.qubitCount;
    if (isPlain && controls.length === 0 && targets.length > 2 && gate.decomposition !== null) {
      for (const part of gate.decomposition(instruction.parameters.map((one) => evaluate(one)))) {
        this.#gate(
          part.gate,
          part.parameters,
          part.qubits.map((place) => targets[place] as number),
        );
      }
      return;
    }
    for (const step of bind(instruction, {})) this.#steps.push({ kind: 'fixed', step });
  }

  open({ gate, parameters, qubits, power, controls, antiControls }: UnitaryInstruction): boolean {
    if (power !== 1 || antiControls.length > 0 || qubits.length !== gate.qubitCount) return false;
    if (controls.length !== gate.controlCount) return false;
    const [first, second] = qubits as readonly [number, number];
    const [theta, phi, lambda] = parameters as readonly [Expression, Expression, Expression];
    switch (gate.id as string) {
      case 'rx':
      case 'ry':
        this.#turn(gate.id === 'rx' ? 'x' : 'y', first, theta);
        return true;
      case 'rz':
        this.#rotateZ(first, theta, 1);
        return true;
      case 'p':
        this.#turn('z', first, theta);
        return true;
      case 'u':
        // diag(1, e^{iφ})·RY(θ)·diag(1, e^{iλ}).
        this.#turn('z', first, lambda);
        this.#turn('y', first, theta);
        this.#turn('z', first, phi);
        return true;
      case 'u2':
        this.#turn('z', first, phi);
        this.#gate('ry', [Math.PI / 2], [first]);
        this.#turn('z', first, theta);
        return true;
      case 'rzz':
        this.#parity(first, second, theta, 1);
        return true;
      case 'rxx':
        this.#conjugated('h', [], 'h', [], qubits, () => this.#parity(first, second, theta, 1));
        return true;
      case 'ryy':
        this.#conjugated('rx', [Math.PI / 2], 'rx', [-Math.PI / 2], qubits, () =>
          this.#parity(first, second, theta, 1),
        );
        return true;
      case 'cp':
        this.#turn('z', first, theta, 1 / 2);
        this.#turn('z', second, theta, 1 / 2);
        this.#parity(first, second, theta, -1 / 2);
        this.#phase.push({ expression: theta, factor: -1 / 4 });
        return true;
      case 'crz':
        this.#controlledZ(first, second, theta);
        return true;
      case 'crx':
        this.#conjugated('h', [], 'h', [], [second], () => this.#controlledZ(first, second, theta));
        return true;
      case 'cry':
        this.#conjugated('rx', [Math.PI / 2], 'rx', [-Math.PI / 2], [second], () =>
          this.#controlledZ(first, second, theta),
        );
        return true;
      default:
        return false;
    }
  }

  #turn(axis: 'x' | 'y' | 'z', qubit: number, expression: Expression, factor = 1): void {
    const slot = this.#angles.push({ expression, factor }) - 1;
    this.#steps.push({ kind: 'open', step: { axis, targets: [qubit], slot } });
  }

  /** RZ(factor·θ): diag(1, e^{iθ}) and a phase. */
  #rotateZ(qubit: number, expression: Expression, factor: number): void {
    this.#turn('z', qubit, expression, factor);
    this.#phase.push({ expression, factor: -factor / 2 });
  }

  /** exp(−i·factor·θ/2·ZZ). */
  #parity(first: number, second: number, expression: Expression, factor: number): void {
    const slot = this.#angles.push({ expression, factor }) - 1;
    this.#steps.push({ kind: 'open', step: { axis: 'zz', targets: [first, second], slot } });
  }

  /** exp(−iθ/2·n·Z) = RZ(θ/2) on the target and a parity phase of −θ/2. */
  #controlledZ(control: number, target: number, expression: Expression): void {
    this.#rotateZ(target, expression, 1 / 2);
    this.#parity(control, target, expression, -1 / 2);
  }

  #conjugated(
    before: string,
    beforeAngles: readonly number[],
    after: string,
    afterAngles: readonly number[],
    qubits: readonly number[],
    inner: () => void,
  ): void {
    for (const qubit of qubits) this.#gate(before, beforeAngles, [qubit]);
    inner();
    for (const qubit of qubits) this.#gate(after, afterAngles, [qubit]);
  }

  #gate(id: string, parameters: readonly number[], qubits: readonly number[]): void {
    const gate = gateById(id) as Gate;
    const controls = qubits.slice(0, gate.controlCount);
    const targets = qubits.slice(gate.controlCount);
    this.#steps.push({
      kind: 'fixed',
      step: {
        matrix: innerBlock(gate.matrix(parameters), gate.controlCount),
        targets,
        controls,
        isDiagonal: gate.isDiagonal,
      },
    });
  }
}
