import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { sectorSize } from '#shared/chemistry/second-quantisation.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { lowestEigenvalue } from '../linalg/lowest-eigenvalue.ts';
import { lowestEigenvalues } from '../linalg/lowest-eigenvalues.ts';
import { wayOf } from './algorithm.ts';
import { alongFamily } from './scan.ts';
import { isReal, multiplyAmong, multiplyBy, multiplyReal } from './pauli-matrix.ts';

/** Of more states, too many vectors would have to be held. */
const stateLimit = 2 ** 16;
/** The lowest energy alone needs no more than two. */
const qubitLimit = 24;
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
    const count = statesOf(settings);
    const found = yield* lowestLevels(view, count, seed);
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

/** The same along a bond length or a field. */
export const levelsAlong = alongFamily({
  trains: false,
  needs: (view, settings) => ({
    ownBytes: krylovBytes(view, statesOf(settings)),
    qubits: null,
    answerBytes: 0,
  }),
  *solve({ view, settings, seed }) {
    const found = yield* lowestLevels(view, statesOf(settings), seed);
    const { molecule } = view;
    return {
      point: {
        energies: found.map((value) => ({ value, stderr: 0 })),
        ...(molecule === undefined ? {} : { hartreeFock: molecule.hartreeFock }),
      },
      start: [],
      iterations: 0,
      converged: true,
    };
  },
});

function lowestLevels(
  view: Hamiltonian,
  count: number,
  seed: number,
): Generator<Ask, number[], Answer> {
  return isWide(view) ? lowestOfMany(view, count, seed) : lowestEnergies(view, count, seed);
}

/** How many basis states the Hamiltonian's own ones are made of. */
function statesIn({ qubits, fermions }: Hamiltonian): number {
  return fermions === undefined ? 2 ** qubits : sectorSize(fermions);
}

function isWide(view: Hamiltonian): boolean {
  return statesIn(view) > stateLimit;
}

/** The lowest energy of at most 2^24 states. */
function* lowestOfMany(
  view: Hamiltonian,
  count: number,
  seed: number,
): Generator<Ask, number[], Answer> {
  const { qubits, fermions } = view;
  const states = statesIn(view).toLocaleString('en-US');
  if (fermions !== undefined || qubits > qubitLimit || count > 1) {
    const reach = `Diagonalisation reaches ${stateLimit.toLocaleString('en-US')} states (16 qubits), and for the lowest energy alone ${qubitLimit} qubits`;
    const whose = fermions === undefined ? '' : ' with its number of electrons';
    const advice =
      fermions !== undefined
        ? ' Choose a smaller activeSpace.'
        : count > 1
          ? ' Ask for one state.'
          : '';
    throw new AppError(
      'too-large',
      `${reach}; this Hamiltonian has ${states} states${whose}.${advice}`,
      {
        qubits,
        states: statesIn(view),
      },
    );
  }
  const norm = normOf(view);
  const real = isReal(view);
  // A complex vector is a real one of twice the length, and every energy is there twice.
  const multiply = real ? multiplyReal(view, 1 / norm) : multiplyBy(view, 1 / norm);
  const search = lowestEigenvalue(multiply, (real ? 1 : 2) * 2 ** qubits, rngOf(seed, 104));
  let step = search.next();
  for (let steps = 1; step.done !== true; steps++) {
    const message = `Vector ${steps}, ${step.value.toPrecision(2)} from the lowest energy`;
    yield { kind: 'progress', progress: { fraction: null, message, step: steps, metrics: {} } };
    step = search.next();
  }
  return [norm * step.value];
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

/** The lowest energies of the Hamiltonian between some basis states, ascending. */
export function energiesAmong(
  view: Hamiltonian,
  states: Uint32Array,
  count: number,
  seed: number,
): number[] {
  const norm = normOf(view);
  const multiply = multiplyAmong(view, states, 1 / norm);
  const search = lowestEigenvalues(multiply, states.length, count, rngOf(seed, 135));
  let step = search.next();
  while (step.done !== true) step = search.next();
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
  const { fermions, sum, qubits } = view;
  if (isWide(view) && fermions === undefined) return 8 * (isReal(view) ? 4 : 7) * 2 ** qubits;
  const matrix = fermions === undefined ? 0 : 24 * sum.terms.length;
  const places = fermions === undefined ? 0 : 4 * 2 ** qubits;
  return (16 * (70 + count) + matrix) * statesIn(view) + places;
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
