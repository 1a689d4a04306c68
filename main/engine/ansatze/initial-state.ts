import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';
import type { PauliLetter, PauliSum } from '#shared/observables/pauli.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';

export const initialState: ParameterDescriptor = {
  kind: 'text',
  id: 'initialState',
  title: 'Initial state',
  help: 'Where the circuit starts: one letter of 0, 1, + and - for each qubit, the highest qubit first. Empty: the state that suits it.',
  default: null,
  advanced: true,
};

const preparations: Readonly<Record<string, readonly string[]>> = {
  '0': [],
  '1': ['x'],
  '+': ['h'],
  '-': ['x', 'h'],
};

/** The gates that prepare a product state from zeros; `path` is where a wrong one is told. */
export function prepared(letters: string, qubits: number, path: string): GateOperation[] {
  const wrong = [...letters].find((letter) => !Object.hasOwn(preparations, letter));
  if (wrong !== undefined || letters.length !== qubits) {
    throw new AppError(
      'bad-input',
      `An initial state has one letter of 0, 1, + and - for each of the ${qubits} qubits, the highest qubit first; “${letters}” has ${wrong === undefined ? `${letters.length} letters` : `a “${wrong}”`}.`,
      { path },
    );
  }
  return [...letters]
    .toReversed()
    .flatMap((letter, q) => (preparations[letter] ?? []).map((name) => gate(name, [q])));
}

/** The start of an ansatz: what was given, or else one letter for every qubit. */
export function startOf(
  settings: Readonly<Record<string, unknown>>,
  qubits: number,
  standard: '0' | '+',
): GateOperation[] {
  const given = settings['initialState'] as string | undefined;
  return prepared(given ?? standard.repeat(qubits), qubits, 'settings.ansatz.initialState');
}

/** ⟨O⟩ of a product state whose letters `prepared` takes. */
export function productExpectation(letters: string, { terms }: PauliSum): number {
  const factor = (letter: string | undefined, pauli: PauliLetter): number => {
    if (pauli === 'Z') return letter === '0' ? 1 : letter === '1' ? -1 : 0;
    if (pauli === 'X') return letter === '+' ? 1 : letter === '-' ? -1 : 0;
    return 0;
  };
  return terms.reduce(
    (sum, { coefficient, factors }) =>
      sum +
      factors.reduce(
        (product, one) => product * factor(letters[letters.length - 1 - one.qubit], one.letter),
        coefficient,
      ),
    0,
  );
}
