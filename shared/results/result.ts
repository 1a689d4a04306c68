import type { Reading } from './reading.ts';
import { resultKinds } from './registry.ts';
import type { ResultKind } from './result-kind.ts';

/** A result of a known kind that its schema has passed. */
export interface KnownResult {
  readonly kind: ResultKind;
  readonly value: unknown;
}

/** Results are read in many places and checked once. */
const checked = new WeakMap<object, KnownResult | null>();

/** A result by its `kind`; null where it has none that is known, or is not what its kind says. */
export function knownResult(result: unknown): KnownResult | null {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return null;
  const before = checked.get(result);
  if (before !== undefined) return before;
  const known = check(result);
  checked.set(result, known);
  return known;
}

function check(result: { readonly kind: unknown }): KnownResult | null {
  const kind = resultKinds.find((one) => one.kind === result.kind);
  const parsed = kind?.schema.safeParse(result);
  return kind === undefined || parsed?.success !== true ? null : { kind, value: parsed.data };
}

/** The result as this kind has it; null where it is of another one. */
export function resultAs<R>(kind: ResultKind<R>, result: unknown): R | null {
  const known = knownResult(result);
  // The kind's own schema has passed the value.
  return known?.kind.kind === kind.kind ? (known.value as R) : null;
}

/** How a result is read; null where its kind is not known. */
export function readingOf(result: unknown): Reading | null {
  const known = knownResult(result);
  return known === null ? null : known.kind.read(known.value);
}
