import { rngOf } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { unlabelledView } from '#shared/problems/views/unlabelled.ts';
import { generative } from '#shared/results/kinds/generative.ts';
import { defineAlgorithm, type Settings } from '../algorithms/algorithm.ts';
import type { Program } from '../programs/program.ts';
import { Adam } from './adam.ts';
import { kernelTimes } from './discrepancy.ts';
import {
  bitsParameter,
  entangledParameter,
  generativeOutcome,
  type Target,
  gridQubits,
  targetOf,
  type Trained,
} from './generative-model.ts';
import { generatorCircuit, gradientAlong, outcomesOf } from './generator.ts';
import { placeOf } from './grid.ts';
import { logistic } from './learner.ts';
import { layersParameter } from './parameters.ts';
import { type Perceptron, startedPerceptron } from './perceptron.ts';

const key = 'generator';
const mostQubits = 12;

/** −ln of the logistic function. */
function loss(z: number): number {
  return z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z;
}

/** A network that tells cells of the data from those of the generator, fed with where their middles lie. */
class Discriminator {
  readonly #net: Perceptron;
  readonly #adam: Adam;
  readonly #places: readonly Float64Array[];

  constructor(net: Perceptron, learningRate: number, places: readonly Float64Array[]) {
    this.#net = net;
    this.#adam = new Adam(net.parameters.length, learningRate);
    this.#places = places;
  }

  /** One step on −Σ q ln D − Σ p ln(1 − D); gives the loss before it. */
  learn(data: Float64Array, model: Float64Array): number {
    const gradient = new Float64Array(this.#net.parameters.length);
    let sum = 0;
    this.#places.forEach((place, i) => {
      const [q, p] = [data[i] as number, model[i] as number];
      if (q === 0 && p === 0) return;
      const z = this.#net.output(place);
      sum += q * loss(z) + p * loss(-z);
      const told = logistic(z);
      this.#net.addGradient(p * told - q * (1 - told), gradient);
    });
    this.#adam.move(this.#net.parameters, gradient);
    return sum;
  }

  /** −ln D of every cell: what the generator pays where it has weight. */
  costs(): Float64Array {
    return Float64Array.from(this.#places, (place) => loss(this.#net.output(place)));
  }
}

interface Game {
  readonly circuit: Circuit;
  readonly point: Float64Array;
  readonly discriminator: Discriminator;
  readonly target: Target;
  readonly settings: Settings;
  readonly shots: number | null;
}

/** How far the generator is from the rows: (p − q)ᵀK(p − q). */
function discrepancy({ grid, shares }: Target, p: Float64Array): number {
  const difference = p.map((value, i) => value - (shares[i] as number));
  const smoothed = kernelTimes(grid, difference);
  return difference.reduce((sum, d, i) => sum + d * (smoothed[i] as number), 0);
}

/** Both in turn, a step each; the weights nearest to the training rows are kept, as the game need not settle. */
function* played(
  game: Game,
): Program<Omit<Trained, 'model' | 'parameters'> & { best: Float64Array }> {
  const { circuit, discriminator, target, settings, shots } = game;
  const epochs = settings['epochs'] as number;
  const point = game.point.slice();
  const adam = new Adam(point.length, settings['learningRate'] as number);
  const course: { step: number; loss: number }[] = [];
  let best = { point: point.slice(), distance: Infinity };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const asked = { key, items: 1, bindings: point.slice() };
    const [model] = yield* outcomesOf(asked, target.qubits, shots);
    const p = model as Float64Array;
    const distance = discrepancy(target, p);
    if (distance < best.distance) best = { point: point.slice(), distance };
    const discriminatorLoss = discriminator.learn(target.shares, p);
    const costs = discriminator.costs();
    const paid = costs.reduce((sum, cost, i) => sum + cost * (p[i] as number), 0);
    course.push({ step: epoch + 1, loss: paid });
    adam.move(point, yield* gradientAlong(circuit, point.slice(), costs));
    const told = yield {
      kind: 'progress',
      progress: {
        fraction: (epoch + 1) / epochs,
        message: `epoch ${epoch + 1} of ${epochs}`,
        step: epoch + 1,
        metrics: { loss: paid, discriminatorLoss },
      },
    };
    if (told.kind === 'finish') break;
  }
  const steps = course.length;
  return { best: best.point, course, evaluations: steps, iterations: steps, converged: false };
}

const rate = (id: string, title: string, help: string) =>
  ({
    kind: 'number',
    id,
    title,
    help,
    default: 0.05,
    min: 0,
    exclusiveMin: true,
    max: 10,
  }) as const;

/** A circuit that makes rows, against a network that tells them from real ones (Zoufal, Lucchi and Woerner 2019). */
export const qgan = defineAlgorithm({
  id: 'qgan',
  title: 'Quantum GAN',
  summary:
    'A circuit that makes rows, trained against a classical network that tells them from real ones.',
  source: 'Zoufal, Lucchi and Woerner 2019, arXiv:1904.00043',
  limits: '12 qubits: bits times columns',
  kind: 'quantum',
  takes: unlabelledView,
  result: generative,
  steps: { name: 'epochs', areCourse: true },
  parameters: [
    bitsParameter(2),
    layersParameter(3),
    entangledParameter,
    {
      kind: 'numbers',
      id: 'hidden',
      title: 'Hidden units',
      help: 'Units of each hidden layer of the discriminator.',
      default: [16],
    },
    {
      kind: 'integer',
      id: 'epochs',
      title: 'Epochs',
      help: 'How often the discriminator and the generator take a step each.',
      default: 200,
      min: 1,
      max: 100_000,
    },
    rate('learningRate', 'Learning rate', 'Length of a step of the generator, in radians.'),
    rate('discriminatorRate', 'Discriminator’s rate', 'Length of a step of the discriminator.'),
  ],
  canPause: true,
  canFinish: true,
  accuracy: 0.1,
  asks: () => ['samples', 'gradients'],
  needs: (rows, { bits }) => {
    const qubits = gridQubits(rows, bits as number, mostQubits);
    return {
      ownBytes: 8 * (8 + rows.names.length) * 2 ** qubits,
      qubits,
      answerBytes: 4 * 16 * 2 ** qubits,
    };
  },
  *run(input) {
    const { settings, seed, shots } = input;
    const target = targetOf(input.view, settings['bits'] as number);
    const { circuit, weightCount } = generatorCircuit(
      target.qubits,
      settings['layers'] as number,
      settings['entangled'] === true,
    );
    yield { kind: 'define', key, circuit, observables: [] };
    const rng = rngOf(seed, 333);
    const hidden = (settings['hidden'] as readonly number[]).map((n) => Math.max(1, Math.round(n)));
    const net = startedPerceptron([input.view.names.length, ...hidden, 1], rng);
    const places = Array.from(target.shares, (_, cell) => placeOf(target.grid, cell));
    const { best, ...facts } = yield* played({
      circuit,
      point: Float64Array.from({ length: weightCount }, () => Math.PI * (2 * rng.uniform() - 1)),
      discriminator: new Discriminator(net, settings['discriminatorRate'] as number, places),
      target,
      settings,
      shots,
    });
    const last = shots === null ? null : input.finish.lastShots(shots);
    const [model] = yield* outcomesOf({ key, items: 1, bindings: best }, target.qubits, last);
    return generativeOutcome(input, target, {
      ...facts,
      model: model as Float64Array,
      parameters: { weights: [...best] },
    });
  },
});
