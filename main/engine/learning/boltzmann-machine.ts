import { rngOf } from '#shared/base/rng.ts';
import { type SymmetricEigen, symmetricEigen } from '#shared/math/symmetric-eigen.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliFactor } from '#shared/observables/pauli.ts';
import { unlabelledView } from '#shared/problems/views/unlabelled.ts';
import { generative } from '#shared/results/kinds/generative.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { type Evaluated, minimise, type Objective } from '../training/minimise.ts';
import { amplitudeAngles, amplitudeGates } from './amplitude-encoding.ts';
import { modelCircuit, Names } from './circuit-model.ts';
import {
  bitsParameter,
  entangledParameter,
  generativeOutcome,
  gridQubits,
  targetOf,
} from './generative-model.ts';
import { outcomesOf } from './generator.ts';
import { optimizerOf, optimizerSetting } from './optimiser-setting.ts';

const key = 'thermal';
/** Twice as many qubits hold the thermal state, and its matrix is diagonalised at every step. */
const mostQubits = 5;

/** What a weight multiplies in −H: Z of a qubit, Z on two, or X of a qubit. */
interface Term {
  readonly name: 'fields' | 'couplings' | 'transverse';
  readonly letter: 'X' | 'Z';
  readonly qubits: readonly number[];
}

function termsOf(qubits: number, isEntangled: boolean): Term[] {
  const wires = Array.from({ length: qubits }, (_, q) => q);
  const pairs = wires.flatMap((i) => wires.slice(i + 1).map((j) => [i, j]));
  return [
    ...wires.map((q): Term => ({ name: 'fields', letter: 'Z', qubits: [q] })),
    ...(isEntangled ? pairs : []).map(
      (pair): Term => ({ name: 'couplings', letter: 'Z', qubits: pair }),
    ),
    ...wires.map((q): Term => ({ name: 'transverse', letter: 'X', qubits: [q] })),
  ];
}

const maskOf = ({ qubits }: Term): number => qubits.reduce((mask, q) => mask | (1 << q), 0);

/** 1 where an even number of the mask's bits is set, else −1. */
function signOf(index: number, mask: number): number {
  let sign = 1;
  for (let rest = index & mask; rest > 0; rest &= rest - 1) sign = -sign;
  return sign;
}

/** −H = Σ weight · term, a real symmetric matrix. */
function energyMatrix(terms: readonly Term[], weights: Float64Array, qubits: number): Float64Array {
  const size = 2 ** qubits;
  const matrix = new Float64Array(size * size);
  terms.forEach((term, k) => {
    const [mask, weight] = [maskOf(term), weights[k] as number];
    for (let i = 0; i < size; i++) {
      const at = term.letter === 'Z' ? i * size + i : i * size + (i ^ mask);
      matrix[at] = (matrix[at] as number) + weight * (term.letter === 'Z' ? signOf(i, mask) : 1);
    }
  });
  return matrix;
}

interface Thermal {
  /** ln Tr e^{−H}. */
  readonly logPartition: number;
  /** Angles that prepare √ρ as amplitudes: its second index on the qubits above those of the model. */
  readonly angles: Float64Array;
}

function thermalState({ values, vectors }: SymmetricEigen): Thermal {
  const size = values.length;
  const top = values[0] as number;
  const shares = values.map((value) => Math.exp(value - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const amplitudes = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const [vector, weight] = [vectors[k] as Float64Array, Math.sqrt((shares[k] as number) / total)];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const at = j * size + i;
        amplitudes[at] =
          (amplitudes[at] as number) + weight * (vector[i] as number) * (vector[j] as number);
      }
    }
  }
  return { logPartition: top + Math.log(total), angles: amplitudeAngles(amplitudes) };
}

/** ⟨√q|term|√q⟩: what the data say of a term. */
function ofData(term: Term, shares: Float64Array): number {
  const mask = maskOf(term);
  return shares.reduce(
    (sum, q, i) =>
      sum +
      (term.letter === 'Z' ? q * signOf(i, mask) : Math.sqrt(q * (shares[i ^ mask] as number))),
    0,
  );
}

interface Machine {
  readonly qubits: number;
  readonly terms: readonly Term[];
  /** Of each term. */
  readonly wanted: Float64Array;
  readonly weightDecay: number;
  readonly course: { step: number; loss: number }[];
}

/** The relative entropy of the data's pure state and the thermal state, ⟨H⟩ + ln Z, and decay·½|w|²; it is convex. */
function objectiveOf({ qubits, terms, wanted, weightDecay, course }: Machine): Objective {
  return {
    sense: 'min',
    scale: 1,
    *evaluate({ count, points, needsGradient }): Generator<Ask, Evaluated, Answer> {
      const size = terms.length;
      const states = Array.from({ length: count }, (_, row) => {
        const weights = points.subarray(row * size, (row + 1) * size);
        return thermalState(symmetricEigen(energyMatrix(terms, weights, qubits), 2 ** qubits));
      });
      const values = Float64Array.from(states, ({ logPartition }, row) => {
        const weights = points.subarray(row * size, (row + 1) * size);
        return weights.reduce(
          (sum, w, k) => sum - w * (wanted[k] as number) + (weightDecay / 2) * w * w,
          logPartition,
        );
      });
      course.push(...Array.from(values, (loss, k) => ({ step: course.length + 1 + k, loss })));
      const exact = { values, stderrs: new Float64Array(count) };
      if (!needsGradient) return { ...exact, gradients: new Float64Array(0) };
      const bindings = new Float64Array(states.flatMap(({ angles }) => [...angles]));
      const observables = terms.map((_, k) => k);
      const said = yield* ask({ kind: 'expectations', key, items: count, bindings, observables });
      const gradients = points.map(
        (w, k) => (said.values[k] as number) - (wanted[k % size] as number) + weightDecay * w,
      );
      return { ...exact, gradients, gradientErrors: said.stderrs };
    },
    describe: (point) => weightsByName(terms, point),
  };
}

function weightsByName(terms: readonly Term[], point: Float64Array): Record<string, number[]> {
  const named: Record<string, number[]> = {};
  terms.forEach(({ name }, k) => (named[name] ??= []).push(point[k] as number));
  return named;
}

function observableOf({ letter, qubits }: Term): Observable {
  const factors = qubits.map((qubit): PauliFactor => ({ qubit, letter }));
  return { kind: 'pauli', sum: { terms: [{ coefficient: 1, factors }] } };
}

function purification(qubits: number) {
  const names = new Names('a');
  const angles = Array.from({ length: 4 ** qubits - 1 }, () => names.next());
  const gates = amplitudeGates(2 * qubits, 0, angles);
  return modelCircuit(2 * qubits, gates, names.all);
}

/**
 * A thermal state e^{−H}/Z of fields, couplings and transverse fields, trained to be near the pure state √q of the data
 * by its expectations (Amin et al. 2018; Kappen 2020). Its purification is compiled from the matrix of H, so nothing is
 * won in time over diagonalising it.
 */
export const boltzmannMachine = defineAlgorithm({
  id: 'boltzmann-machine',
  title: 'Quantum Boltzmann machine',
  summary:
    'The thermal state of a trained transverse-field Ising Hamiltonian, whose bits are distributed as the rows are.',
  source: 'Amin et al. 2018, arXiv:1601.02036; Kappen 2020, arXiv:1803.11278',
  limits: '5 qubits: bits times columns; the thermal state is compiled from its matrix',
  kind: 'quantum',
  takes: unlabelledView,
  result: generative,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    bitsParameter(2),
    {
      kind: 'number',
      id: 'weightDecay',
      title: 'Weight decay',
      help: 'Weight of half the squared weights; without, those of a distribution with empty cells grow for ever.',
      default: 0.001,
      min: 0,
    },
    entangledParameter,
    optimizerSetting('lbfgsb'),
  ],
  canPause: true,
  canFinish: true,
  accuracy: 0.05,
  asks: () => ['expectations', 'samples'],
  needs: (rows, { bits }) => {
    const qubits = 2 * gridQubits(rows, bits as number, mostQubits);
    return { ownBytes: 8 * 8 * 2 ** qubits, qubits, answerBytes: 16 * 2 ** qubits };
  },
  *run(input) {
    const { settings, parts, shots, seed } = input;
    const target = targetOf(input.view, settings['bits'] as number);
    const { qubits, shares } = target;
    const terms = termsOf(qubits, settings['entangled'] === true);
    const circuit = purification(qubits);
    yield { kind: 'define', key, circuit, observables: terms.map(observableOf) };
    const course: { step: number; loss: number }[] = [];
    const wanted = Float64Array.from(terms, (term) => ofData(term, shares));
    const minimum = yield* minimise(
      objectiveOf({
        qubits,
        terms,
        wanted,
        weightDecay: settings['weightDecay'] as number,
        course,
      }),
      {
        ...optimizerOf(settings, parts),
        start: new Float64Array(terms.length),
        rng: rngOf(seed, 331),
        curve: 'loss',
        bestCurve: 'bestLoss',
        oneByOne: false,
        snapshot: input.snapshot,
      },
    );
    const spectrum = symmetricEigen(energyMatrix(terms, minimum.point, qubits), 2 ** qubits);
    const asked = { key, items: 1, bindings: thermalState(spectrum).angles };
    const last = shots === null ? null : input.finish.lastShots(shots);
    const [model] = yield* outcomesOf(asked, qubits, last);
    return generativeOutcome(input, target, {
      ...minimum,
      model: model as Float64Array,
      parameters: weightsByName(terms, minimum.point),
      course,
    });
  },
});
