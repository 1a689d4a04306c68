import { BitCounter } from '#shared/base/packed-bits.ts';
import { dealt } from '#shared/devices/shares.ts';
import type { Answer, AnswerOf, AskOf, Counts } from '../programs/program.ts';
import { under } from '../programs/streams.ts';

/** What several backends can share. */
export type Shared = AskOf<'runs'> | AskOf<'expectations'>;

/** A part of an ask, and whose share it is. */
export interface Part {
  readonly member: number;
  readonly ask: Shared;
}

/**
 * An ask cut by shares along what there is most of: rows, else bases, else the shots of the one circuit. Which
 * part a circuit is in follows from the ask and the shares alone, and each draws from a stream that is named by
 * its place in the whole, whoever answers it.
 */
export function partsOf(ask: Shared, shares: readonly number[]): readonly Part[] {
  const axis = axisOf(ask);
  const sizes = dealt(lengthOf(ask, axis), shares);
  let first = 0;
  return sizes.flatMap((size, member) => {
    const from = first;
    first += size;
    return size === 0 ? [] : [{ member, ask: cut(ask, axis, from, size) }];
  });
}

type Axis = 'items' | 'bases' | 'shots';

function axisOf(ask: Shared): Axis {
  if (ask.kind === 'expectations') return 'items';
  if (ask.items > 1 && ask.items >= ask.bases.length) return 'items';
  return ask.bases.length > 1 ? 'bases' : 'shots';
}

function lengthOf(ask: Shared, axis: Axis): number {
  if (ask.kind === 'expectations' || axis === 'items') return ask.items;
  return axis === 'bases' ? ask.bases.length : ask.shots;
}

function cut(ask: Shared, axis: Axis, from: number, size: number): Shared {
  const [item, basis] = ask.from ?? [0, 0];
  if (axis === 'items') {
    const width = ask.bindings.length / ask.items;
    const bindings = ask.bindings.slice(from * width, (from + size) * width);
    return { ...ask, items: size, bindings, from: [item + from, basis] };
  }
  if (ask.kind === 'expectations') return ask;
  if (axis === 'bases') {
    return { ...ask, bases: ask.bases.slice(from, from + size), from: [item, basis + from] };
  }
  return { ...ask, shots: size, ...under(ask, `shots from ${from}`) };
}

/** The answers of all parts as one, in the order of the ask. */
export function joinedAnswer(
  ask: Shared,
  parts: readonly Part[],
  answers: readonly Answer[],
): AnswerOf<Shared['kind']> {
  if (ask.kind === 'expectations') {
    const all = answers.filter((one) => one.kind === 'expectations');
    return {
      kind: 'expectations',
      values: joinedNumbers(all.map(({ values }) => values)),
      stderrs: joinedNumbers(all.map(({ stderrs }) => stderrs)),
    };
  }
  const counts = answers.map((one) => (one.kind === 'runs' ? one.counts : []));
  switch (axisOf(ask)) {
    case 'items':
      return { kind: 'runs', counts: counts.flat() };
    case 'bases':
      return {
        kind: 'runs',
        counts: Array.from({ length: ask.items }, (_, item) =>
          counts.flatMap((list, k) => {
            const part = parts[k]?.ask as AskOf<'runs'>;
            const width = part.bases.length;
            return list.slice(item * width, (item + 1) * width);
          }),
        ).flat(),
      };
    case 'shots':
      // Circuits, one an item: few rows, each with all of its shots.
      return {
        kind: 'runs',
        counts: Array.from({ length: ask.items }, (_, item) =>
          summed(counts.map((list) => list[item] as Counts)),
        ),
      };
  }
}

function joinedNumbers(lists: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const list of lists) {
    joined.set(list, place);
    place += list.length;
  }
  return joined;
}

function summed(tables: readonly Counts[]): Counts {
  const [first] = tables;
  const table = new BitCounter(first?.outcomes.width ?? 0);
  for (const { outcomes, counts } of tables) {
    counts.forEach((count, k) => table.add(outcomes, k, count));
  }
  return table.counts();
}
