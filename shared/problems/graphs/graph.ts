import { AppError } from '../../base/errors.ts';
import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { fileFaults, fileFields } from '../formats/file-fields.ts';
import { graphOfText } from '../formats/graph-text.ts';
import { drawnNodes, type Picture } from '../meaning.ts';
import type { ProblemFault } from '../problem-kind.ts';
import { textOfFile } from '../tables/text-file.ts';
import { indexFaults } from '../variables.ts';
import type { ProblemFiles } from '../view.ts';

/** Fields of every kind that is about a graph. */
export const graphFields = [
  {
    kind: 'integer',
    id: 'nodes',
    title: 'Nodes',
    help: 'How many nodes the graph has; they are numbered from 0. Needed unless a file gives the graph.',
    default: null,
    min: 1,
    // Checked before anything is allocated for them.
    max: 1_000_000,
  },
  {
    kind: 'tuples',
    id: 'edges',
    title: 'Edges',
    help: 'Pairs of nodes with a weight; an edge without one weighs 1. Needed unless a file gives the graph.',
    default: null,
    columns: [
      { id: 'from', title: 'Node', kind: 'integer', min: 0 },
      { id: 'to', title: 'Node', kind: 'integer', min: 0 },
      { id: 'weight', title: 'Weight', kind: 'number', isOptional: true },
    ],
  },
  ...fileFields(
    'a graph as DIMACS or Gset write it, whose nodes count from 1 there and from 0 here',
  ),
] as const satisfies readonly ParameterDescriptor[];

export const nodeWeightsField = {
  kind: 'numbers',
  id: 'weights',
  title: 'Weights of the nodes',
  help: 'One number for each node, in their order. Empty: every node weighs 1.',
  default: null,
} as const satisfies ParameterDescriptor;

type GraphFields = ValuesOf<typeof graphFields>;

/** Nodes from 0, and edges between two different nodes. */
export interface Graph {
  readonly nodes: number;
  readonly edges: readonly (readonly [number, number, number])[];
}

export function graphFaults({ nodes, edges, text, file }: GraphFields): ProblemFault[] {
  return [
    ...fileFaults({ text, file }, { nodes, edges }),
    ...(nodes === undefined ? [] : indexFaults('edges', edges ?? [], nodes, 'node')),
  ];
}

/** Faults of a list with one entry a node. */
export function weightFaults(
  { nodes }: Pick<GraphFields, 'nodes'>,
  weights: readonly number[] | undefined,
): ProblemFault[] {
  if (weights === undefined || nodes === undefined || weights.length === nodes) return [];
  return [
    {
      path: 'weights',
      message: `expected a weight for each of ${nodes} nodes, got ${weights.length}`,
    },
  ];
}

/** The graph of the fields or of the file; loops join nothing and are left out. */
export function graphOf(fields: GraphFields, files: ProblemFiles): Graph {
  const text = textOfFile(fields, files);
  const { nodes, edges } =
    text === null
      ? {
          nodes: fields.nodes ?? 0,
          edges: (fields.edges ?? []).map(([u, v, w = 1]) => [u, v, w] as const),
        }
      : graphOfText(text);
  return { nodes, edges: edges.filter(([u, v]) => u !== v) };
}

/** Weights of the nodes, 1 each where none are given. */
export function nodeWeights(
  weights: readonly number[] | undefined,
  { nodes }: Graph,
): readonly number[] {
  if (weights === undefined) return Array.from({ length: nodes }, () => 1);
  if (weights.length === nodes) return weights;
  throw new AppError(
    'bad-input',
    `Expected a weight for each of ${nodes} nodes, got ${weights.length}.`,
    { path: 'problem.weights' },
  );
}

/** The edges as pairs, each once. */
export function joinedPairs({ nodes, edges }: Graph): readonly (readonly [number, number])[] {
  const keys = new Set(edges.map(([u, v]) => Math.min(u, v) * nodes + Math.max(u, v)));
  return [...keys].sort((a, b) => a - b).map((key) => [Math.floor(key / nodes), key % nodes]);
}

/** Nodes by group, and which edges stand out; nothing where the graph is too large to be seen. */
export function graphPicture(
  graph: Graph,
  title: string,
  groups: string[],
  groupOf: (node: number) => number,
  standsOut: (u: number, v: number) => boolean,
): { readonly picture?: Picture } {
  if (graph.nodes > drawnNodes) return {};
  const nodes = Array.from({ length: graph.nodes }, (_, v) => ({
    label: String(v),
    group: groupOf(v),
  }));
  const edges = joinedPairs(graph).map(([u, v]): [number, number, boolean] => [
    u,
    v,
    standsOut(u, v),
  ]);
  return { picture: { kind: 'graph', title, groups, nodes, edges } };
}

/** Nodes whose bit is 1. */
export function chosenNodes(x: readonly number[]): number[] {
  return x.flatMap((bit, v) => (bit === 1 ? [v] : []));
}
