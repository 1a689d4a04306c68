import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { lowestEigenvalues, type Multiply } from '../linalg/lowest-eigenvalues.ts';
import { wayOf } from './algorithm.ts';

/** Larger Hamiltonians have too many states to multiply by again and again. */
const qubitLimit = 16;
/** Up to here other methods are compared with it. */
const comparedLimit = 10;

/** The lowest energies of a Hamiltonian. */
export const diagonalisation = wayOf({
  takes: hamiltonianView,
  result: energies,
  needs: ({ qubits }, settings) => ({
    ownBytes: krylovBytes(qubits, statesOf(settings)),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view, settings, seed }) {
    const { qubits } = view;
    if (qubits > qubitLimit) {
      throw new AppError(
        'too-large',
        `Diagonalisation reaches ${qubitLimit} qubits; this Hamiltonian has ${qubits}.`,
        { qubits },
      );
    }
    const count = statesOf(settings);
    const found = yield* lowestEnergies(view, count, seed);
    const missing = count - found.length;
    return {
      result: {
        energies: found.map((value) => ({ value, stderr: 0 })),
        parameters: [],
        gateCounts: {},
        circuits: 0,
        shots: 0,
        gates: 0,
        qubits: 0,
      },
      warnings:
        missing > 0 ? [`There are only ${found.length} states; ${missing} were left out.`] : [],
    };
  },
});

/** The lowest energies of at most 2^16 states, ascending; fewer where there are not as many. */
function* lowestEnergies(
  view: Hamiltonian,
  count: number,
  seed: number,
): Generator<Ask, number[], Answer> {
  const norm = normOf(view);
  const rng = rngOf(seed, 104);
  const search = lowestEigenvalues(multiplyBy(view, 1 / norm), 2 ** view.qubits, count, rng);
  let step = search.next();
  for (let steps = 1; step.done !== true; steps++) {
    yield {
      kind: 'progress',
      progress: {
        fraction: step.value / count,
        message: `${step.value} of ${count} energies`,
        step: steps,
        metrics: {},
      },
    };
    step = search.next();
  }
  return step.value.map((value) => norm * value);
}

/** The lowest energies of a Hamiltonian that is small enough to know them in a moment. */
export function exactEnergies({ view, seed }: Sought, count: number): number[] | null {
  if (view.qubits > comparedLimit) return null;
  const search = lowestEnergies(view, count, seed);
  let step = search.next();
  while (step.done !== true) step = search.next({ kind: 'done' });
  return step.value;
}

/** Bytes that `exactEnergies` takes. */
export function exactEnergiesBytes({ qubits }: Hamiltonian, count: number): number {
  return qubits > comparedLimit ? 0 : krylovBytes(qubits, count);
}

interface Sought {
  readonly view: Hamiltonian;
  readonly seed: number;
}

/** The vectors of a Krylov space and those that were found. */
function krylovBytes(qubits: number, count: number): number {
  return 16 * (70 + count) * 2 ** qubits;
}

/** A bound on the energies; 1 where there is nothing to bound. */
function normOf({ sum: { terms } }: Hamiltonian): number {
  const norm = terms.reduce((sum, { coefficient }) => sum + Math.abs(coefficient), 0);
  if (Number.isFinite(norm) && Number.isFinite(1 / norm)) return norm;
  if (norm === 0) return 1;
  throw new AppError(
    'bad-input',
    `The coefficients add up to ${norm}, beyond what can be computed with; choose another unit of energy.`,
    { path: 'problem.terms' },
  );
}

function statesOf(settings: Readonly<Record<string, unknown>>): number {
  return (settings['states'] as number | undefined) ?? 1;
}

/** A Pauli string as masks: P|k⟩ = i^turns·(−1)^parity(k & signs)|k ⊕ flips⟩. */
interface Masks {
  readonly flips: number;
  readonly signs: number;
  readonly turns: number;
  readonly coefficient: number;
}

function masksOf({ coefficient, factors }: PauliTerm): Masks {
  const maskOf = (letters: string): number =>
    factors.reduce(
      (mask, one) => (letters.includes(one.letter) ? mask | (1 << one.qubit) : mask),
      0,
    );
  const turns = factors.filter(({ letter }) => letter === 'Y').length % 4;
  return { flips: maskOf('XY'), signs: maskOf('YZ'), turns, coefficient };
}

/** H times a factor. Diagonal terms are added up once; every other one is a pass over the vector. */
function multiplyBy({ qubits, sum }: Hamiltonian, factor: number): Multiply {
  const size = 2 ** qubits;
  const masks = sum.terms.map((term) =>
    masksOf({ ...term, coefficient: factor * term.coefficient }),
  );
  const diagonal = new Float64Array(size);
  for (const { signs, coefficient } of masks.filter(({ flips }) => flips === 0)) {
    for (let k = 0; k < size; k++)
      diagonal[k] = (diagonal[k] as number) + signAt(k & signs) * coefficient;
  }
  const others = masks.filter(({ flips }) => flips !== 0);
  return (v, into) => {
    for (let k = 0; k < size; k++) {
      into[k] = (diagonal[k] as number) * (v[k] as number);
      into[k + size] = (diagonal[k] as number) * (v[k + size] as number);
    }
    for (const { flips, signs, turns, coefficient } of others) {
      // i^turns = re + i·im.
      const re = turns === 0 ? coefficient : turns === 2 ? -coefficient : 0;
      const im = turns === 1 ? coefficient : turns === 3 ? -coefficient : 0;
      for (let k = 0; k < size; k++) {
        const sign = signAt(k & signs);
        const [a, b] = [sign * (v[k] as number), sign * (v[k + size] as number)];
        const to = k ^ flips;
        into[to] = (into[to] as number) + re * a - im * b;
        into[to + size] = (into[to + size] as number) + re * b + im * a;
      }
    }
  };
}

/** −1 where an odd number of bits is set. */
function signAt(bits: number): 1 | -1 {
  let folded = bits ^ (bits >>> 16);
  folded ^= folded >>> 8;
  folded ^= folded >>> 4;
  return ((0x6996 >>> (folded & 15)) & 1) === 1 ? -1 : 1;
}
