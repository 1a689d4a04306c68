import type { NewPoints } from '#shared/jobs/curve.ts';

/** Points of curves that nobody was told of yet. */
export class FreshPoints {
  #points = new Map<string, { readonly x: number[]; readonly y: number[] }>();

  add(x: number, metrics: Readonly<Record<string, number>>): void {
    for (const [name, y] of Object.entries(metrics)) {
      const known = this.#points.get(name) ?? { x: [], y: [] };
      known.x.push(x);
      known.y.push(y);
      this.#points.set(name, known);
    }
  }

  /** Tells and forgets them. */
  take(): NewPoints['curves'] {
    const curves = Array.from(this.#points, ([name, { x, y }]) => ({
      name,
      x: Float64Array.from(x),
      y: Float64Array.from(y),
    }));
    this.#points = new Map();
    return curves;
  }
}
