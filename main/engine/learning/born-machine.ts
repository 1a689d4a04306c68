import { rngOf } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { unlabelledView } from '#shared/problems/views/unlabelled.ts';
import { generative } from '#shared/results/kinds/generative.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import {
  type Evaluated,
  extraQuestions,
  minimise,
  type Objective,
  overlapsWithFirst,
  type PointBatch,
} from '../training/minimise.ts';
import { kernelTimes } from './discrepancy.ts';
import {
  bitsParameter,
  entangledParameter,
  generativeOutcome,
  type Target,
  gridQubits,
  targetOf,
} from './generative-model.ts';
import { generatorCircuit, gradientAlong, outcomesOf } from './generator.ts';
import { optimizerOf, optimizerSetting } from './optimiser-setting.ts';
import { layersParameter } from './parameters.ts';

const key = 'generator';
const mostQubits = 12;
/** Below this a probability counts as this much, so that the logarithm of what was never seen is finite. */
const leastProbability = 1e-6;

type Loss = 'mmd' | 'likelihood';

interface Told {
  readonly value: number;
  /** ∂loss/∂p of every cell. */
  readonly slope: Float64Array;
}

/** (p − q)ᵀK(p − q) for the kernel of `discrepancy.ts`, or Σ q ln(q/p). */
function lossAt(p: Float64Array, { grid, shares }: Target, loss: Loss): Told {
  if (loss === 'mmd') {
    const difference = p.map((value, i) => value - (shares[i] as number));
    const smoothed = kernelTimes(grid, difference);
    return {
      value: difference.reduce((sum, d, i) => sum + d * (smoothed[i] as number), 0),
      slope: smoothed.map((value) => 2 * value),
    };
  }
  const held = p.map((value) => Math.max(leastProbability, value));
  return {
    value: shares.reduce(
      (sum, q, i) => (q > 0 ? sum + q * Math.log(q / (held[i] as number)) : sum),
      0,
    ),
    slope: held.map((value, i) => -(shares[i] as number) / value),
  };
}

interface Setting {
  readonly circuit: Circuit;
  readonly target: Target;
  readonly loss: Loss;
  readonly shots: number | null;
  readonly course: { step: number; loss: number }[];
}

function objectiveOf({ circuit, target, loss, shots, course }: Setting): Objective {
  return {
    sense: 'min',
    scale: 1,
    *evaluate({ count, points, needsGradient }: PointBatch): Generator<Ask, Evaluated, Answer> {
      const size = points.length / count;
      const values = new Float64Array(count);
      const stderrs = new Float64Array(count);
      const gradients = new Float64Array(needsGradient ? points.length : 0);
      const asked = { key, items: count, bindings: points };
      const tables = yield* outcomesOf(asked, target.qubits, shots);
      for (const [row, p] of tables.entries()) {
        const { value, slope } = lossAt(p, target, loss);
        values[row] = value;
        if (shots !== null) stderrs[row] = Math.sqrt(varianceOf(p, slope) / shots);
        course.push({ step: course.length + 1, loss: value });
        if (!needsGradient) continue;
        const point = points.slice(row * size, (row + 1) * size);
        gradients.set(yield* gradientAlong(circuit, point, slope), row * size);
      }
      return { values, stderrs, gradients };
    },
    *metric(bindings) {
      return (yield* ask({ kind: 'metric', key, items: 1, bindings })).values;
    },
    overlaps: (points, count) => overlapsWithFirst(key, points, count),
    describe: (point) => ({ weights: [...point] }),
  };
}

/** Of the slope over the outcomes of one shot: to first order what the loss varies by. */
function varianceOf(p: Float64Array, slope: Float64Array): number {
  const mean = p.reduce((sum, value, i) => sum + value * (slope[i] as number), 0);
  return p.reduce((sum, value, i) => sum + value * ((slope[i] as number) - mean) ** 2, 0);
}

/** A circuit whose outcomes are made to be distributed as rows are (Liu and Wang 2018; Benedetti et al. 2019). */
export const bornMachine = defineAlgorithm({
  id: 'born-machine',
  title: 'Born machine',
  summary:
    'A trained circuit whose outcomes, cells of the columns, are distributed as the rows are.',
  source: 'Liu and Wang 2018, arXiv:1804.04062; Benedetti et al. 2019, arXiv:1801.07686',
  limits: '12 qubits: bits times columns',
  kind: 'quantum',
  takes: unlabelledView,
  result: generative,
  steps: { name: 'evaluations', areCourse: true },
  parameters: [
    bitsParameter(2),
    layersParameter(3),
    {
      kind: 'choice',
      id: 'loss',
      title: 'Loss',
      help: 'The maximum mean discrepancy needs samples alone; the likelihood looks at every probability.',
      default: 'mmd',
      options: [
        { value: 'mmd', title: 'Maximum mean discrepancy' },
        { value: 'likelihood', title: 'Likelihood' },
      ],
    },
    entangledParameter,
    optimizerSetting(),
  ],
  isUsual: true,
  canPause: true,
  canFinish: true,
  accuracy: 0.05,
  asks: (settings, parts) => ['samples', ...extraQuestions(optimizerOf(settings, parts).optimizer)],
  needs: (rows, { bits }) => {
    const qubits = gridQubits(rows, bits as number, mostQubits);
    return { ownBytes: 8 * 8 * 2 ** qubits, qubits, answerBytes: 4 * 16 * 2 ** qubits };
  },
  *run(input) {
    const { settings, parts, seed, shots } = input;
    const target = targetOf(input.view, settings['bits'] as number);
    const { circuit, weightCount } = generatorCircuit(
      target.qubits,
      settings['layers'] as number,
      settings['entangled'] === true,
    );
    yield { kind: 'define', key, circuit, observables: [] };
    const course: { step: number; loss: number }[] = [];
    const rng = rngOf(seed, 330);
    const minimum = yield* minimise(
      objectiveOf({ circuit, target, loss: settings['loss'] as Loss, shots, course }),
      {
        ...optimizerOf(settings, parts),
        start: Float64Array.from({ length: weightCount }, () => Math.PI * (2 * rng.uniform() - 1)),
        rng: rngOf(seed, 331),
        curve: 'loss',
        bestCurve: 'bestLoss',
        oneByOne: false,
        snapshot: input.snapshot,
      },
    );
    const last = shots === null ? null : input.finish.lastShots(shots);
    const bindings = minimum.point;
    const [model] = yield* outcomesOf({ key, items: 1, bindings }, target.qubits, last);
    return generativeOutcome(input, target, {
      ...minimum,
      model: model as Float64Array,
      parameters: { weights: [...minimum.point] },
      course,
    });
  },
});
