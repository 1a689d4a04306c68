import { gates } from '../../gates/registry.ts';
import type { Environment } from './environment.ts';

const aliases2 = ['U', 'CX', 'u', 'u1', 'u3', 'cu1'];

/** Names of all gates of OpenQASM 2 with qelib1.inc. */
export function standardGateNames(): string[] {
  const names = gates.flatMap((gate) => (gate.qasm2.home === 'none' ? [] : [gate.qasm2.name]));
  return [...new Set([...names, ...aliases2])];
}

/** The gate whose name is nearest to a misspelt one, or null where none is near. */
export function nearestGate(name: string, environment: Environment): string | null {
  const candidates = standardGateNames();
  let count = 0;
  for (const thing of environment.declared()) {
    if (thing.kind === 'gate') candidates.push(thing.name);
    // A hostile file may declare very many gates; the first ones will do.
    if (++count === 500) break;
  }
  return nearest(name, candidates);
}

/** The candidate at the smallest edit distance, at most a third of the name's length. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length > 40) return null;
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 0.5;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const isSameButCase = candidate.toLowerCase() === name.toLowerCase();
    // Among equally near ones the one that begins alike is meant more often.
    const distance =
      (isSameButCase ? 0.5 : editDistance(name, candidate)) - commonStart(name, candidate) / 100;
    // A name of one letter is near to every other one; that would be no help.
    if (distance >= Math.max(name.length, candidate.length)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function commonStart(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau, restricted). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + change,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
