/** Indices of the `count` largest values, ascending; of equal ones the first. */
export function largest(length: number, count: number, valueAt: (i: number) => number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  // A heap with the smallest chosen value on top: most candidates end at one comparison.
  const heap: number[] = [];
  const values: number[] = [];
  const isBelow = (a: number, b: number): boolean => {
    const difference = (values[a] as number) - (values[b] as number);
    return difference === 0 ? (heap[a] as number) > (heap[b] as number) : difference < 0;
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as number, heap[a] as number];
    [values[a], values[b]] = [values[b] as number, values[a] as number];
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && isBelow(left + 1, left) ? left + 1 : left;
      if (!isBelow(child, at)) return;
      swap(child, at);
      at = child;
    }
  };
  for (let i = 0; i < length; i++) {
    const value = valueAt(i);
    if (heap.length === count) {
      if (value <= (values[0] as number)) continue;
      heap[0] = i;
      values[0] = value;
      sink();
      continue;
    }
    heap.push(i);
    values.push(value);
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBelow(at, parent)) break;
      swap(at, parent);
      at = parent;
    }
  }
  return heap.sort((a, b) => a - b);
}
