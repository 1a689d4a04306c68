import { type Graph, joinedPairs } from './graph.ts';

function neighboursOf(graph: Graph): Set<number>[] {
  const neighbours = Array.from({ length: graph.nodes }, () => new Set<number>());
  for (const [u, v] of joinedPairs(graph)) {
    neighbours[u]?.add(v);
    neighbours[v]?.add(u);
  }
  return neighbours;
}

/** Nodes by falling degree. */
function byDegree(neighbours: readonly Set<number>[]): number[] {
  const degree = (v: number): number => neighbours[v]?.size ?? 0;
  return neighbours.map((_, v) => v).sort((a, b) => degree(b) - degree(a) || a - b);
}

/** A proper colouring, node by node of falling degree with the least free colour (Welsh and Powell 1967). */
export function greedyColouring(graph: Graph): number[] {
  const neighbours = neighboursOf(graph);
  const colours = Array.from({ length: graph.nodes }, () => -1);
  for (const v of byDegree(neighbours)) {
    const taken = new Set([...(neighbours[v] ?? [])].map((u) => colours[u]));
    let colour = 0;
    while (taken.has(colour)) colour++;
    colours[v] = colour;
  }
  return colours;
}

/** Nodes that are all joined with each other, found greedily: as many colours are needed at least. */
export function greedyClique(graph: Graph): number[] {
  const neighbours = neighboursOf(graph);
  const order = byDegree(neighbours);
  let best: number[] = [];
  for (const start of order.slice(0, 200)) {
    const clique = [start];
    for (const v of order) {
      if (v !== start && clique.every((u) => neighbours[u]?.has(v))) clique.push(v);
    }
    if (clique.length > best.length) best = clique;
  }
  return best.sort((a, b) => a - b);
}
