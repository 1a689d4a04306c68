import { AppError } from '#shared/base/errors.ts';
import { circuitOf } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import type { PauliLetter, PauliTerm } from '#shared/observables/pauli.ts';
import { type Hamiltonian, hamiltonianView } from '#shared/problems/views/hamiltonian.ts';
import { energies } from '#shared/results/kinds/energies.ts';
import { initialState } from '../ansatze/initial-state.ts';
import { pauliEvolution } from '../ansatze/pauli-evolution.ts';
import { solvePositive } from '../linalg/solve-positive.ts';
import { timesTerm } from '../mitigation/pauli-product.ts';
import { ask } from '../programs/ask.ts';
import type { Estimates } from '../programs/program.ts';
import { defineAlgorithm } from './algorithm.ts';
import {
  courseOf,
  type CourseSettings,
  followed,
  observablesParameter,
  stepsParameter,
  timesOf,
} from './course.ts';
import { knownEnergies, knownEnergiesBytes } from './diagonalisation.ts';
import { regularisationParameter } from './mclachlan.ts';
import { startingState } from './starting-state.ts';
import { circuitFacts, needsOf, spreadOf } from './variational.ts';

interface QiteSettings extends CourseSettings {
  readonly time?: number;
  readonly domain: number;
  readonly regularisation: number;
  readonly initialState?: string;
}

const key = 'qite';
/** In units of one over the spread of the energies. */
const standardTime = 8;
/** Strings on a domain are four to its power. */
const widest = 5;
/** Turns that are shorter change nothing that is measured. */
const leastAngle = 1e-9;

/** Where the state has come to. */
interface Cooled {
  /** Turns in the order in which they were found: a string and its angle. */
  readonly turns: readonly (readonly [PauliTerm['factors'], number])[];
  readonly rows: readonly Row[];
}

interface Row {
  readonly values: readonly number[];
  readonly stderrs: readonly number[];
}

/**
 * Quantum imaginary time evolution (Motta et al. 2020, arXiv:1901.07653): what exp(−dτ·H) does to the state is put into
 * turns of Pauli strings near each term, found from expectations of such strings. All terms of a step are looked at on one state.
 */
export const qite = defineAlgorithm({
  id: 'qite',
  title: 'Imaginary time evolution (QITE)',
  summary:
    'Cools a state along imaginary time by turns that are read off measurements: no ansatz, no search, circuits that grow with the steps.',
  kind: 'quantum',
  takes: hamiltonianView,
  result: energies,
  steps: { name: 'steps', areCourse: true },
  parameters: [
    {
      kind: 'number',
      id: 'time',
      title: 'Imaginary time',
      help: 'How long the state cools, in units of one over that of the coefficients. Empty: 8 over the spread of the energies.',
      default: null,
      min: 0,
      exclusiveMin: true,
    },
    stepsParameter(20),
    {
      kind: 'integer',
      id: 'domain',
      title: 'Domain',
      help: 'On how many neighbouring qubits the turns for each term act, at least those of the term itself. Wider ones follow longer correlations and measure four times as many strings a qubit.',
      default: 2,
      min: 1,
      max: widest,
    },
    observablesParameter,
    initialState,
    regularisationParameter(1e-6),
  ],
  canPause: true,
  accuracy: 1e-3,
  asks: () => ['expectations'],
  needs: (view) => needsOf(view, knownEnergiesBytes(view, 1)),
  *run(input) {
    const { view } = input;
    const settings = input.settings as unknown as QiteSettings;
    const { texts, sums } = followed(settings, view.qubits);
    const start = startingState(view, settings);
    const domains = domainsOf(view, settings.domain);
    const strings = stringsOf(domains);
    const observables = [view.sum, ...sums, ...strings.list].map((sum) => ({
      kind: 'pauli' as const,
      sum,
    }));
    const times = timesOf(settings.time ?? standardTime / spreadOf(view), settings.steps);
    const by = (times[1] as number) - (times[0] as number);
    let { turns, rows } = snapshotOf(input.snapshot);
    const steps = times.length - 1;
    for (let step = rows.length; step <= steps; step++) {
      const circuit = circuitFor(view, start, turns);
      yield { kind: 'define', key, circuit, observables };
      const found = yield* ask({
        kind: 'expectations',
        key,
        items: 1,
        bindings: new Float64Array(0),
        observables: observables.map((_, k) => k),
      });
      yield { kind: 'forget', key };
      const seen = 1 + sums.length;
      const values = Array.from(found.values.subarray(0, seen));
      rows = [...rows, { values, stderrs: Array.from(found.stderrs.subarray(0, seen)) }];
      if (step < steps) {
        const means = found.values.subarray(seen);
        const next = domains.flatMap((one) =>
          turnsFor(one, (name) => means[strings.places.get(name) as number] as number, {
            by,
            ...settings,
          }),
        );
        turns = [...turns, ...next];
      }
      const state = { kind: key, turns, rows };
      yield { kind: 'snapshot', state };
      const message = `Step ${step} of ${steps}`;
      const metrics = { energy: values[0] as number };
      yield { kind: 'progress', progress: { fraction: step / steps, message, step, metrics } };
    }
    const last = rows.at(-1) as Row;
    return {
      result: {
        energies: [{ value: last.values[0] as number, stderr: last.stderrs[0] as number }],
        ...circuitFacts(circuitFor(view, start, turns), new Float64Array(0)),
        ...knownEnergies(input, 1),
        ...courseOf(times, texts, rows.map(withoutEnergy)),
        ...input.usage(),
      },
      warnings: [],
    };
  },
});

function withoutEnergy({ values, stderrs }: Row): Estimates {
  return {
    values: Float64Array.from(values.slice(1)),
    stderrs: Float64Array.from(stderrs.slice(1)),
  };
}

function circuitFor(
  { qubits }: Hamiltonian,
  start: readonly Operation[],
  turns: Cooled['turns'],
): Circuit {
  return circuitOf(qubits, [
    ...start,
    ...turns.flatMap(([factors, angle]) => pauliEvolution({ factors }, numberOf(angle))),
  ]);
}

/** Terms that are followed on the same qubits, and the strings by which the state turns there. */
interface Domain {
  readonly terms: readonly PauliTerm[];
  readonly turners: readonly PauliTerm[];
}

function domainsOf({ sum, qubits }: Hamiltonian, width: number): Domain[] {
  const moving = sum.terms.filter(({ factors }) => factors.length > 0);
  // Real states stay real under strings with an odd number of Y, and need no others.
  const isReal = moving.every(({ factors }) => yCount(factors) % 2 === 0);
  const byQubits = Map.groupBy(moving, ({ factors }) => around(factors, width, qubits).join());
  return [...byQubits].map(([names, terms]) => {
    const places = names.split(',').map(Number);
    if (places.length > widest) {
      throw new AppError(
        'too-large',
        `QITE turns at most ${widest} qubits for a term, and one of this Hamiltonian acts on ${places.length}. Use imaginary-time, or for electrons another mapping.`,
        { qubits: places.length },
      );
    }
    const all = lettersOn(places).filter(({ factors }) => !isReal || yCount(factors) % 2 === 1);
    return { terms, turners: all };
  });
}

function yCount(factors: PauliTerm['factors']): number {
  return factors.filter(({ letter }) => letter === 'Y').length;
}

/** The qubits of a term, and its nearest neighbours up to a width, ascending. */
function around(factors: PauliTerm['factors'], width: number, qubits: number): number[] {
  const own = factors.map(({ qubit }) => qubit);
  const away = (qubit: number) => Math.min(...own.map((one) => Math.abs(one - qubit)));
  const near = Array.from({ length: qubits }, (_, qubit) => qubit).sort(
    (a, b) => away(a) - away(b) || a - b,
  );
  return near.slice(0, Math.max(own.length, Math.min(width, qubits))).sort((a, b) => a - b);
}

/** Every string on some qubits but the identity. */
function lettersOn(places: readonly number[]): PauliTerm[] {
  const letters: readonly (PauliLetter | null)[] = [null, 'X', 'Y', 'Z'];
  return Array.from({ length: 4 ** places.length - 1 }, (_, k) => ({
    coefficient: 1,
    factors: places.flatMap((qubit, j) => {
      const letter = letters[Math.floor((k + 1) / 4 ** j) % 4] ?? null;
      return letter === null ? [] : [{ qubit, letter }];
    }),
  }));
}

function nameOf(factors: PauliTerm['factors']): string {
  return factors.map(({ qubit, letter }) => `${letter}${qubit}`).join('*');
}

/** Every string whose mean is needed, once. */
function stringsOf(domains: readonly Domain[]) {
  const places = new Map<string, number>();
  const list: { readonly terms: readonly PauliTerm[] }[] = [];
  for (const { terms, turners } of domains) {
    for (const a of turners) {
      for (const b of [...turners, ...terms]) {
        const { factors } = timesTerm(a, b).product;
        const name = nameOf(factors);
        if (places.has(name)) continue;
        places.set(name, list.length);
        list.push({ terms: [{ coefficient: 1, factors }] });
      }
    }
  }
  return { places, list };
}

/** Σ_J Re⟨σ_I·σ_J⟩·a_J = Im⟨σ_I·h⟩: the turns that come nearest to exp(−dτ·h) on this state. */
function turnsFor(
  { terms, turners }: Domain,
  meanOf: (name: string) => number,
  { by, regularisation }: Pick<QiteSettings, 'regularisation'> & { readonly by: number },
): Cooled['turns'] {
  const size = turners.length;
  /** i^phase·mean, its real and imaginary part. */
  const product = (a: PauliTerm, b: PauliTerm) => {
    const { phase, product: found } = timesTerm(a, b);
    const mean = found.coefficient * meanOf(nameOf(found.factors));
    const sign = phase < 2 ? 1 : -1;
    return phase % 2 === 0 ? { re: sign * mean, im: 0 } : { re: 0, im: sign * mean };
  };
  const overlaps = new Float64Array(size * size);
  const force = new Float64Array(size);
  turners.forEach((a, i) => {
    turners.forEach((b, j) => {
      overlaps[i * size + j] = product(a, b).re;
    });
    force[i] = terms.reduce((sum, term) => sum + product(a, term).im, 0);
  });
  const found = solvePositive(overlaps, regularisation, force);
  if (found === null) {
    throw new AppError(
      'bad-input',
      `The overlaps of turned states are singular beyond their regularisation of ${regularisation}, as noise may make them; choose a larger one.`,
      { path: 'settings.regularisation' },
    );
  }
  return turners.flatMap(({ factors }, k): Cooled['turns'] => {
    const angle = by * (found[k] as number);
    return Math.abs(angle) < leastAngle ? [] : [[factors, angle]];
  });
}

function snapshotOf(given: unknown): Cooled {
  if (typeof given !== 'object' || given === null || !('kind' in given) || given.kind !== key) {
    return { turns: [], rows: [] };
  }
  return given as unknown as Cooled;
}
