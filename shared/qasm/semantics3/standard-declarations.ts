import { gate as callOf } from '../../circuit/build.ts';
import type { GateDefinition, GateOperation } from '../../circuit/circuit.ts';
import { withAllControls } from '../../circuit/controlled-forms.ts';
import { sameOperation } from '../../circuit/equal.ts';
import { type Expression, numberOf, parameterOf } from '../../circuit/expression.ts';
import { formulaSteps } from '../../circuit/formula-steps.ts';
import type { Gate } from '../../gates/gate.ts';
import { gateById } from '../../gates/registry.ts';

/**
 * How a program declares the circuit's U, which is U of OpenQASM 3 without its phase of θ/2: under
 * controls, under broken powers and in the body of a gate that phase would be seen.
 */
export function universalDeclaration(name: string): string {
  return `gate ${name}(theta, phi, lambda) q0 { gphase(-(theta/2)); U(theta, phi, lambda) q0; }`;
}

/** What that declaration says, as it is read. */
function universalDefinition(): GateDefinition {
  const angles = ['theta', 'phi', 'lambda'].map(parameterOf);
  const [theta] = angles as [Expression];
  const half: Expression = { kind: 'binary', operator: '/', left: theta, right: numberOf(2) };
  return {
    name: 'u',
    parameterNames: ['theta', 'phi', 'lambda'],
    qubitNames: ['q0'],
    body: [
      callOf('gphase', [], [{ kind: 'negate', operand: half }]),
      callOf('gphase', [], [half]),
      callOf('u', [0], angles),
    ],
  };
}

/** Whether a program may declare the name without meaning a gate of its own; `text` declares it. */
export function isStandardName(name: string, text: string): boolean {
  if (name !== 'u') return standardDeclaration(name) !== null;
  return text.replaceAll(/\s/g, '') === universalDeclaration(name).replaceAll(/\s/g, '');
}

const known = new Map<string, GateDefinition | null>();

/**
 * How a program declares a gate of the registry that stdgates.inc lacks. A declaration that says
 * exactly this is read as the registry's gate again; null for other names.
 */
export function standardDeclaration(id: string): GateDefinition | null {
  let definition = known.get(id);
  if (definition === undefined) {
    const gate = gateById(id);
    const isLacking = gate !== null && gate.id === id && gate.qasm3.home === 'none';
    definition = id === 'u' ? universalDefinition() : isLacking ? declared(gate) : null;
    known.set(id, definition);
  }
  return definition;
}

function declared(gate: Gate): GateDefinition {
  const qubits = Array.from({ length: gate.qubitCount }, (_, i) => i);
  return {
    name: gate.id,
    parameterNames: gate.parameterNames,
    qubitNames: qubits.map((qubit) => `q${qubit}`),
    body: bodyOf(gate, qubits),
  };
}

function bodyOf(gate: Gate, qubits: readonly number[]): readonly GateOperation[] {
  const parameters = gate.parameterNames.map(parameterOf);
  const call = callOf(gate.id, qubits, parameters);
  if (gate.id === 'sxdg') return [{ ...callOf('sx', qubits), power: -1 }];
  if (gate.id === 'cu3') return [callOf('cu', qubits, [...parameters, numberOf(0)])];
  const [form] = withAllControls(call);
  if (form !== undefined && form.gate !== gate.id) {
    // √X† is itself no gate of the standard file.
    return [form.gate === 'sxdg' ? { ...form, gate: 'sx', power: -1 } : form];
  }
  const made = formulaSteps(gate, parameters);
  if (made === null) return [];
  const steps = made.steps.map((step) => callOf(step.gate, step.qubits, step.parameters));
  const isPhased = !(made.phase.kind === 'number' && made.phase.value === 0);
  return isPhased ? [...steps, callOf('gphase', [], [made.phase])] : steps;
}

/** Whether a declaration is the one by which this application declares the gate of that name. */
export function isStandardDeclaration(definition: GateDefinition): boolean {
  const standard = standardDeclaration(definition.name);
  const body = definition.body;
  if (standard === null || standard.body === null || body === null) return false;
  return (
    definition.parameterNames.join() === standard.parameterNames.join() &&
    definition.qubitNames.join() === standard.qubitNames.join() &&
    body.length === standard.body.length &&
    standard.body.every((step, i) => sameOperation(step, body[i] ?? step))
  );
}
