import type { Circuit, GateDefinition, Operation } from './circuit.ts';
import type { Expression } from './expression.ts';

/** Equal in everything but where it stands in a text (origins) and how its numbers are written. */
export function sameOperation(a: Operation, b: Operation): boolean {
  return a === b || sameValue(a, b);
}

/** Equal circuits, origins and the writing of numbers aside. O(n). */
export function sameCircuit(a: Circuit, b: Circuit): boolean {
  return a === b || sameValue(a, b);
}

export function sameDefinition(a: GateDefinition, b: GateDefinition): boolean {
  return a === b || sameValue(a, b);
}

export function sameExpression(a: Expression, b: Expression): boolean {
  return a === b || sameValue(a, b);
}

const ignored: ReadonlySet<string> = new Set(['origin', 'text', 'sketch']);

/** Structural equality of plain data; absent and undefined are the same, so are power 1 and none. */
function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameValue(item, b[i]));
  }
  return sameFields(signed(a) as Fields, signed(b) as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

/** Without lists of fields in between: whole circuits are compared at every edit. */
function sameFields(left: Fields, right: Fields): boolean {
  let count = 0;
  for (const key in left) {
    if (!counts(key, left[key])) continue;
    if (!counts(key, right[key]) || !sameValue(left[key], right[key])) return false;
    count++;
  }
  for (const key in right) if (counts(key, right[key])) count--;
  return count === 0;
}

/** −x of a plain number x is the number −x, however it was written. */
function signed(value: object): object {
  if (!('kind' in value) || value.kind !== 'negate') return value;
  const { operand } = value as Expression & { kind: 'negate' };
  return operand.kind === 'number' ? { kind: 'number', value: -operand.value } : value;
}

function counts(key: string, field: unknown): boolean {
  return field !== undefined && !ignored.has(key) && !isDefault(key, field);
}

function isDefault(key: string, field: unknown): boolean {
  if (key === 'power') return field === 1;
  if (key === 'negated') return field === false;
  return key === 'controls' && Array.isArray(field) && field.length === 0;
}
