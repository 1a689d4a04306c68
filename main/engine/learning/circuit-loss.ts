import { ask } from '../programs/ask.ts';
import type { Answer, Ask } from '../programs/program.ts';
import type { Objective, PointBatch } from '../training/minimise.ts';
import type { CircuitModel } from './circuit-model.ts';
import { type FitTask, logistic } from './learner.ts';

/** Of the circuit of a model, and of the one whose ⟨Z⟩ are weighed by a point. */
export const key = 'model';
const weighedKey = 'weighed';

/** What is learned: classes as 1 and 0; values with mean 0 and deviation 1. */
export interface Targets {
  readonly values: Float64Array;
  readonly mean: number;
  readonly scale: number;
}

export function targetsOf(labels: readonly number[], areClasses: boolean): Targets {
  if (areClasses) return { values: Float64Array.from(labels), mean: 0, scale: 1 };
  const mean = labels.reduce((sum, y) => sum + y, 0) / labels.length;
  const square = labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labels.length;
  const scale = Math.sqrt(square) || 1;
  return { values: Float64Array.from(labels, (y) => (y - mean) / scale), mean, scale };
}

/** What a point is made of: weights of the circuit, of its front, a factor for each ⟨Z⟩, and an offset. */
export function partsOf({ weightCount, front, reads = 1 }: CircuitModel, point: Float64Array) {
  const behind = weightCount + (front?.weightCount ?? 0);
  return {
    weights: point.subarray(0, weightCount),
    frontWeights: point.subarray(weightCount, behind),
    factors: point.subarray(behind, behind + reads),
    offset: point[behind + reads] as number,
  };
}

/** What the circuit is given for each row: its inputs, then its weights. */
export function bindingsOf(
  model: CircuitModel,
  given: readonly Float64Array[],
  point: Float64Array,
): Float64Array {
  const { weights, frontWeights } = partsOf(model, point);
  const width = model.circuit.parameters.length;
  const bindings = new Float64Array(given.length * width);
  given.forEach((row, r) => {
    bindings.set(model.front?.inputs(row, frontWeights) ?? row, r * width);
    bindings.set(weights, (r + 1) * width - weights.length);
  });
  return bindings;
}

interface Loss {
  /** What the model is given for each row. */
  readonly inputs: readonly Float64Array[];
  readonly targets: Targets;
  readonly model: CircuitModel;
  readonly areClasses: boolean;
  readonly batch: number | undefined;
  readonly rng: FitTask['rng'];
}

/** Mean logarithmic loss of classes, or half the mean square of values. */
export function lossOf(loss: Loss): Objective {
  return {
    sense: 'min',
    scale: 1,
    *evaluate(batch) {
      const rows = drawn(loss);
      const size = batch.points.length / batch.count;
      const values = new Float64Array(batch.count);
      const gradients = new Float64Array(batch.needsGradient ? batch.points.length : 0);
      const asked = yield* outputs(loss, rows, batch);
      for (let p = 0; p < batch.count; p++) {
        const point = batch.points.subarray(p * size, (p + 1) * size);
        const gradient = gradients.subarray(p * size, (p + 1) * size);
        rows.forEach((row, r) => {
          const said = asked(p * rows.length + r);
          const found = rowLoss(loss, { row, point, said }, 1 / rows.length, gradient);
          values[p] = (values[p] as number) + found;
        });
      }
      return { values, stderrs: new Float64Array(batch.count), gradients };
    },
    describe: (point) => ({ weights: [...point] }),
  };
}

interface RowSaid {
  readonly row: number;
  readonly point: Float64Array;
  readonly said: Said;
}

/** A row's share of the loss; where slopes are there, its share of the gradient is added. */
function rowLoss(
  { model, inputs, targets, areClasses }: Loss,
  { row, point, said: { values, slope } }: RowSaid,
  share: number,
  gradient: Float64Array,
): number {
  const { frontWeights, factors, offset, weights } = partsOf(model, point);
  const sum = factors.reduce((total, factor, q) => total + factor * (values[q] as number), offset);
  const { value, steepness } = lossAt(sum, targets.values[row] as number, areClasses);
  if (slope === null) return share * value;
  const behind = weights.length + frontWeights.length;
  const add = (k: number, part: number): void => {
    gradient[k] = (gradient[k] as number) + part;
  };
  const size = model.circuit.parameters.length - weights.length;
  const times = share * steepness;
  for (let k = 0; k < weights.length; k++) add(k, times * slope(size + k));
  factors.forEach((_, q) => add(behind + q, times * (values[q] as number)));
  add(behind + factors.length, times);
  if (model.front === undefined) return share * value;
  const byInput = Float64Array.from({ length: size }, (_, k) => times * slope(k));
  const ofFront = gradient.subarray(weights.length, behind);
  model.front.addGradient(inputs[row] as Float64Array, frontWeights, byInput, ofFront);
  return share * value;
}

/** The rows of a step: all, or as many as a batch has, drawn anew. */
function drawn({ inputs, batch, rng }: Loss): number[] {
  const all = inputs.map((_, i) => i);
  if (batch === undefined || batch >= all.length) return all;
  for (let k = 0; k < batch; k++) {
    const j = k + rng.below(all.length - k);
    [all[k], all[j]] = [all[j] as number, all[k] as number];
  }
  return all.slice(0, batch);
}

interface Said {
  /** ⟨Z⟩ of each qubit that is read. */
  readonly values: readonly number[];
  /** Of their weighted sum, by what the circuit was given at a place; null where no gradient was wanted. */
  readonly slope: ((place: number) => number) | null;
}

/** What the circuit says of every point and row in turn. */
function* outputs(
  loss: Loss,
  rows: readonly number[],
  batch: PointBatch,
): Generator<Ask, (item: number) => Said, Answer> {
  const { inputs, model } = loss;
  const { points, count, needsGradient } = batch;
  const reads = model.reads ?? 1;
  const size = points.length / count;
  const width = model.circuit.parameters.length;
  const given = rows.map((row) => inputs[row] as Float64Array);
  const bindings = new Float64Array(count * rows.length * width);
  for (let p = 0; p < count; p++) {
    const point = points.subarray(p * size, (p + 1) * size);
    bindings.set(bindingsOf(model, given, point), p * rows.length * width);
  }
  const asked = { key, items: count * rows.length, bindings };
  if (needsGradient && reads === 1) {
    const { values, gradients } = yield* ask({ kind: 'gradients', ...asked, observable: 0 });
    return (item) => {
      const point = points.subarray(Math.floor(item / rows.length) * size);
      const factor = partsOf(model, point).factors[0] as number;
      return {
        values: [values[item] as number],
        slope: (place) => factor * (gradients[item * width + place] as number),
      };
    };
  }
  const read = Array.from({ length: reads }, (_, q) => q);
  const { values } = yield* ask({ kind: 'expectations', ...asked, observables: read });
  const slopes = needsGradient ? yield* weightedSlopes(model, batch, bindings) : null;
  return (item) => ({
    values: read.map((q) => values[item * reads + q] as number),
    slope: slopes === null ? null : (place) => slopes[item * width + place] as number,
  });
}

/** Slopes of the sum of ⟨Z⟩ that a point weighs: one observable, so that they take no more than those of one qubit. */
function* weightedSlopes(
  model: CircuitModel,
  { points, count }: PointBatch,
  bindings: Float64Array,
): Generator<Ask, Float64Array, Answer> {
  const size = points.length / count;
  const slopes = new Float64Array(bindings.length);
  const part = bindings.length / count;
  for (let p = 0; p < count; p++) {
    const { factors } = partsOf(model, points.subarray(p * size, (p + 1) * size));
    const terms = Array.from(factors, (coefficient, qubit) => ({
      coefficient,
      factors: [{ qubit, letter: 'Z' as const }],
    }));
    const observables = [{ kind: 'pauli' as const, sum: { terms } }];
    yield { kind: 'define', key: weighedKey, circuit: model.circuit, observables };
    const { gradients } = yield* ask({
      kind: 'gradients',
      key: weighedKey,
      items: part / model.circuit.parameters.length,
      bindings: bindings.slice(p * part, (p + 1) * part),
      observable: 0,
    });
    yield { kind: 'forget', key: weighedKey };
    slopes.set(gradients, p * part);
  }
  return slopes;
}

function lossAt(
  said: number,
  target: number,
  areClasses: boolean,
): { readonly value: number; readonly steepness: number } {
  if (!areClasses) return { value: (said - target) ** 2 / 2, steepness: said - target };
  const signed = target === 1 ? said : -said;
  const value = signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
  return { value, steepness: logistic(said) - target };
}
