import type { DataTable } from '../figures/data-table.ts';

const symbols: Readonly<Record<string, string>> = { gammas: 'γ', betas: 'β', parameters: 'θ' };

/** Angles of a circuit in radians: one row a kind of angle, one column a layer. Null where there is none. */
export function anglesTable(
  parameters: Readonly<Record<string, readonly number[]>>,
): DataTable | null {
  const rows = Object.entries(parameters);
  const layers = Math.max(0, ...rows.map(([, values]) => values.length));
  if (layers === 0) return null;
  const column = (k: number) => ({ id: `layer${k + 1}`, title: String(k + 1), unit: 'rad' });
  return {
    id: 'angles',
    title: 'Angles',
    columns: [
      { id: 'angle', title: 'Layer' },
      ...Array.from({ length: layers }, (_, k) => column(k)),
    ],
    rows: rows.map(([name, values]) => [
      symbols[name] ?? name,
      ...Array.from({ length: layers }, (_, k) => values[k] ?? null),
    ]),
  };
}
