import type { Rng } from '#shared/base/rng.ts';
import { Adam } from './adam.ts';
import { logistic } from './learner.ts';

/** A layer: out_j = Σ_i weights[j·inputs + i]·in_i + bias_j. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin in the list of all parameters; the biases follow. */
  readonly at: number;
}

function layersOf(sizes: readonly number[]): Layer[] {
  let at = 0;
  return sizes.slice(1).map((outputs, l) => {
    const inputs = sizes[l] as number;
    const layer = { inputs, outputs, at };
    at += outputs * (inputs + 1);
    return layer;
  });
}

/**
 * Layers of these sizes before any training: weights are uniform within √(6/(inputs + outputs)), biases likewise
 * (Glorot and Bengio 2010, as in scikit-learn).
 */
export function startedPerceptron(sizes: readonly number[], rng: Rng): Perceptron {
  const parameters = layersOf(sizes).flatMap(({ inputs, outputs }) => {
    const bound = Math.sqrt((outputs === 1 ? 2 : 6) / (inputs + outputs));
    return Array.from({ length: outputs * (inputs + 1) }, () => bound * (2 * rng.uniform() - 1));
  });
  return new Perceptron(sizes, Float64Array.from(parameters));
}

/** Dense layers with max(0, ·) between them and one number at the end. */
export class Perceptron implements Network {
  readonly sizes: readonly number[];
  readonly parameters: Float64Array;
  readonly #layers: readonly Layer[];
  /** What each layer was given, and the last output: of the row that was looked at last. */
  readonly #values: readonly Float64Array[];

  constructor(sizes: readonly number[], parameters: Float64Array) {
    this.sizes = sizes;
    this.#layers = layersOf(sizes);
    this.parameters = parameters;
    this.#values = sizes.map((size) => new Float64Array(size));
  }

  /** Whether a parameter is a weight, which alone is penalised. */
  isWeight(place: number): boolean {
    return this.#layers.some(
      ({ inputs, outputs, at }) => place >= at && place < at + inputs * outputs,
    );
  }

  output(row: Float64Array): number {
    (this.#values[0] as Float64Array).set(row);
    for (const [l, { inputs, outputs, at }] of this.#layers.entries()) {
      const [given, made] = [this.#values[l] as Float64Array, this.#values[l + 1] as Float64Array];
      const isLast = l === this.#layers.length - 1;
      for (let j = 0; j < outputs; j++) {
        let sum = this.parameters[at + inputs * outputs + j] as number;
        for (let i = 0; i < inputs; i++) {
          sum += (this.parameters[at + j * inputs + i] as number) * (given[i] as number);
        }
        made[j] = isLast || sum > 0 ? sum : 0;
      }
    }
    return this.#values.at(-1)?.[0] as number;
  }

  /** Adds the derivative of the output for the row that was looked at last, times `slope`. */
  addGradient(slope: number, gradient: Float64Array): void {
    let behind = Float64Array.of(slope);
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, at } = this.#layers[l] as Layer;
      const given = this.#values[l] as Float64Array;
      const before = new Float64Array(inputs);
      for (let j = 0; j < outputs; j++) {
        const d = behind[j] as number;
        if (d === 0) continue;
        const bias = at + inputs * outputs + j;
        gradient[bias] = (gradient[bias] as number) + d;
        for (let i = 0; i < inputs; i++) {
          const k = at + j * inputs + i;
          gradient[k] = (gradient[k] as number) + d * (given[i] as number);
          before[i] = (before[i] as number) + d * (this.parameters[k] as number);
        }
      }
      // What max(0, ·) held back passes nothing on.
      behind = l === 0 ? before : before.map((d, i) => ((given[i] as number) > 0 ? d : 0));
    }
  }
}

export interface Training {
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly areClasses: boolean;
}

/** What is trained by the derivative of its one output. */
export interface Network {
  readonly parameters: Float64Array;
  /** Whether a parameter is a weight, which alone is penalised. */
  isWeight(place: number): boolean;
  output(row: Float64Array): number;
  /** Adds the derivative of the output for the row that was looked at last, times `slope`. */
  addGradient(slope: number, gradient: Float64Array): void;
}

/** Adam over shuffled batches, epoch by epoch (Kingma and Ba 2015): log loss of classes, half mean squares of values. */
export class AdamTrainer {
  readonly #net: Network;
  readonly #training: Training;
  readonly #adam: Adam;
  readonly #decays: Float64Array;

  constructor(net: Network, training: Training) {
    this.#net = net;
    this.#training = training;
    this.#adam = new Adam(net.parameters.length, training.learningRate);
    this.#decays = net.parameters.map((_, k) => (net.isWeight(k) ? training.weightDecay : 0));
  }

  /** Goes over the rows in this order; gives the mean loss on the way, without the penalty. */
  epoch(rows: readonly Float64Array[], targets: Float64Array, order: readonly number[]): number {
    const { batch, areClasses } = this.#training;
    const { parameters } = this.#net;
    let loss = 0;
    for (let start = 0; start < order.length; start += batch) {
      const members = order.slice(start, start + batch);
      const gradient = new Float64Array(parameters.length);
      for (const i of members) {
        const z = this.#net.output(rows[i] as Float64Array);
        const target = targets[i] as number;
        const slope = (areClasses ? logistic(z) : z) - target;
        const signed = target === 1 ? z : -z;
        loss += areClasses
          ? Math.log1p(Math.exp(-Math.abs(signed))) + Math.max(0, -signed)
          : slope ** 2 / 2;
        this.#net.addGradient(slope / members.length, gradient);
      }
      for (let k = 0; k < gradient.length; k++) {
        const decay = (this.#decays[k] as number) * (parameters[k] as number);
        gradient[k] = (gradient[k] as number) + decay / members.length;
      }
      this.#adam.move(parameters, gradient);
    }
    return loss / order.length;
  }
}
