import type { Circuit, GateDefinition, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { printExpression } from '#shared/circuit/expression.ts';
import {
  bind,
  lowerOperations,
  operationLimit,
  type UnitaryInstruction,
} from '../simulators/lowering.ts';
import type { UnitaryStep } from '../simulators/register.ts';

/** A gate call ready to be applied: what each built-in gate of it does. */
export type BoundGate = readonly {
  readonly instruction: UnitaryInstruction;
  readonly steps: readonly UnitaryStep[];
}[];

const cacheLimit = 10_000;

/** Turns gate operations into matrices, once for each different call. */
export class GateBinder {
  readonly #definitions: readonly GateDefinition[];
  readonly #cache = new Map<string, BoundGate>();
  readonly #byOperation = new WeakMap<Operation, BoundGate>();

  constructor(definitions: readonly GateDefinition[]) {
    this.#definitions = definitions;
  }

  bind(operation: GateOperation): BoundGate {
    let bound = this.#byOperation.get(operation);
    if (bound !== undefined) return bound;
    const key = keyOf(operation);
    bound = this.#cache.get(key) ?? this.#bindAnew(operation);
    if (this.#cache.size < cacheLimit) this.#cache.set(key, bound);
    this.#byOperation.set(operation, bound);
    return bound;
  }

  #bindAnew(operation: GateOperation): BoundGate {
    const circuit: Circuit = {
      qubitRegisters: [],
      bitRegisters: [],
      parameters: [],
      definitions: this.#definitions,
      operations: [operation],
    };
    const instructions = lowerOperations(flattenOperations(circuit, operationLimit), circuit);
    return instructions.flatMap((instruction) =>
      instruction.kind === 'unitary' ? [{ instruction, steps: bind(instruction, {}) }] : [],
    );
  }
}

function keyOf({ gate, parameters, qubits, controls, power }: GateOperation): string {
  const angles = parameters.map((parameter) => printExpression(parameter)).join();
  const on = (controls ?? []).map(({ qubit, value }) => `${qubit}:${value}`).join();
  return `${gate}(${angles})${qubits.join()}|${on}|${power ?? 1}`;
}
