/** Deeper than anything that is drawn or specified, and far from where a stack ends. */
export const deepestNesting = 500;

/** Whether arrays and objects stand inside each other more than `limit` deep; needs no stack itself. */
export function isNestedDeeper(value: unknown, limit: number = deepestNesting): boolean {
  let level: readonly object[] = isContainer(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((one) => Object.values(one).filter(isContainer));
  }
  return false;
}

/** Typed arrays hold numbers alone. */
function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
