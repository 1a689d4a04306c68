import { type Part, partsOf } from './blocks.ts';
import { bitsOf, type Circuit, qubitCountOf, qubitsOf } from './circuit.ts';
import { leftmostColumns, spanOf, type WireSpan } from './moments.ts';

/** A part of a circuit with the wires it uses, bits behind qubits, and those it covers when drawn. */
interface Strip {
  readonly first: number;
  readonly count: number;
  readonly wires: readonly number[];
  readonly span: WireSpan | null;
  /** A barrier takes no time: it only keeps its sides apart. */
  readonly isBarrier: boolean;
}

function stripsOf(circuit: Circuit): readonly Strip[] {
  const qubitCount = qubitCountOf(circuit);
  return partsOf(circuit.operations, 0).map((part: Part) => {
    const operations = part.kind === 'operation' ? [part.operation] : part.operations;
    const qubits = [...new Set(operations.flatMap(qubitsOf))];
    const bits = [...new Set(operations.flatMap(bitsOf))];
    return {
      first: part.first,
      count: operations.length,
      wires: [...qubits, ...bits.map((bit) => qubitCount + bit)],
      span: spanOf(qubits, bits, qubitCount),
      isBarrier: operations.every(({ kind }) => kind === 'barrier'),
    };
  });
}

/**
 * When each strip runs if all start as soon as their wires are free and each takes one tick. What a
 * wire merely passes does not hold it up.
 */
function layersOf(strips: readonly Strip[]): number[] {
  const free: number[] = [];
  return strips.map(({ wires, isBarrier }) => {
    const layer = wires.reduce((latest, wire) => Math.max(latest, free[wire] ?? 0), 0);
    for (const wire of wires) free[wire] = isBarrier ? layer : layer + 1;
    return layer;
  });
}

/** Columns of the operations and the first column of each layer; in other views there are no layers. */
export interface ViewColumns {
  readonly columns: readonly number[];
  readonly layerStarts: readonly number[];
}

/**
 * Operations of one layer of the schedule stand together: as many columns a layer as keep the drawn
 * lines apart, barriers first.
 */
export function layeredColumns(circuit: Circuit): ViewColumns {
  const strips = stripsOf(circuit);
  const layers = layersOf(strips);
  const byLayer: number[][] = [];
  for (const [i, layer] of layers.entries()) (byLayer[layer] ??= []).push(i);
  const columns: number[] = [];
  const layerStarts: number[] = [];
  let start = 0;
  for (const members of byLayer) {
    layerStarts.push(start);
    const own = members.map((i) => strips[i] as Strip);
    const inOrder = [...own.filter((one) => one.isBarrier), ...own.filter((one) => !one.isBarrier)];
    const within = leftmostColumns(inOrder.map(({ span }) => span));
    let width = 1;
    for (const [i, strip] of inOrder.entries()) {
      const column = within[i] as number;
      width = Math.max(width, column + 1);
      for (let k = 0; k < strip.count; k++) columns[strip.first + k] = start + column;
    }
    start += width;
  }
  return { columns, layerStarts };
}

/** Columns and those of them, by operation, that are further right than they need be. */
export interface FreeColumns {
  readonly columns: readonly number[];
  readonly held: ReadonlyMap<number, number>;
}

/**
 * Each operation in the column that is wanted for it (null = none), or as far to the right of that
 * as the operations before it make it stand: wishes never change the order.
 */
export function freeColumns(
  circuit: Circuit,
  wanted: (index: number) => number | null,
): FreeColumns {
  const free: number[] = [];
  const columns: number[] = [];
  const held = new Map<number, number>();
  for (const { first, count, span } of stripsOf(circuit)) {
    const wires = span === null ? [] : Array.from(range(span.top, span.bottom));
    const earliest = wires.reduce((latest, wire) => Math.max(latest, free[wire] ?? 0), 0);
    const wish = wanted(first) ?? 0;
    const column = Math.max(earliest, wish);
    if (wish > earliest) held.set(first, wish);
    for (const wire of wires) free[wire] = column + 1;
    for (let k = 0; k < count; k++) columns[first + k] = column;
  }
  return { columns, held };
}

function* range(first: number, last: number): Generator<number> {
  for (let value = first; value <= last; value++) yield value;
}
