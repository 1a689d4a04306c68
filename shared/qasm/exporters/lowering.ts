import { AppError } from '../../base/errors.ts';
import type { Circuit, GateOperation, Operation } from '../../circuit/circuit.ts';
import { flattenOperations } from '../../circuit/expand.ts';
import { evaluate, numberOf, parametersIn } from '../../circuit/expression.ts';
import { gateById } from '../../gates/registry.ts';
import type { Losses } from './exporter.ts';

/** Longer programs are refused: no tool would read them. */
const maximumOperations = 500_000;

/** The decompositions of the registry end after this many rounds where a target knows h, rz and cx. */
const maximumRounds = 20;

/**
 * The operations in gates that the target knows (`native` holds registry ids): gates of the user's
 * own are written out, others decomposed up to global phase, and both noted.
 */
export function lowerFor(
  circuit: Circuit,
  native: ReadonlySet<string>,
  losses: Losses,
): readonly Operation[] {
  const own = new Set(circuit.definitions.map(({ name }) => name));
  for (const operation of circuit.operations) noteOwn(operation, own, losses);
  const flat = flattenOperations(circuit, maximumOperations);
  return flat.flatMap((operation) => lowerOperation(operation, native, losses));
}

function noteOwn(operation: Operation, own: ReadonlySet<string>, losses: Losses): void {
  if (operation.kind === 'if') {
    for (const inner of [...operation.body, ...operation.otherwise]) noteOwn(inner, own, losses);
  } else if (operation.kind === 'gate' && own.has(operation.gate)) {
    losses.add(`the declaration of the gate “${operation.gate}”`, 'written out in built-in gates');
  }
}

function lowerOperation(
  operation: Operation,
  native: ReadonlySet<string>,
  losses: Losses,
): readonly Operation[] {
  if (operation.kind === 'if') {
    const lower = (inner: Operation): readonly Operation[] => lowerOperation(inner, native, losses);
    return [
      {
        ...operation,
        body: operation.body.flatMap(lower),
        otherwise: operation.otherwise.flatMap(lower),
      },
    ];
  }
  return operation.kind === 'gate' ? lowerGate(operation, native, losses, 0) : [operation];
}

function lowerGate(
  operation: GateOperation,
  native: ReadonlySet<string>,
  losses: Losses,
  round: number,
): readonly GateOperation[] {
  const gate = gateById(operation.gate);
  if (gate === null) {
    throw new AppError('bad-input', `There is no gate “${operation.gate}”. Declare it first.`);
  }
  if ((operation.controls ?? []).length > 0) {
    throw unsupported(`further controls on “${operation.gate}”`);
  }
  const power = operation.power ?? 1;
  if (power === 1 && native.has(gate.id)) return [{ ...operation, gate: gate.id }];
  if (power !== 1 && power !== -1) throw unsupported(`the power ${power} of “${operation.gate}”`);
  const free = operation.parameters.flatMap(parametersIn);
  if (free.length > 0) {
    throw unsupported(`“${operation.gate}” with the open parameter ${free[0]}`);
  }
  const values = operation.parameters.map((parameter) => evaluate(parameter));
  if (power === -1) {
    const inverse = gate.inverse(values);
    const { qubits } = operation;
    const call = { kind: 'gate' as const, gate: inverse.gate, qubits };
    return lowerGate(
      { ...call, parameters: inverse.parameters.map(numberOf) },
      native,
      losses,
      round + 1,
    );
  }
  const steps = gate.decomposition?.(values);
  if (steps === undefined || round > maximumRounds) throw unsupported(`“${operation.gate}”`);
  if (round === 0) losses.add(`the gate “${gate.id}”`, 'decomposed, equal up to global phase');
  return steps.flatMap((step) =>
    lowerGate(
      {
        kind: 'gate',
        gate: step.gate,
        parameters: step.parameters.map(numberOf),
        qubits: step.qubits.map((position) => operation.qubits[position] as number),
      },
      native,
      losses,
      round + 1,
    ),
  );
}

function unsupported(what: string): AppError {
  return new AppError('unsupported', `This format cannot express ${what}. Decompose it first.`, {
    what,
  });
}
