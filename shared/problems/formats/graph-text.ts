import { AppError } from '../../base/errors.ts';
import { badLine, indexIn, type Line, linesOf, numberAt } from './lines.ts';

/** Nodes from 0, and edges with their weights. */
export interface WeightedEdges {
  readonly nodes: number;
  readonly edges: readonly (readonly [number, number, number])[];
}

/** No file names so many nodes by mistake only. */
const mostNodes = 1_000_000;

/**
 * A graph in the format of DIMACS ("p edge 5 6", "e 1 2") or of Gset ("5 6", "1 2 1", Helmberg and Rendl
 * 2000). Nodes count from 1 in both; an edge without a weight weighs 1.
 */
export function graphOfText(text: string): WeightedEdges {
  const lines = linesOf(text, (line) => /^(c(\s|$)|#|%)/.test(line));
  const [head] = lines;
  if (head === undefined) {
    throw new AppError(
      'bad-input',
      'The graph file is empty: expected DIMACS (“p edge 5 6”, then “e 1 2”) or Gset (“5 6”, then “1 2 1”).',
      { path: 'problem.text' },
    );
  }
  return head.words[0] === 'p' ? dimacs(head, lines.slice(1)) : gset(head, lines.slice(1));
}

function dimacs(head: Line, rest: readonly Line[]): WeightedEdges {
  const nodes = indexIn(head, 2, 'the number of nodes', [1, mostNodes]);
  const edges = rest.flatMap((line) => {
    const [word] = line.words;
    if (word === 'e' || word === 'a') return [edgeAt(line, 1, nodes)];
    // Weights and places of nodes are no edges.
    if (word === 'n' || word === 'd' || word === 'v') return [];
    throw badLine(line, 'expected an edge “e 1 2”');
  });
  return { nodes, edges };
}

function gset(head: Line, rest: readonly Line[]): WeightedEdges {
  const nodes = indexIn(head, 0, 'the number of nodes', [1, mostNodes]);
  const count = indexIn(head, 1, 'the number of edges', [0, Number.MAX_SAFE_INTEGER]);
  const edges = rest.map((line) => edgeAt(line, 0, nodes));
  if (edges.length !== count) {
    throw badLine(head, `${count} edges are announced, and ${edges.length} follow`);
  }
  return { nodes, edges };
}

function edgeAt(line: Line, from: number, nodes: number): [number, number, number] {
  const u = indexIn(line, from, 'a node', [1, nodes]) - 1;
  const v = indexIn(line, from + 1, 'a node', [1, nodes]) - 1;
  const weight = line.words[from + 2] === undefined ? 1 : numberAt(line, from + 2, 'a weight');
  return [u, v, weight];
}
