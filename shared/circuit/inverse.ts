import { gateById } from '../gates/registry.ts';
import type { GateOperation } from './circuit.ts';
import { evaluate, numberOf, parametersIn } from './expression.ts';

/**
 * What undoes a list of gates of the registry: each inverted, in reverse order, and nothing
 * simplified. Gates with open angles or a power, and gates of the circuit's own, get the power −1.
 */
export function inverseOf(gates: readonly GateOperation[]): GateOperation[] {
  return gates.toReversed().map((one) => {
    const known = gateById(one.gate);
    const isOpen = one.parameters.some((parameter) => parametersIn(parameter).length > 0);
    if (known === null || isOpen || one.power !== undefined) {
      return { ...one, power: -(one.power ?? 1) };
    }
    const inverse = known.inverse(one.parameters.map((parameter) => evaluate(parameter)));
    return { ...one, gate: inverse.gate, parameters: inverse.parameters.map(numberOf) };
  });
}
