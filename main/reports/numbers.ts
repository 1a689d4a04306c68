import { isEstimate, type TableCell } from '#shared/figures/data-table.ts';

/** A cell as it is printed: errors to two digits, and the value to the same place; plain numbers to six digits. */
export function printed(cell: TableCell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return numberText(cell);
  const { value, stderr } = cell;
  if (stderr === null || stderr === 0 || !Number.isFinite(stderr)) return numberText(value);
  const decimals = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(stderr))));
  return `${minus(value.toFixed(decimals))} ± ${stderr.toFixed(decimals)}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'not a number';
  return minus(String(Number(value.toPrecision(6))));
}

function minus(text: string): string {
  return text.replaceAll('-', '−');
}

/** Whether a column holds numbers, so that it is set to the right. */
export function isNumeric(cells: readonly (TableCell | undefined)[]): boolean {
  return cells.every(
    (cell) => cell === null || cell === undefined || typeof cell === 'number' || isEstimate(cell),
  );
}
