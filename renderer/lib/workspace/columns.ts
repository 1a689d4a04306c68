import { columnsOf } from '#shared/circuit/blocks.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { freeColumns, layeredColumns, type ViewColumns } from '#shared/circuit/views.ts';
import type { CircuitView } from './beside.ts';
import type { PlacedMark } from './marks.ts';

/** What decides on the columns of a document. */
interface Viewed {
  readonly drawn: Circuit;
  readonly placed: readonly PlacedMark[];
  readonly beside: { readonly view: CircuitView };
}

const known = new WeakMap<
  Circuit,
  { readonly view: CircuitView; readonly placed: readonly PlacedMark[]; readonly made: ViewColumns }
>();

/** The column in which each operation of a document is drawn, as its view has them. */
export function drawnColumns({ drawn, placed, beside: { view } }: Viewed): ViewColumns {
  const before = known.get(drawn);
  if (before !== undefined && before.view === view && before.placed === placed) return before.made;
  const made = columnsIn(drawn, view, placed);
  known.set(drawn, { view, placed, made });
  return made;
}

function columnsIn(drawn: Circuit, view: CircuitView, placed: readonly PlacedMark[]): ViewColumns {
  switch (view) {
    case 'left':
      return { columns: columnsOf(drawn), layerStarts: [] };
    case 'layers':
      return layeredColumns(drawn);
    case 'free': {
      const wishes = wishesOf(placed);
      const { columns } = freeColumns(drawn, (index) => wishes.get(index) ?? null);
      return { columns, layerStarts: [] };
    }
  }
}

/** The columns that operations are held in, by index. */
export function wishesOf(placed: readonly PlacedMark[]): ReadonlyMap<number, number> {
  return new Map(
    placed.flatMap(({ index, mark }) =>
      mark.body.kind === 'place' ? [[index, mark.body.column] as const] : [],
    ),
  );
}
