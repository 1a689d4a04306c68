/**
 * A value for readers that know only JSON (the command line's `--json`, REST): NaN and infinities are
 * the strings "NaN", "Infinity" and "-Infinity", typed arrays are arrays.
 */
export function toPlainJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as ArrayLike<number>, toPlainJson);
  }
  return isPlain(value) ? value : copyOf(value);
}

/** Whether nothing in it needs another form: tables of a million entries are then not copied. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  if (ArrayBuffer.isView(value)) return false;
  for (const key in value) if (!isPlain((value as Record<string, unknown>)[key])) return false;
  return true;
}

function copyOf(value: object): unknown {
  if (Array.isArray(value)) return value.map(toPlainJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainJson(item)]));
}

/** JSON text of any value of ours, without white space unless `indent` is given. */
export function stringifyPlain(value: unknown, indent?: number): string {
  return JSON.stringify(toPlainJson(value), null, indent);
}
