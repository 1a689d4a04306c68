import { AppError } from '../base/errors.ts';
import { gate as callOf } from '../circuit/build.ts';
import type { Circuit, GateOperation } from '../circuit/circuit.ts';
import { type Expression, numberOf, parametersIn } from '../circuit/expression.ts';
import { formulaInverse } from '../circuit/formula-steps.ts';
import { multipliedAngle } from '../circuit/global-phase.ts';
import { matrixOfCall, unitaryOf } from '../circuit/unitary.ts';
import { gateById } from '../gates/registry.ts';
import { synthesise } from '../gates/synthesis.ts';
import type { Notes } from './notes.ts';

/** Rotations: a power multiplies their angle. */
const rotations: ReadonlySet<string> = new Set('crx cry crz cp p rx rxx ry ryy rz rzz'.split(' '));

/** Angle of the phase gate that each is. */
const phases: Readonly<Record<string, number>> = {
  z: Math.PI,
  s: Math.PI / 2,
  sdg: -Math.PI / 2,
  t: Math.PI / 4,
  tdg: -Math.PI / 4,
};

/** Longer repetitions become one matrix. */
const maximumRepetition = 16;

/** Calls without a power that do what the call does, phase included; controls are handed on. */
export function withoutPower(
  call: GateOperation,
  circuit: Circuit,
  notes: Notes,
): readonly GateOperation[] {
  const power = call.power ?? 1;
  const { power: _, ...plain } = call;
  const known = gateById(call.gate);
  const isOwn = circuit.definitions.some(({ name }) => name === call.gate);
  const isOpen = call.parameters.some((one) => parametersIn(one).length > 0);
  if (known !== null && !isOwn) {
    if (Number.isInteger(power)) {
      const repeated = repeat(plain, known, power);
      if (repeated !== null) return repeated;
    }
    const turned = phases[known.id];
    if (turned !== undefined)
      return [{ ...plain, gate: 'p', parameters: [numberOf(turned * power)] }];
    const [angle] = call.parameters;
    if (isOpen && rotations.has(known.id) && angle !== undefined) {
      notes.add(
        `the power ${power} of “${known.id}” with an open angle`,
        'written with the multiplied angle, which is the same for angles of less than a turn',
      );
      return [{ ...plain, parameters: [multipliedAngle(angle, power)] }];
    }
  }
  if (isOpen) {
    throw new AppError(
      'unsupported',
      `These gates cannot express the power ${power} of “${call.gate}” with an open parameter. Give it a value.`,
      { gate: call.gate, power },
    );
  }
  const made = synthesise(isOwn ? ownMatrix(call, circuit) : matrixOfCall(call));
  notes.add(`the power ${power} of “${call.gate}”`, 'decomposed');
  const under = call.controls === undefined ? {} : { controls: call.controls };
  const steps = made.steps.map((step) => ({
    ...callOf(
      step.gate,
      step.qubits.map((place) => call.qubits[place] as number),
      step.parameters,
    ),
    ...under,
  }));
  return Math.abs(made.phase) < 1e-13
    ? steps
    : [...steps, { ...callOf('gphase', [], [made.phase]), ...under }];
}

function repeat(
  call: GateOperation,
  gate: NonNullable<ReturnType<typeof gateById>>,
  power: number,
): readonly GateOperation[] | null {
  const [angle] = call.parameters;
  if (rotations.has(gate.id) && angle !== undefined) {
    const parameters: readonly Expression[] = [multipliedAngle(angle, power)];
    return [{ ...call, parameters }];
  }
  if (gate.isHermitian) return power % 2 === 0 ? [] : [call];
  if (Math.abs(power) > maximumRepetition) return null;
  const inverse = formulaInverse(gate, call.parameters);
  const one = power > 0 ? call : { ...call, ...inverse };
  return Array.from({ length: Math.abs(power) }, () => one);
}

/** The matrix of a call of a gate of the circuit's own, its power taken. */
function ownMatrix(call: GateOperation, circuit: Circuit) {
  const { controls: _, ...bare } = call;
  return unitaryOf({
    ...circuit,
    qubitRegisters: [{ name: 'q', size: call.qubits.length }],
    bitRegisters: [],
    operations: [{ ...bare, qubits: call.qubits.map((__, i) => i) }],
  });
}
