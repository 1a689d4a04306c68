import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import type { Basis } from '../programs/program.ts';
import { lower, operationLimit } from '../simulators/lowering.ts';
import { splitTerminal } from '../simulators/terminal.ts';

/**
 * The gates alone, followed by the turns of a basis into that of Z. The circuit's own measurements at its end
 * are left out; a circuit that measures, resets or conditions qubits earlier has no one state to be measured.
 */
export function inBasis(circuit: Circuit, basis: Basis): Circuit {
  if (splitTerminal(lower(circuit)).isDynamic) {
    throw new AppError(
      'unsupported',
      'The circuit measures, resets or conditions qubits before its end, so it can be sampled only.',
    );
  }
  // Barriers stay: what stands between them is not to be merged by a compiler.
  const gates = flattenOperations(circuit, operationLimit).filter(
    ({ kind }) => kind === 'gate' || kind === 'barrier',
  );
  const turns = basis.flatMap(([qubit, letter]): Operation[] => {
    if (letter === 'Z') return [];
    return letter === 'X' ? [gate('h', [qubit])] : [gate('sdg', [qubit]), gate('h', [qubit])];
  });
  return { ...circuit, definitions: [], bitRegisters: [], operations: [...gates, ...turns] };
}
