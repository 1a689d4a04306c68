import {
  bitsOf,
  type Circuit,
  type Operation,
  qubitCountOf,
  qubitsOf,
  type TextBlock,
} from './circuit.ts';
import { leftmostColumns, spanOf, wireSpanOf } from './moments.ts';

/** Operations that came out of one pass of a block; `first` counts in the list they were taken from. */
export interface BlockPass {
  readonly label: string;
  readonly first: number;
  readonly operations: readonly Operation[];
}

/** What is drawn as one: an operation by itself, or all that came out of a block of the text. */
export type Part =
  | { readonly kind: 'operation'; readonly first: number; readonly operation: Operation }
  | {
      readonly kind: 'block';
      readonly first: number;
      readonly block: TextBlock;
      readonly operations: readonly Operation[];
      readonly passes: readonly BlockPass[];
    };

/** Parts of a list whose operations all stand inside the same `depth` outer blocks. O(operations). */
export function partsOf(operations: readonly Operation[], depth: number): Part[] {
  const parts: Part[] = [];
  for (let first = 0; first < operations.length; ) {
    const operation = operations[first] as Operation;
    const block = blockAt(operation, depth);
    if (block === undefined) {
      parts.push({ kind: 'operation', first, operation });
      first += 1;
      continue;
    }
    let end = first + 1;
    while (isSameBlock(blockAt(operations[end], depth), block)) end += 1;
    const own = operations.slice(first, end);
    parts.push({ kind: 'block', first, block, operations: own, passes: passesOf(own, depth) });
    first = end;
  }
  return parts;
}

function blockAt(operation: Operation | undefined, depth: number): TextBlock | undefined {
  return operation?.origin?.inside?.blocks[depth];
}

function isSameBlock(a: TextBlock | undefined, b: TextBlock): boolean {
  return a !== undefined && a.start === b.start && a.end === b.end;
}

function passesOf(operations: readonly Operation[], depth: number): BlockPass[] {
  const passes: (BlockPass & { readonly operations: Operation[] })[] = [];
  let current: TextBlock | undefined;
  operations.forEach((operation, first) => {
    const block = blockAt(operation, depth);
    if (block === current) passes.at(-1)?.operations.push(operation);
    else {
      const label = block === undefined ? '' : block.kind === 'else' ? 'else' : block.pass;
      passes.push({ label, first, operations: [operation] });
    }
    current = block;
  });
  return passes;
}

/**
 * The column of each top-level operation in the drawing: like moments, but all that came out of one
 * block stands in one column. O(operations · span).
 */
export function columnsOf(circuit: Circuit): number[] {
  const qubitCount = qubitCountOf(circuit);
  const parts = partsOf(circuit.operations, 0);
  const spans = parts.map((part) =>
    part.kind === 'operation'
      ? wireSpanOf(part.operation, qubitCount)
      : spanOf(part.operations.flatMap(qubitsOf), part.operations.flatMap(bitsOf), qubitCount),
  );
  const columns = leftmostColumns(spans);
  return parts.flatMap((part, i) => {
    const column = columns[i] as number;
    return part.kind === 'operation' ? [column] : part.operations.map(() => column);
  });
}

/** The indices that belong to the same part as `index`, itself included; ascending. */
export function partMembers(circuit: Circuit, index: number): readonly number[] {
  const { operations } = circuit;
  const block = blockAt(operations[index], 0);
  if (block === undefined) return [index];
  let first = index;
  let last = index;
  while (isSameBlock(blockAt(operations[first - 1], 0), block)) first -= 1;
  while (isSameBlock(blockAt(operations[last + 1], 0), block)) last += 1;
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
