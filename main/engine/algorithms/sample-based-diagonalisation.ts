import { indexAt } from '#shared/base/packed-bits.ts';
import { AppError } from '#shared/base/errors.ts';
import { basisState, isInSector, occupationsOf } from '#shared/chemistry/second-quantisation.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { ask } from '../programs/ask.ts';
import type { Counts } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import { energiesAmong, knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import {
  asksOf,
  circuitFacts,
  needsOf,
  spreadOf,
  train,
  trainingFacts,
  trialOf,
  variationalParameters,
  weightedObjective,
} from './variational.ts';

interface SampleSettings {
  readonly states: number;
  readonly configurations: number;
}

const key = 'samples';
const standardShots = 10_000;
const mostQubits = 26;

/**
 * Diagonalisation among the basis states that a circuit showed (Kanno et al. 2023, arXiv:2302.11320; for electrons as in
 * Robledo-Moreno et al. 2024, arXiv:2405.05068: what has another number of electrons is left out, and halves of spin up and down
 * are combined). The energies are exact ones of that space, so none lies below the true one, whatever the noise.
 */
export const sampleBasedDiagonalisation = defineAlgorithm({
  id: 'sample-based-diagonalisation',
  title: 'Sample-based diagonalisation',
  summary:
    'Tunes a circuit, reads which basis states it shows, and finds the lowest energies among these on the computer.',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'states',
      title: 'States',
      help: 'How many of the lowest energies are looked for.',
      default: 1,
      min: 1,
      max: 100,
    },
    {
      kind: 'integer',
      id: 'configurations',
      title: 'Most configurations',
      help: 'The most frequent basis states, so many at most, span the space.',
      default: 1000,
      min: 1,
      max: 2 ** 16,
    },
    ...variationalParameters,
  ],
  canPause: true,
  canFinish: true,
  accuracy: 1e-6,
  asks: (settings, parts) => [...asksOf(settings, parts), 'samples'],
  needs: (view, settings) => {
    const states = settings['states'] as number;
    const space = Math.min(settings['configurations'] as number, 2 ** Math.min(view.qubits, 26));
    const vectors = space * (16 * (70 + states) + 24 * view.sum.terms.length);
    return needsOf(
      view,
      vectors + 4 * 2 ** Math.min(view.qubits, 26) + knownEnergiesBytes(view, states),
    );
  },
  *run(input) {
    const { view } = input;
    if (view.qubits > mostQubits) {
      throw new AppError(
        'too-large',
        `Sample-based diagonalisation reaches ${mostQubits} qubits; this Hamiltonian has ${view.qubits}.`,
        { qubits: view.qubits },
      );
    }
    const settings = input.settings as unknown as SampleSettings;
    const { circuit, start } = trialOf(input, 133);
    yield { kind: 'define', key, circuit, observables: [{ kind: 'pauli', sum: view.sum }] };
    const objective = weightedObjective([{ key, weight: 1 }], [key], spreadOf(view));
    const minimum = yield* train(objective, start, input, {
      stream: 134,
      snapshot: input.snapshot,
    });
    const shots = input.finish.lastShots(input.shots ?? standardShots);
    const rows = { key, items: 1, bindings: minimum.point };
    const { counts } = yield* ask({ kind: 'samples', ...rows, shots });
    const seen = statesOf(counts[0] as Counts);
    const chosen = configurationsOf(view, seen, settings.configurations);
    const found = energiesAmong(view, chosen, Math.min(settings.states, chosen.length), input.seed);
    return {
      result: {
        energies: found.map((value) => ({ value, stderr: 0 })),
        configurations: { sampled: seen.length, used: chosen.length },
        ...circuitFacts(circuit, minimum.point),
        ...knownEnergies(input, found.length),
        ...trainingFacts([minimum]),
        ...input.usage(),
      },
      warnings:
        found.length < settings.states
          ? [
              `The ${chosen.length} basis states that were seen have ${found.length} levels; ${settings.states} were asked for. Take more shots.`,
            ]
          : [],
    };
  },
});

/** Basis states by how often they were seen, most frequent first. */
function statesOf({ outcomes, counts }: Counts): number[] {
  return Array.from(counts, (count, k) => ({ state: indexAt(outcomes, k), count }))
    .sort((a, b) => b.count - a.count || a.state - b.state)
    .map(({ state }) => state);
}

/** The basis states that span the space, ascending. */
function configurationsOf(view: Hamiltonian, seen: readonly number[], most: number): Uint32Array {
  const { fermions } = view;
  if (fermions === undefined) return Uint32Array.from(seen.slice(0, most)).sort();
  const occupied = seen
    .map((state) => occupationsOf(state, fermions))
    .filter((occupations) => isInSector(occupations, fermions));
  if (occupied.length === 0) {
    const [up, down] = fermions.electrons;
    throw new AppError(
      'bad-input',
      `None of the basis states that were seen has ${up} electrons of spin up and ${down} of spin down. Choose an ansatz that keeps them, such as uccsd, or take more shots.`,
      { path: 'settings.ansatz' },
    );
  }
  const orbitals = 2 ** fermions.orbitals;
  // A pair of halves comes as early as its later half, so that the most frequent ones stay.
  const halves = { up: new Set<number>(), down: new Set<number>() };
  const chosen = new Set<number>();
  for (const occupations of occupied) {
    const [up, down] = [occupations % orbitals, Math.floor(occupations / orbitals)];
    halves.up.add(up);
    halves.down.add(down);
    const pairs = [
      occupations,
      ...[...halves.down].map((other) => up + other * orbitals),
      ...[...halves.up].map((other) => other + down * orbitals),
    ];
    for (const pair of pairs) if (chosen.size < most) chosen.add(pair);
  }
  return Uint32Array.from(chosen, (one) => basisState(one, fermions)).sort();
}
