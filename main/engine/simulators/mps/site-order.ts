/** Which site of a chain each qubit is at, and how qubits come next to each other. */
export class SiteOrder {
  readonly #siteOf: number[];
  readonly #qubitAt: number[];

  constructor(siteOf: readonly number[]) {
    this.#siteOf = [...siteOf];
    this.#qubitAt = siteOf.map((_, site) => siteOf.indexOf(site));
  }

  /** Every qubit at its own site. */
  static plain(qubits: number): SiteOrder {
    return new SiteOrder(Array.from({ length: qubits }, (_, qubit) => qubit));
  }

  copy(): SiteOrder {
    return new SiteOrder(this.#siteOf);
  }

  siteOf(qubit: number): number {
    return this.#siteOf[qubit] as number;
  }

  /** Brings qubits next to each other around the middle one; `swap` is told of every two sites that change places. */
  gather(qubits: readonly number[], swap: (first: number) => void): number[] {
    const order = [...qubits].sort((a, b) => this.siteOf(a) - this.siteOf(b));
    const middle = order.length >> 1;
    const anchor = this.siteOf(order[middle] as number);
    for (let k = middle - 1; k >= 0; k--) {
      this.move(order[k] as number, anchor - (middle - k), swap);
    }
    for (let k = middle + 1; k < order.length; k++) {
      this.move(order[k] as number, anchor + (k - middle), swap);
    }
    return qubits.map((qubit) => this.siteOf(qubit));
  }

  move(qubit: number, to: number, swap: (first: number) => void): void {
    for (let site = this.siteOf(qubit); site !== to; site = this.siteOf(qubit)) {
      const next = site < to ? site + 1 : site - 1;
      swap(Math.min(site, next));
      const other = this.#qubitAt[next] as number;
      this.#siteOf[qubit] = next;
      this.#siteOf[other] = site;
      this.#qubitAt[next] = qubit;
      this.#qubitAt[site] = other;
    }
  }
}
