import type { Chains } from './chains.ts';
import { type Graph, neighboursOf, type Topology } from './topologies.ts';

/**
 * Chains that hold any graph of so many variables: each is a line of qubits down and one across, and every two lines cross
 * (Boothby, King and Roy 2016, arXiv:1507.04774, in its plainest form). What no coupling needs is cut off again. Null: there
 * are not so many lines.
 */
export function crossedChains(
  variables: Graph,
  qubits: Graph,
  lines: ReturnType<Topology['lines']>,
): Chains | null {
  const [down, across] = lines;
  if (down.length < variables.size) return null;
  const chains = Array.from({ length: variables.size }, (_, v) => [
    ...(down[v] ?? []),
    ...(across[v] ?? []),
  ]);
  return pruned(chains, variables, qubits);
}

/** The chains without the ends that nothing needs. */
export function pruned(chains: Chains, variables: Graph, qubits: Graph): Chains {
  const owner = new Map(chains.flatMap((chain, v) => chain.map((q) => [q, v] as const)));
  const couplers = new Map<number, number>();
  const nameOf = (v: number, u: number): number => Math.min(v, u) * chains.length + Math.max(v, u);
  for (const [q, v] of owner) {
    for (const next of neighboursOf(qubits, q)) {
      const u = owner.get(next);
      if (u !== undefined && u > v)
        couplers.set(nameOf(v, u), (couplers.get(nameOf(v, u)) ?? 0) + 1);
    }
  }
  /** Couplers of a qubit to each other chain, and how many neighbours it has in its own. */
  const linksOf = (q: number, v: number) => {
    const others = new Map<number, number>();
    let own = 0;
    for (const next of neighboursOf(qubits, q)) {
      const u = owner.get(next);
      if (u === v) own++;
      else if (u !== undefined) others.set(u, (others.get(u) ?? 0) + 1);
    }
    return { own, others };
  };
  const left = chains.map((chain) => new Set(chain));
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const [v, chain] of left.entries()) {
      const needed = new Set(neighboursOf(variables, v));
      for (const q of chain) {
        if (chain.size === 1) break;
        const { own, others } = linksOf(q, v);
        const isFree = [...others].every(
          ([u, count]) => !needed.has(u) || (couplers.get(nameOf(v, u)) ?? 0) > count,
        );
        if (own > 1 || !isFree) continue;
        chain.delete(q);
        owner.delete(q);
        for (const [u, count] of others)
          couplers.set(nameOf(v, u), (couplers.get(nameOf(v, u)) ?? 0) - count);
        isDone = false;
      }
    }
  }
  return left.map((chain) => [...chain]);
}
