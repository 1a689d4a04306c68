import { AppError } from '#shared/base/errors.ts';
import { excitationGenerator } from '#shared/chemistry/second-quantisation.ts';
import {
  addProductOf,
  operatorOf,
  type PauliOperator,
  stringsOf,
} from '#shared/chemistry/pauli-operator.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliLetter, PauliSum } from '#shared/observables/pauli.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { doubles, singles } from '../ansatze/excitations.ts';
import { eigenInSpan } from '../linalg/eigen-in-span.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import {
  asksOf,
  circuitFacts,
  needsOf,
  spreadOf,
  statesParameter,
  train,
  trainingFacts,
  trialOf,
  variationalParameters,
  weightedObjective,
} from './variational.ts';

interface ExpansionSettings {
  readonly states: number;
  readonly operators?: readonly string[];
}

const key = 'expansion';
/** Masks of strings are this wide. */
const mostQubits = 26;
const mostOperators = 64;
/** Products of strings that take about ten seconds. */
const mostProducts = 5e7;
/** Directions of the span that are shorter say nothing new. */
const leastOverlap = 1e-7;

/**
 * Quantum subspace expansion (McClean, Kimchi-Schwartz, Carter and de Jong 2017, arXiv:1603.05681): the Hamiltonian among
 * combinations of operators on a tuned state, from expectations of that state alone. No level lies below an exact one.
 */
export const subspaceExpansion = defineAlgorithm({
  id: 'subspace-expansion',
  title: 'Quantum subspace expansion',
  summary:
    'Tunes a circuit, then finds the lowest levels among combinations of operators on its state: excited states without another circuit.',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    statesParameter,
    ...variationalParameters,
    {
      kind: 'texts',
      id: 'operators',
      title: 'Operators',
      help: 'What acts on the state, beside the identity, such as X0 or 0.5*X0*X1 + 0.5*Y0*Y1. Empty: the moves of one and two electrons, or of spins and bits every X, Y and Z of one qubit.',
      default: null,
      advanced: true,
    },
  ],
  canPause: true,
  canFinish: true,
  accuracy: 1e-6,
  asks: asksOf,
  needs: (view, settings) => needsOf(view, knownEnergiesBytes(view, settings['states'] as number)),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as ExpansionSettings;
    const operators = operatorsOf(view, settings);
    const { circuit, start } = trialOf(input, 131);
    yield { kind: 'define', key, circuit, observables: [{ kind: 'pauli', sum: view.sum }] };
    const objective = weightedObjective([{ key, weight: 1 }], [key], spreadOf(view));
    const minimum = yield* train(objective, start, input, {
      stream: 132,
      snapshot: input.snapshot,
    });
    yield { kind: 'forget', key };
    const span = yield* spanOf(view.sum, operators);
    const observables = span.strings.map((sum) => ({ kind: 'pauli' as const, sum }));
    yield { kind: 'define', key, circuit, observables };
    const means = yield* ask({
      kind: 'expectations',
      key,
      items: 1,
      bindings: minimum.point,
      observables: observables.map((_, k) => k),
      ...input.finish.ofLast(input.shots),
    });
    const levels = levelsOf(span, means);
    const found = levels.slice(0, settings.states);
    return {
      result: {
        energies: found,
        ...circuitFacts(circuit, minimum.point),
        ...knownEnergies(input, found.length),
        ...trainingFacts([minimum]),
        ...input.usage(),
      },
      warnings:
        found.length < settings.states
          ? [
              `The operators span ${found.length} ${found.length === 1 ? 'state' : 'states'} that can be told apart; ${settings.states} were asked for. Give more operators.`,
            ]
          : [],
    };
  },
});

/** The identity and what else acts on the state, all Hermitian. */
function operatorsOf(view: Hamiltonian, { operators }: ExpansionSettings): PauliSum[] {
  const { qubits } = view;
  if (qubits > mostQubits) {
    throw new AppError(
      'too-large',
      `The expansion reaches ${mostQubits} qubits; this Hamiltonian has ${qubits}.`,
      { qubits },
    );
  }
  const given = operators?.map((text) => parseObservable(text, qubits)) ?? standardOperators(view);
  if (given.length > mostOperators) {
    throw new AppError(
      'too-large',
      `The expansion takes at most ${mostOperators} operators, and there would be ${given.length}. Name fewer as “operators”.`,
      { operators: given.length },
    );
  }
  return [{ terms: [{ coefficient: 1, factors: [] }] }, ...given];
}

const letters: readonly PauliLetter[] = ['X', 'Y', 'Z'];

function standardOperators({ qubits, fermions }: Hamiltonian): PauliSum[] {
  if (fermions !== undefined) {
    return [...singles(fermions), ...doubles(fermions)].map((one) =>
      excitationGenerator(one, fermions),
    );
  }
  return Array.from({ length: qubits }, (_, qubit) => qubit).flatMap((qubit) =>
    letters.map((letter) => ({ terms: [{ coefficient: 1, factors: [{ qubit, letter }] }] })),
  );
}

/** What one entry of a matrix is made of: weights of the means of strings, by their places. */
type Entry = readonly { readonly place: number; readonly re: number; readonly im: number }[];

/** ⟨A·H·B⟩ and ⟨A·B⟩ for every pair of operators, row by row, from means of strings that are measured once. */
interface Span {
  readonly size: number;
  readonly strings: readonly PauliSum[];
  readonly energies: readonly Entry[];
  readonly overlaps: readonly Entry[];
}

function* spanOf(sum: PauliSum, operators: readonly PauliSum[]): Generator<Ask, Span, Answer> {
  const size = operators.length;
  const parts = operators.map(operatorOf);
  const strings = parts.reduce((count, one) => count + one.size, 0);
  const products = strings * strings * sum.terms.length;
  if (products > mostProducts) {
    throw new AppError(
      'too-large',
      `The expansion would multiply ${products.toLocaleString('en-US')} strings; up to ${mostProducts.toLocaleString('en-US')} are taken. Name fewer operators.`,
      { products },
    );
  }
  const hamiltonian = operatorOf(sum);
  const places = new Map<number, number>();
  const entryOf = (operator: PauliOperator): Entry =>
    [...operator].flatMap(([string, { re, im }]) => {
      if (Math.abs(re) + Math.abs(im) < 1e-14) return [];
      const place = places.get(string) ?? places.size;
      places.set(string, place);
      return [{ place, re, im }];
    });
  const moved = parts.map((b) => productOf(hamiltonian, b));
  const energyEntries: Entry[] = [];
  const overlapEntries: Entry[] = [];
  for (const [row, a] of parts.entries()) {
    for (const image of moved) energyEntries.push(entryOf(productOf(a, image)));
    for (const b of parts) overlapEntries.push(entryOf(productOf(a, b)));
    const message = `Row ${row + 1} of ${size}`;
    yield { kind: 'progress', progress: { fraction: null, message, step: 0, metrics: {} } };
  }
  return {
    size,
    strings: stringsOf([...places.keys()]),
    energies: energyEntries,
    overlaps: overlapEntries,
  };
}

function productOf(a: PauliOperator, b: PauliOperator): PauliOperator {
  const product: PauliOperator = new Map();
  addProductOf(product, a, b, 1);
  return product;
}

/** The levels in the span, ascending, with errors to first order in those of the strings. */
function levelsOf({ size, energies: h, overlaps: s }: Span, { values, stderrs }: Estimates) {
  const noise = Math.max(
    ...s.map((entry) =>
      Math.hypot(...entry.map(({ place, re, im }) => Math.hypot(re, im) * (stderrs[place] ?? 0))),
    ),
  );
  const { values: levels, vectors } = eigenInSpan(
    embedded(h, values, size),
    embedded(s, values, size),
    2 * size,
    Math.max(leastOverlap, noise * size),
  );
  // A complex matrix as a real one has every level twice.
  return levels.flatMap((value, k) => {
    if (k % 2 === 1) return [];
    const c = vectors[k] as Float64Array;
    const slopes = new Float64Array(values.length);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const [ar, ai, br, bi] = [c[a], c[a + size], c[b], c[b + size]] as [
          number,
          number,
          number,
          number,
        ];
        // The real part of conj(c_a)·c_b·(δH − E·δS).
        const [re, im] = [ar * br + ai * bi, ar * bi - ai * br];
        const add = (entry: Entry, factor: number) => {
          for (const one of entry) {
            slopes[one.place] =
              (slopes[one.place] as number) + factor * (re * one.re - im * one.im);
          }
        };
        add(h[a * size + b] as Entry, 1);
        add(s[a * size + b] as Entry, -value);
      }
    }
    const stderr = Math.hypot(...slopes.map((slope, j) => slope * (stderrs[j] as number)));
    return [{ value, stderr }];
  });
}

/** A Hermitian matrix as the symmetric one over real parts, then imaginary ones. */
function embedded(entries: readonly Entry[], means: Float64Array, size: number): Float64Array {
  const wide = 2 * size;
  const matrix = new Float64Array(wide * wide);
  entries.forEach((entry, k) => {
    const [row, column] = [Math.floor(k / size), k % size];
    let [re, im] = [0, 0];
    for (const one of entry) {
      re += one.re * (means[one.place] as number);
      im += one.im * (means[one.place] as number);
    }
    const put = (r: number, c: number, value: number) => {
      matrix[r * wide + c] = (matrix[r * wide + c] as number) + value / 2;
      matrix[c * wide + r] = (matrix[c * wide + r] as number) + value / 2;
    };
    put(row, column, re);
    put(row + size, column + size, re);
    put(row, column + size, -im);
    put(row + size, column, im);
  });
  return matrix;
}
