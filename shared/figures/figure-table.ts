import { unreachable } from '../base/assert.ts';
import type { DataTable, TableCell } from './data-table.ts';
import { axisLabel, type Figure } from './figure.ts';

/** The numbers of a figure as a table: for those who cannot see it, and for spreadsheets. */
export function tableOfFigure(figure: Figure): DataTable {
  const { id, title } = figure;
  const x = { id: 'x', title: axisLabel(figure.x) };
  const y = { id: 'y', title: axisLabel(figure.y) };
  switch (figure.kind) {
    case 'bars':
      return {
        id,
        title,
        columns: [{ ...x, areBits: figure.areBits }, y],
        rows: figure.bars.map(({ label, value, stderr }) => [label, withError(value, stderr)]),
      };
    case 'lines': {
      const group = { id: 'curve', title: 'Curve' };
      const hasBand = figure.lines.some(({ low }) => low !== undefined);
      const band = hasBand
        ? [
            { id: 'low', title: 'Low' },
            { id: 'high', title: 'High' },
          ]
        : [];
      return {
        id,
        title,
        columns: [group, x, y, ...band],
        rows: figure.lines.flatMap((line) =>
          Array.from(line.x, (at, i): TableCell[] => [
            line.name,
            at,
            line.y[i] ?? null,
            ...(hasBand ? [line.low?.[i] ?? null, line.high?.[i] ?? null] : []),
          ]),
        ),
      };
    }
    case 'scatter':
      return {
        id,
        title,
        columns: [{ id: 'group', title: 'Group' }, x, y],
        rows: figure.groups.flatMap(({ name, points }) =>
          points.map((one): TableCell[] => [name, one.x, withError(one.y, one.stderr)]),
        ),
      };
    case 'estimates':
      return {
        id,
        title,
        columns: [{ id: 'y', title: axisLabel(figure.y) }, ...figure.groups.map(columnOf)],
        rows: figure.rows.map(({ label, estimates }) => [label, ...estimates]),
      };
    case 'histogram':
      return {
        id,
        title,
        columns: [
          { id: 'from', title: `${axisLabel(figure.x)} from` },
          { id: 'to', title: 'to' },
          ...figure.groups.map(({ name }) => columnOf(name)),
        ],
        rows: figure.edges
          .slice(1)
          .map((to, k) => [
            figure.edges[k] ?? null,
            to,
            ...figure.groups.map(({ counts }) => counts[k] ?? null),
          ]),
      };
    case 'heat-map':
      return {
        id,
        title,
        columns: [{ id: 'y', title: axisLabel(figure.y) }, ...figure.columns.map(columnOf)],
        rows: figure.rows.map((label, r) => [label, ...(figure.values[r] ?? [])]),
      };
    case 'graph': {
      const nameOf = (node: number): string => figure.nodes[node]?.label ?? '';
      const groupOf = (node: number): string => figure.groups[figure.nodes[node]?.group ?? 0] ?? '';
      return {
        id,
        title,
        columns: [
          { id: 'from', title: 'From' },
          { id: 'fromGroup', title: 'Group' },
          { id: 'to', title: 'To' },
          { id: 'toGroup', title: 'Group of the other' },
          { id: 'standsOut', title: 'Stands out' },
        ],
        rows: figure.edges.map(({ from, to, standsOut }) => [
          nameOf(from),
          groupOf(from),
          nameOf(to),
          groupOf(to),
          standsOut ? 'yes' : 'no',
        ]),
      };
    }
    default:
      return unreachable(figure);
  }
}

function columnOf(name: string): { readonly id: string; readonly title: string } {
  return { id: name, title: name };
}

function withError(value: number, stderr: number | undefined): TableCell {
  return stderr === undefined ? value : { value, stderr };
}
