import { stoppedField } from './fields.ts';
import type { Note, Reading } from './reading.ts';
import type { ResultKind } from './result-kind.ts';

/** A result of a known kind that its schema has passed. */
export interface KnownResult {
  readonly kind: ResultKind;
  readonly value: unknown;
}

/** Results are read in many places and checked once by each kind. */
const checked = new WeakMap<
  object,
  { readonly kind: ResultKind; readonly known: KnownResult | null }
>();

/** A result by its `kind`; null where it has none of these, or is not what its kind says. */
export function knownResult(kinds: readonly ResultKind[], result: unknown): KnownResult | null {
  if (typeof result !== 'object' || result === null || !('kind' in result)) return null;
  const kind = kinds.find((one) => one.kind === result.kind);
  if (kind === undefined) return null;
  const before = checked.get(result);
  if (before?.kind === kind) return before.known;
  const parsed = kind.schema.safeParse(result);
  const known = parsed.success ? { kind, value: parsed.data } : null;
  checked.set(result, { kind, known });
  return known;
}

/** The result as this kind has it; null where it is of another one. */
export function resultAs<R>(kind: ResultKind<R>, result: unknown): R | null {
  // The kind's own schema has passed the value.
  return (knownResult([kind], result)?.value as R | undefined) ?? null;
}

/** How a result is read; null where its kind is not one of these. */
export function readingOf(kinds: readonly ResultKind[], result: unknown): Reading | null {
  const known = knownResult(kinds, result);
  if (known === null) return null;
  const reading = known.kind.read(known.value);
  const note = noteOfEnd(result as Readonly<Record<string, unknown>>);
  if (note === null) return reading;
  return { ...reading, caveat: 'finished on request', notes: [note, ...reading.notes] };
}

/** What a result of any kind says of an end before its time. */
function noteOfEnd({ stopped }: Readonly<Record<string, unknown>>): Note | null {
  const end = stoppedField.safeParse(stopped);
  if (!end.success) return null;
  const last =
    end.data.shots === null ? '' : ` Its last evaluation took ${end.data.shots} shots a circuit.`;
  return { tone: 'plain', text: `The run was finished on request, before its own end.${last}` };
}
