import { logistic } from './learner.ts';
import type { Network } from './perceptron.ts';
import { channelAt, type SequenceShape } from './sequence.ts';

export interface LstmShape extends SequenceShape {
  readonly hidden: number;
}

/** Weights of inputs, of what was put out before, biases of the four gates, then the last layer and its bias. */
export function lstmSize({ channels, hidden }: LstmShape): number {
  return 4 * hidden * (channels + hidden + 1) + hidden + 1;
}

/**
 * A layer with a memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) that goes through a
 * row's steps, and a number from what it puts out at the last one. Gate k of unit j is row k·hidden + j: in, forget,
 * candidate, out.
 */
export class Lstm implements Network {
  readonly parameters: Float64Array;
  readonly #shape: LstmShape;
  #row: Float64Array = new Float64Array(0);
  /** Of the row that was looked at last, a step after the other: gates after their functions, memory, output. */
  readonly #gates: Float64Array;
  readonly #memory: Float64Array;
  readonly #outputs: Float64Array;

  constructor(shape: LstmShape, parameters: Float64Array) {
    const { steps, hidden } = shape;
    this.#shape = shape;
    this.parameters = parameters;
    this.#gates = new Float64Array(steps * 4 * hidden);
    this.#memory = new Float64Array((steps + 1) * hidden);
    this.#outputs = new Float64Array((steps + 1) * hidden);
  }

  isWeight(place: number): boolean {
    const { channels, hidden } = this.#shape;
    const weights = 4 * hidden * (channels + hidden);
    const last = weights + 4 * hidden;
    return place < weights || (place >= last && place < last + hidden);
  }

  output(row: Float64Array): number {
    const { steps, hidden } = this.#shape;
    this.#row = row;
    for (let t = 0; t < steps; t++) this.#step(t);
    const last = this.parameters.length - hidden - 1;
    let sum = this.parameters[last + hidden] as number;
    for (let j = 0; j < hidden; j++) {
      sum += (this.parameters[last + j] as number) * (this.#outputs[steps * hidden + j] as number);
    }
    return sum;
  }

  /** States of step t stand at t + 1; before the first one they are 0. */
  #step(t: number): void {
    const { channels, hidden } = this.#shape;
    const { parameters } = this;
    const recurrent = 4 * hidden * channels;
    const biases = recurrent + 4 * hidden * hidden;
    for (let g = 0; g < 4 * hidden; g++) {
      let z = parameters[biases + g] as number;
      for (let c = 0; c < channels; c++) {
        z += (parameters[g * channels + c] as number) * channelAt(this.#row, this.#shape, t, c);
      }
      for (let j = 0; j < hidden; j++) {
        z +=
          (parameters[recurrent + g * hidden + j] as number) *
          (this.#outputs[t * hidden + j] as number);
      }
      const isCandidate = g >= 2 * hidden && g < 3 * hidden;
      this.#gates[t * 4 * hidden + g] = isCandidate ? Math.tanh(z) : logistic(z);
    }
    const gate = (k: number, j: number): number => this.#gates[(4 * t + k) * hidden + j] as number;
    for (let j = 0; j < hidden; j++) {
      const before = this.#memory[t * hidden + j] as number;
      const memory = gate(1, j) * before + gate(0, j) * gate(2, j);
      this.#memory[(t + 1) * hidden + j] = memory;
      this.#outputs[(t + 1) * hidden + j] = gate(3, j) * Math.tanh(memory);
    }
  }

  addGradient(slope: number, gradient: Float64Array): void {
    const { steps, hidden } = this.#shape;
    const last = this.parameters.length - hidden - 1;
    const add = (at: number, value: number): void => {
      gradient[at] = (gradient[at] as number) + value;
    };
    add(last + hidden, slope);
    let ofOutput = new Float64Array(hidden);
    for (let j = 0; j < hidden; j++) {
      add(last + j, slope * (this.#outputs[steps * hidden + j] as number));
      ofOutput[j] = slope * (this.parameters[last + j] as number);
    }
    const ofMemory = new Float64Array(hidden);
    for (let t = steps - 1; t >= 0; t--) {
      const ofGates = this.#gateSlopes(t, ofOutput, ofMemory);
      ofOutput = this.#stepBack(t, ofGates, add);
    }
  }

  /** Slopes by what each gate's function was given; `ofMemory` goes one step back. */
  #gateSlopes(t: number, ofOutput: Float64Array, ofMemory: Float64Array): Float64Array {
    const { hidden } = this.#shape;
    const slopes = new Float64Array(4 * hidden);
    const gate = (k: number, j: number): number => this.#gates[(4 * t + k) * hidden + j] as number;
    for (let j = 0; j < hidden; j++) {
      const [i, f, g, o] = [gate(0, j), gate(1, j), gate(2, j), gate(3, j)];
      const bent = Math.tanh(this.#memory[(t + 1) * hidden + j] as number);
      const out = ofOutput[j] as number;
      const memory = (ofMemory[j] as number) + out * o * (1 - bent * bent);
      slopes[j] = memory * g * i * (1 - i);
      slopes[hidden + j] = memory * (this.#memory[t * hidden + j] as number) * f * (1 - f);
      slopes[2 * hidden + j] = memory * i * (1 - g * g);
      slopes[3 * hidden + j] = out * bent * o * (1 - o);
      ofMemory[j] = memory * f;
    }
    return slopes;
  }

  /** Adds what a step says of the weights; gives the slope by the outputs before it. */
  #stepBack(
    t: number,
    ofGates: Float64Array,
    add: (at: number, value: number) => void,
  ): Float64Array<ArrayBuffer> {
    const { channels, hidden } = this.#shape;
    const recurrent = 4 * hidden * channels;
    const biases = recurrent + 4 * hidden * hidden;
    const before = new Float64Array(hidden);
    for (let g = 0; g < 4 * hidden; g++) {
      const d = ofGates[g] as number;
      add(biases + g, d);
      for (let c = 0; c < channels; c++) {
        add(g * channels + c, d * channelAt(this.#row, this.#shape, t, c));
      }
      for (let j = 0; j < hidden; j++) {
        const at = recurrent + g * hidden + j;
        add(at, d * (this.#outputs[t * hidden + j] as number));
        before[j] = (before[j] as number) + d * (this.parameters[at] as number);
      }
    }
    return before;
  }
}
