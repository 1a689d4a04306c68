import { type Circuit, type Operation, qubitsOf } from './circuit.ts';

/** What of a circuit needs a machine that measures, resets or decides before the end. */
export interface DynamicParts {
  readonly condition: boolean;
  readonly reset: boolean;
  /** A qubit is used after its measurement. */
  readonly reuse: boolean;
}

export function dynamicParts(circuit: Circuit): DynamicParts {
  const operations: readonly Operation[] = circuit.operations;
  const measured = new Set<number>();
  let reuse = false;
  for (const one of operations) {
    const isUse = one.kind === 'gate' || one.kind === 'measure';
    if (isUse && qubitsOf(one).some((qubit) => measured.has(qubit))) reuse = true;
    if (one.kind === 'measure') measured.add(one.qubit);
  }
  return {
    condition: operations.some(({ kind }) => kind === 'if'),
    reset: operations.some(({ kind }) => kind === 'reset'),
    reuse,
  };
}
