import type { Network } from './perceptron.ts';
import { channelAt, type SequenceShape } from './sequence.ts';

export interface ConvolutionShape extends SequenceShape {
  /** Filters of each layer. */
  readonly filters: readonly number[];
  /** Neighbours that a filter looks at, an odd number. */
  readonly width: number;
}

/** A layer: out[f][t] = max(0, Σ_{c,k} w[f][c][k]·in[c][t + k − ⌊width/2⌋] + b[f]), then the larger of every two steps. */
interface Layer {
  readonly channels: number;
  readonly filters: number;
  /** Steps before and after every two were made one. */
  readonly steps: number;
  readonly left: number;
  readonly at: number;
}

function layersOf({ steps, channels, filters, width }: ConvolutionShape): Layer[] {
  let [at, length, before] = [0, steps, channels];
  return filters.map((count) => {
    const left = Math.ceil(length / 2);
    const layer = { channels: before, filters: count, steps: length, left, at };
    at += count * (before * width + 1);
    [length, before] = [left, count];
    return layer;
  });
}

/** How many weights and biases there are, the last layer's included. */
export function convolutionSize(shape: ConvolutionShape): number {
  const layers = layersOf(shape);
  const own = layers.reduce(
    (sum, { filters, channels }) => sum + filters * (channels * shape.width + 1),
    0,
  );
  return own + flatSize(shape, layers) + 1;
}

function flatSize({ steps, channels }: ConvolutionShape, layers: readonly Layer[]): number {
  const last = layers.at(-1);
  return last === undefined ? steps * channels : last.left * last.filters;
}

/** Convolutions along a row's steps, rectified and pooled, and a number from all that is left (LeCun et al. 1998). */
export class ConvolutionalNet implements Network {
  readonly parameters: Float64Array;
  readonly #shape: ConvolutionShape;
  readonly #layers: readonly Layer[];
  /** Given to each layer and put out by the last: [channel][step]; of the row that was looked at last. */
  readonly #values: readonly Float64Array[];
  /** Which of two steps was larger, or −1 where neither passed 0; in the layout of the layer's output. */
  readonly #winners: readonly Int32Array[];

  constructor(shape: ConvolutionShape, parameters: Float64Array) {
    this.#shape = shape;
    this.parameters = parameters;
    this.#layers = layersOf(shape);
    this.#values = [
      new Float64Array(shape.steps * shape.channels),
      ...this.#layers.map(({ filters, left }) => new Float64Array(filters * left)),
    ];
    this.#winners = this.#layers.map(({ filters, left }) => new Int32Array(filters * left));
  }

  isWeight(place: number): boolean {
    const { width } = this.#shape;
    const isBias = this.#layers.some(({ at, filters, channels }) => {
      const biases = at + filters * channels * width;
      return place >= biases && place < biases + filters;
    });
    return !isBias && place < this.parameters.length - 1;
  }

  output(row: Float64Array): number {
    const { steps, channels } = this.#shape;
    const [first] = this.#values as [Float64Array];
    for (let c = 0; c < channels; c++) {
      for (let t = 0; t < steps; t++) first[c * steps + t] = channelAt(row, this.#shape, t, c);
    }
    for (const l of this.#layers.keys()) this.#forward(l);
    const flat = this.#values.at(-1) as Float64Array;
    const start = this.parameters.length - flat.length - 1;
    let sum = this.parameters[start + flat.length] as number;
    for (let k = 0; k < flat.length; k++)
      sum += (this.parameters[start + k] as number) * (flat[k] as number);
    return sum;
  }

  #forward(l: number): void {
    const { filters, steps, left } = this.#layers[l] as Layer;
    const [made, winners] = [this.#values[l + 1] as Float64Array, this.#winners[l] as Int32Array];
    for (let f = 0; f < filters; f++) {
      for (let t = 0; t < left; t++) {
        const one = this.#filtered(l, f, 2 * t);
        const two = 2 * t + 1 < steps ? this.#filtered(l, f, 2 * t + 1) : -Infinity;
        const larger = Math.max(one, two);
        made[f * left + t] = Math.max(0, larger);
        winners[f * left + t] = larger > 0 ? (one >= two ? 2 * t : 2 * t + 1) : -1;
      }
    }
  }

  #filtered(l: number, f: number, t: number): number {
    const { width } = this.#shape;
    const { channels, filters, steps, at } = this.#layers[l] as Layer;
    const given = this.#values[l] as Float64Array;
    let sum = this.parameters[at + filters * channels * width + f] as number;
    for (let c = 0; c < channels; c++) {
      for (let k = 0; k < width; k++) {
        const from = t + k - (width >> 1);
        if (from < 0 || from >= steps) continue;
        sum +=
          (this.parameters[at + (f * channels + c) * width + k] as number) *
          (given[c * steps + from] as number);
      }
    }
    return sum;
  }

  addGradient(slope: number, gradient: Float64Array): void {
    const flat = this.#values.at(-1) as Float64Array;
    const start = this.parameters.length - flat.length - 1;
    const add = (at: number, value: number): void => {
      gradient[at] = (gradient[at] as number) + value;
    };
    add(start + flat.length, slope);
    let behind = flat.map((value, k) => {
      add(start + k, slope * value);
      return slope * (this.parameters[start + k] as number);
    });
    for (let l = this.#layers.length - 1; l >= 0; l--) behind = this.#backward(l, behind, add);
  }

  /** Adds what a layer says of its weights; gives the slope by what it was given. */
  #backward(
    l: number,
    behind: Float64Array,
    add: (at: number, value: number) => void,
  ): Float64Array<ArrayBuffer> {
    const { width } = this.#shape;
    const { channels, filters, steps, left, at } = this.#layers[l] as Layer;
    const given = this.#values[l] as Float64Array;
    const winners = this.#winners[l] as Int32Array;
    const before = new Float64Array(given.length);
    for (let f = 0; f < filters; f++) {
      for (let p = 0; p < left; p++) {
        const t = winners[f * left + p] as number;
        const d = behind[f * left + p] as number;
        if (t < 0 || d === 0) continue;
        add(at + filters * channels * width + f, d);
        for (let c = 0; c < channels; c++) {
          for (let k = 0; k < width; k++) {
            const from = t + k - (width >> 1);
            if (from < 0 || from >= steps) continue;
            const weight = at + (f * channels + c) * width + k;
            add(weight, d * (given[c * steps + from] as number));
            before[c * steps + from] =
              (before[c * steps + from] as number) + d * (this.parameters[weight] as number);
          }
        }
      }
    }
    return before;
  }
}
