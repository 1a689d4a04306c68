const [beta1, beta2] = [0.9, 0.999];

/** Steps of Adam on numbers that are changed in place (Kingma and Ba 2015, arXiv:1412.6980). */
export class Adam {
  readonly #learningRate: number;
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  #step = 0;

  constructor(size: number, learningRate: number) {
    this.#learningRate = learningRate;
    this.#mean = new Float64Array(size);
    this.#square = new Float64Array(size);
  }

  /** One step down `gradient`. */
  move(parameters: Float64Array, gradient: Float64Array): void {
    this.#step++;
    const length =
      (this.#learningRate * Math.sqrt(1 - beta2 ** this.#step)) / (1 - beta1 ** this.#step);
    for (let k = 0; k < gradient.length; k++) {
      const g = gradient[k] as number;
      const mean = beta1 * (this.#mean[k] as number) + (1 - beta1) * g;
      const square = beta2 * (this.#square[k] as number) + (1 - beta2) * g * g;
      this.#mean[k] = mean;
      this.#square[k] = square;
      parameters[k] = (parameters[k] as number) - (length * mean) / (Math.sqrt(square) + 1e-8);
    }
  }
}
