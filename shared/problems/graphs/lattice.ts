import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';

/** Fields of every kind that is about sites in rows and columns. */
export const latticeFields = [
  {
    kind: 'choice',
    id: 'lattice',
    title: 'Lattice',
    help: 'Square: neighbours in rows and columns; triangular: along one diagonal as well.',
    default: 'square',
    options: [
      { value: 'square', title: 'Square' },
      { value: 'triangular', title: 'Triangular' },
    ],
  },
  {
    kind: 'integer',
    id: 'rows',
    title: 'Rows',
    help: 'Rows of sites; a single one is a chain.',
    default: 1,
    min: 1,
    max: 10_000,
  },
  {
    kind: 'integer',
    id: 'columns',
    title: 'Columns',
    help: 'Sites in each row. Site (row, column) has the number row · columns + column.',
    default: 4,
    min: 1,
    max: 10_000,
  },
  {
    kind: 'boolean',
    id: 'periodic',
    title: 'Periodic',
    help: 'Joins the ends of rows and columns, so that there is no border.',
    default: false,
  },
] as const satisfies readonly ParameterDescriptor[];

export type Lattice = ValuesOf<typeof latticeFields>;

export function siteCount({ rows, columns }: Lattice): number {
  return rows * columns;
}

/** Pairs of neighbours, each once: along rows, columns and diagonals. */
export function bondsOf({ lattice, rows, columns, periodic }: Lattice): [number, number][] {
  const steps = lattice === 'square' ? [[0, 1] as const, [1, 0] as const] : triangularSteps;
  const found = new Map<string, [number, number]>();
  for (let site = 0; site < rows * columns; site++) {
    const [row, column] = [Math.floor(site / columns), site % columns];
    for (const [down, right] of steps) {
      const [r, c] = [row + down, column + right];
      if (!periodic && (r >= rows || c >= columns)) continue;
      const other = (r % rows) * columns + (c % columns);
      // On two sites the way round leads to the same neighbour.
      const pair: [number, number] = [Math.min(site, other), Math.max(site, other)];
      if (site !== other) found.set(pair.join(), pair);
    }
  }
  return [...found.values()];
}

const triangularSteps: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 0],
  [1, 1],
];
