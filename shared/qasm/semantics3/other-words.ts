import { AppError } from '../../base/errors.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { withAllControls } from '../../circuit/controlled-forms.ts';
import { evaluate, numberOf, parametersIn } from '../../circuit/expression.ts';
import { asUniversal, phaseOperations, universalName } from '../../circuit/global-phase.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { eulerAnglesOf } from '../../math/euler.ts';
import type { GateSymbol } from './program-steps.ts';

/**
 * What a call became, without the names that the program gives to gates of its own: a program may
 * declare a gate `p` whose body is a controlled phase, and that must not call itself.
 */
export function inOtherWords(
  operations: GateOperation[],
  { symbol, ownNames }: { readonly symbol: GateSymbol; readonly ownNames: ReadonlySet<string> },
): GateOperation[] {
  if (ownNames.size === 0) return operations;
  return operations.flatMap((operation) => {
    const isCallee = symbol.isUserDefined && operation.gate === symbol.gate;
    return isCallee || !ownNames.has(operation.gate) ? [operation] : otherWords(operation);
  });
}

function otherWords(operation: GateOperation): GateOperation[] {
  const { gate, parameters, power } = operation;
  if (gate === 'u') return [{ ...operation, gate: universalName }];
  if (gate === 'p') return [asUniversal(operation)];
  const [bare] = withAllControls(operation) as [GateOperation];
  if (bare.qubits.length !== 1 || parameters.some((one) => parametersIn(one).length > 0)) {
    const message = `“${gate}” is needed here as the language defines it, but this program declares a gate of that name. Rename yours.`;
    throw new AppError('unsupported', message, { gate, ...(power === undefined ? {} : { power }) });
  }
  const angles = eulerAnglesOf(
    matrixOfCall({ ...bare, parameters: bare.parameters.map((one) => numberOf(evaluate(one))) }),
  );
  const { power: _, ...plain } = bare;
  const universal: GateOperation = {
    ...plain,
    gate: universalName,
    parameters: [angles.theta, angles.phi, angles.lambda].map(numberOf),
  };
  if (Math.abs(angles.phase) < 1e-14) return [universal];
  const phase = phaseOperations(numberOf(angles.phase), bare.controls ?? [], operation.origin);
  return [...phase.map(asUniversal), universal];
}
