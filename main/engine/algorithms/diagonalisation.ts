import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { sectorSize, sectorStates } from '#shared/chemistry/second-quantisation.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { lowestEigenvalues, type Multiply } from '../linalg/lowest-eigenvalues.ts';
import { wayOf } from './algorithm.ts';

/** Of more states, too many vectors would have to be held. */
const stateLimit = 2 ** 16;
/** Up to here other methods are compared with it. */
const comparedLimit = 2 ** 10;

/** The lowest energies of a Hamiltonian; those of a molecule are the energies of its number of electrons of each spin. */
export const diagonalisation = wayOf({
  takes: hamiltonianView,
  result: energies,
  needs: (view, settings) => ({
    ownBytes: krylovBytes(view, statesOf(settings)),
    qubits: null,
    answerBytes: 0,
  }),
  *run({ view, settings, seed }) {
    const size = statesIn(view);
    if (size > stateLimit) {
      throw new AppError(
        'too-large',
        `Diagonalisation reaches ${stateLimit.toLocaleString('en-US')} states (${Math.log2(stateLimit)} qubits); this Hamiltonian has ${size.toLocaleString('en-US')}${view.fermions === undefined ? '' : ' with its number of electrons: choose a smaller activeSpace'}.`,
        { qubits: view.qubits, states: size },
      );
    }
    const count = statesOf(settings);
    const found = yield* lowestEnergies(view, count, seed);
    const missing = count - found.length;
    return {
      result: {
        energies: found.map((value) => ({ value, stderr: 0 })),
        ...moleculeFacts(view),
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

/** How many basis states the Hamiltonian's own ones are made of. */
function statesIn({ qubits, fermions }: Hamiltonian): number {
  return fermions === undefined ? 2 ** qubits : sectorSize(fermions);
}

/** The lowest energies of at most 2^16 states, ascending; fewer where there are not as many. */
function* lowestEnergies(
  view: Hamiltonian,
  count: number,
  seed: number,
): Generator<Ask, number[], Answer> {
  const norm = normOf(view);
  const rng = rngOf(seed, 104);
  const search = lowestEigenvalues(multiplyBy(view, 1 / norm), statesIn(view), count, rng);
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

/** What results say beside the energies that were found: the lowest ones of a Hamiltonian that is small enough to know them in a moment. */
export function knownEnergies({ view, seed }: Sought, count: number) {
  if (statesIn(view) > comparedLimit) return moleculeFacts(view);
  const search = lowestEnergies(view, count, seed);
  let step = search.next();
  while (step.done !== true) step = search.next({ kind: 'done' });
  return { exact: step.value, ...moleculeFacts(view) };
}

function moleculeFacts({ molecule, fermions }: Hamiltonian) {
  if (molecule === undefined || fermions === undefined) return {};
  const { electrons, orbitals, mapping } = fermions;
  return { molecule: { ...molecule, electrons: [...electrons], orbitals, mapping } };
}

/** Bytes that `knownEnergies` takes. */
export function knownEnergiesBytes(view: Hamiltonian, count: number): number {
  return statesIn(view) > comparedLimit ? 0 : krylovBytes(view, count);
}

interface Sought {
  readonly view: Hamiltonian;
  readonly seed: number;
}

/** The vectors of a Krylov space and those that were found; a sector's matrix is held as well. */
function krylovBytes(view: Hamiltonian, count: number): number {
  const matrix =
    view.fermions === undefined ? 0 : 12 * view.sum.terms.length + 4 * 2 ** view.qubits;
  return (16 * (70 + count) + matrix) * statesIn(view);
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

/** Entries of H off its diagonal: to[j] ← from[j] in states of the basis. */
interface Entries {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Real parts, then imaginary ones. */
  readonly values: Float64Array;
}

/** H times a factor. Diagonal terms are added up once; those that flip the same qubits are one pass over the vector. */
function multiplyBy(view: Hamiltonian, factor: number): Multiply {
  const { qubits, sum, fermions } = view;
  const states = fermions === undefined ? null : sectorStates(fermions);
  const size = statesIn(view);
  const masks = sum.terms.map((term) =>
    masksOf({ ...term, coefficient: factor * term.coefficient }),
  );
  const diagonal = new Float64Array(size);
  for (const { signs, coefficient } of masks.filter(({ flips }) => flips === 0)) {
    for (let k = 0; k < size; k++) {
      const state = states === null ? k : (states[k] as number);
      diagonal[k] = (diagonal[k] as number) + signAt(state & signs) * coefficient;
    }
  }
  const others = masks.filter(({ flips }) => flips !== 0);
  const add =
    states === null ? passes(others, size) : entriesAdded(entriesIn(states, others, qubits), size);
  return (v, into) => {
    for (let k = 0; k < size; k++) {
      into[k] = (diagonal[k] as number) * (v[k] as number);
      into[k + size] = (diagonal[k] as number) * (v[k + size] as number);
    }
    add(v, into);
  };
}

/** Every string as a pass over all states. */
function passes(masks: readonly Masks[], size: number): Multiply {
  return (v, into) => {
    for (const { flips, signs, turns, coefficient } of masks) {
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

/** What the strings do between some of the basis states; what leads out of them adds up to nothing. */
function entriesIn(states: Uint32Array, masks: readonly Masks[], qubits: number): Entries {
  const places = new Int32Array(2 ** qubits).fill(-1);
  states.forEach((state, k) => (places[state] = k));
  const from: number[] = [];
  const to: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  for (const [flips, group] of Map.groupBy(masks, (one) => one.flips)) {
    for (const [k, state] of states.entries()) {
      const place = places[state ^ flips] as number;
      if (place < 0) continue;
      let [a, b] = [0, 0];
      for (const { signs, turns, coefficient } of group) {
        const value = signAt(state & signs) * (turns < 2 ? coefficient : -coefficient);
        if (turns % 2 === 0) a += value;
        else b += value;
      }
      if (a === 0 && b === 0) continue;
      from.push(k);
      to.push(place);
      re.push(a);
      im.push(b);
    }
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    values: Float64Array.from([...re, ...im]),
  };
}

function entriesAdded({ from, to, values }: Entries, size: number): Multiply {
  const count = from.length;
  return (v, into) => {
    for (let j = 0; j < count; j++) {
      const [k, place] = [from[j] as number, to[j] as number];
      const [re, im] = [values[j] as number, values[j + count] as number];
      const [a, b] = [v[k] as number, v[k + size] as number];
      into[place] = (into[place] as number) + re * a - im * b;
      into[place + size] = (into[place + size] as number) + re * b + im * a;
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
