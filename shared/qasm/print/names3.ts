import type { Circuit, GateOperation } from '../../circuit/circuit.ts';
import { withAllControls } from '../../circuit/controlled-forms.ts';
import { numberOf, parametersIn } from '../../circuit/expression.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { gateById } from '../../gates/registry.ts';
import { eulerAnglesOf } from '../../math/euler.ts';
import { standardGates, standardNames } from '../semantics3/gate-calls.ts';
import type { GateName } from './names.ts';

/** A call as it is written: U of OpenQASM 3 has a phase, so another name may stand for the circuit's. */
export interface WrittenCall extends GateName {
  readonly operation: GateOperation;
}

export interface GateNames3 {
  readonly name: (gate: string) => GateName;
  /** The call by a name that does exactly what it does; `isInBody`: in the body of a gate. */
  readonly call: (operation: GateOperation, isInBody?: boolean) => WrittenCall;
  /** Names that the program declares by `declarationsOf`. */
  readonly missing: ReadonlySet<string>;
}

type Names = Pick<Circuit, 'definitions'> &
  Partial<Pick<Circuit, 'qubitRegisters' | 'bitRegisters' | 'parameters'>>;

/**
 * Names of this circuit's gates in OpenQASM 3. What stdgates.inc does not have is declared by the
 * printed program itself (`missing`), under the registry's name.
 */
export function gateNames3(circuit: Names): GateNames3 {
  const own = new Set(circuit.definitions.map((definition) => definition.name));
  const missing = new Set<string>();
  const hidesFile = standardNames.some((one) => own.has(one));
  const standard = new Map(standardGates().map(({ gate, name }) => [gate, name]));
  const name = (gate: string): GateName => {
    if (own.has(gate)) return { name: gate, needsStandardFile: false };
    if (gate === 'gphase') return { name: gate, needsStandardFile: false };
    const known = gateById(gate);
    const id = known?.id ?? gate;
    if (id === 'u') return { name: 'U', needsStandardFile: false };
    const exact = standardNames.includes(id) && !own.has(id) ? id : standard.get(id);
    if (exact !== undefined && !own.has(exact)) return { name: exact, needsStandardFile: true };
    missing.add(id);
    return { name: id, needsStandardFile: true };
  };
  const call = (operation: GateOperation, isInBody = false): WrittenCall => {
    const id = own.has(operation.gate) ? null : gateById(operation.gate)?.id;
    const hasPhase = id === 'u' || id === 'u2';
    if (!hasPhase || !(isInBody || isSeen(operation))) {
      const needsFile = hidesFile && id !== 'u' && id !== 'gphase' && id !== null;
      const plain = needsFile ? withoutFile(operation) : operation;
      const found = name(plain.gate);
      return { ...found, operation: plain };
    }
    const exact = universalName(circuit, own);
    missing.add(exact);
    const { parameters } = operation;
    const angles = id === 'u2' ? [numberOf(Math.PI / 2), ...parameters] : parameters;
    const written = { ...operation, gate: 'u', parameters: angles };
    return { name: exact, needsStandardFile: false, operation: written };
  };
  return { name, call, missing };
}

/**
 * A gate of stdgates.inc where the program cannot include it, because it declares gates of the same
 * names: by the language's own words, or by a gate that the printed program declares.
 */
function withoutFile(operation: GateOperation): GateOperation {
  if (!standardNames.includes(gateById(operation.gate)?.id ?? '')) return operation;
  const [bare, second] = withAllControls({
    ...operation,
    gate: gateById(operation.gate)?.id ?? '',
  });
  const [angle] = bare?.parameters ?? [];
  const [qubit] = bare?.qubits ?? [];
  if (bare === undefined || second !== undefined || qubit === undefined) return operation;
  if (bare.gate === 'p' && angle !== undefined) {
    const controls = [...(bare.controls ?? []), { qubit, value: 1 as const }];
    return { ...bare, gate: 'gphase', qubits: [], controls };
  }
  const isOpen = bare.parameters.some((one) => parametersIn(one).length > 0);
  if (isOpen || bare.qubits.length !== 1) return operation;
  const { power: _, ...once } = bare;
  const { theta, phi, lambda, phase } = eulerAnglesOf(matrixOfCall(bare));
  return { ...once, gate: 'phased_u', parameters: [theta, phi, lambda, phase].map(numberOf) };
}

/** Whether a phase of the gate would change what is done. */
function isSeen({ controls, power }: GateOperation): boolean {
  return (controls ?? []).length > 0 || !Number.isInteger(power ?? 1);
}

/** “u”, or the same with underlines where the program calls something else so. */
function universalName(circuit: Names, own: ReadonlySet<string>): string {
  const { qubitRegisters = [], bitRegisters = [], parameters = [] } = circuit;
  const others = [...qubitRegisters, ...bitRegisters, ...parameters];
  const taken = new Set([...own, ...others.map(({ name }) => name)]);
  let name = 'u';
  while (taken.has(name)) name += '_';
  return name;
}

/** Whether it is a name by which a program declares the circuit's U. */
export function isUniversalName(name: string): boolean {
  return /^u_*$/.test(name);
}
