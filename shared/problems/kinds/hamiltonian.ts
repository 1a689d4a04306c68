import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import type { PauliLetter, PauliSum, PauliTerm } from '../../observables/pauli.ts';
import { defineProblem, type ProblemFault } from '../problem-kind.ts';
import { offer } from '../view.ts';
import { hamiltonianView } from '../views/hamiltonian.ts';

const fields = [
  {
    kind: 'integer',
    id: 'qubits',
    title: 'Qubits',
    help: 'How many qubits the Hamiltonian acts on.',
    default: null,
    required: true,
    min: 1,
    max: 10_000,
  },
  {
    kind: 'tuples',
    id: 'terms',
    title: 'Terms',
    help: 'Pauli strings, one letter of IXYZ for each qubit with the highest qubit first, and their coefficients.',
    default: null,
    required: true,
    minCount: 1,
    columns: [
      { id: 'letters', title: 'Pauli string', kind: 'text' },
      { id: 'coefficient', title: 'Coefficient', kind: 'number' },
    ],
  },
] as const satisfies readonly ParameterDescriptor[];

type Terms = ValuesOf<typeof fields>;

export const hamiltonian = defineProblem({
  kind: 'hamiltonian',
  title: 'Hamiltonian',
  summary: 'A sum of Pauli strings with real coefficients, whose lowest energy is looked for.',
  fields,
  faults: ({ qubits, terms }) => terms.flatMap(([letters], k) => letterFaults(letters, k, qubits)),
  aim: () => 'min',
  views: [
    offer(hamiltonianView, ({ qubits, terms }: Terms) => ({
      value: { qubits, sum: sumOf(terms) },
      warnings: [],
    })),
  ],
  example: {
    // The transverse field turns the singlet-like ground state of ZZ + X₀ + X₁ to −√5.
    problem: {
      qubits: 2,
      terms: [
        ['ZZ', 1],
        ['IX', 1],
        ['XI', 1],
      ],
    },
    // ⟨Z₀⟩ at time 1 from zeros: the even state turns at √5, the odd one stays.
    answers: {
      energies: -Math.sqrt(5),
      dynamics:
        Math.cos(Math.sqrt(5)) * Math.cos(1) +
        (Math.sin(Math.sqrt(5)) * Math.sin(1)) / Math.sqrt(5),
    },
  },
});

function letterFaults(letters: string, k: number, qubits: number): ProblemFault[] {
  const path = `terms[${k}][0]`;
  if (!/^[IXYZ]*$/.test(letters)) {
    return [{ path, message: `a Pauli string has the letters I, X, Y and Z, not “${letters}”` }];
  }
  if (letters.length === qubits) return [];
  const message = `“${letters}” has ${letters.length} letters, and there are ${qubits} qubits: one letter each, the highest qubit first`;
  return [{ path, message }];
}

/** Equal strings are added up, in the order in which they first came. */
function sumOf(terms: Terms['terms']): PauliSum {
  const found = new Map<string, PauliTerm>();
  for (const [letters, coefficient] of terms) {
    const before = found.get(letters);
    const factors = before?.factors ?? factorsOf(letters);
    found.set(letters, { factors, coefficient: coefficient + (before?.coefficient ?? 0) });
  }
  return { terms: [...found.values()] };
}

/** Factors of a string with the highest qubit leftmost, by qubit. */
function factorsOf(letters: string): PauliTerm['factors'] {
  return [...letters]
    .reverse()
    .flatMap((letter, qubit) => (letter === 'I' ? [] : [{ qubit, letter: letter as PauliLetter }]));
}
