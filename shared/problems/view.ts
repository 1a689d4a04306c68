import type { Table } from '../data/table.ts';

/** What was read for a file that a problem names: a table taken apart, or text as it is. */
export type ProblemFile =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'text'; readonly text: string };

/** Files by the name that the problem uses. */
export type ProblemFiles = ReadonlyMap<string, ProblemFile>;

/** A file that a problem names. */
export interface NamedFile {
  readonly name: string;
  /** A model is read as text. */
  readonly kind: 'table' | 'text' | 'model';
}

/** A view's value, and what was left out, converted or guessed on the way to it. */
export interface Seen<T> {
  readonly value: T;
  readonly warnings: readonly string[];
}

/**
 * One way to look at a problem, e.g. as a function of bits: the key by which an algorithm names what
 * it takes, and a problem what it gives. A problem that gives `from` gives this view as well.
 */
export interface View<T> {
  readonly id: string;
  readonly title: string;
  readonly from?: Derivation<T>;
}

/** How a view follows from another one. */
export interface Derivation<T> {
  readonly view: View<unknown>;
  readonly of: (value: never) => Seen<T>;
}

/** A view that follows from `view` of the same problem. */
export function derived<S, T>(view: View<S>, of: (value: S) => Seen<T>): Derivation<T> {
  return { view, of };
}

/** What a problem kind gives: a view, and the pure function that makes it of a problem and its files. */
export interface Offer {
  readonly view: View<unknown>;
  readonly of: (problem: never, files: ProblemFiles) => Seen<unknown>;
}

/** Ties a view to the function that makes it, so that both have one type. */
export function offer<P, T>(
  view: View<T>,
  of: (problem: P, files: ProblemFiles) => Seen<NoInfer<T>>,
): Offer {
  return { view, of };
}
