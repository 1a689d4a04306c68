/** Weights by name that are added up in the order in which they come. */
export class Sums {
  readonly linear = new Map<string, number>();
  readonly quadratic: [string, string, number][] = [];
  constant = 0;

  add(name: string, weight: number): void {
    this.linear.set(name, (this.linear.get(name) ?? 0) + weight);
  }

  written() {
    return { linear: Object.fromEntries(this.linear), quadratic: this.quadratic };
  }
}
