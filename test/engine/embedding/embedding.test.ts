import { describe, expect, test } from 'vitest';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { quadraticForm } from '#shared/problems/binary-problem.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { resultAs } from '#shared/results/result.ts';
import { bitModel, energyOf } from '#engine/binary/bit-model.ts';
import { type Chains, findChains } from '#engine/embedding/chains.ts';
import { crossedChains } from '#engine/embedding/clique.ts';
import { ChainReader, embed, torqueCompensation } from '#engine/embedding/embedded.ts';
import {
  type Graph,
  graphOf,
  neighboursOf,
  topologies,
  type Topology,
} from '#engine/embedding/topologies.ts';
import { runSpec } from '#test/support/run-spec.ts';

function topology(id: Topology['id']): Topology {
  return topologies.find((one) => one.id === id) as Topology;
}

function ended<T>(search: Generator<unknown, T>): T {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** Nodes with neighbours, edges, and the most neighbours of one. */
function sizeOf(graph: Graph): readonly number[] {
  const degrees = Array.from({ length: graph.size }, (_, q) => neighboursOf(graph, q).length);
  return [
    degrees.filter((degree) => degree > 0).length,
    graph.neighbours.length / 2,
    Math.max(...degrees),
  ];
}

describe('the topologies', () => {
  // As D-Wave states them for its machines, and by the formulas of the papers.
  test.each([
    ['chimera', 16, [2048, 6016, 6]],
    ['pegasus', 16, [5640, 40484, 15]],
    ['pegasus', 6, [680, 4484, 15]],
    ['zephyr', 15, [7440, 71736, 20]],
    ['zephyr', 2, [160, 1224, 19]],
    ['zephyr', 1, [48, 280, 17]],
  ] as const)('%s of size %d has the qubits and couplers that are known', (id, size, known) => {
    expect(sizeOf(graphOf(topology(id).couplers(size)))).toEqual(known);
  });
});

function complete(size: number): [number, number][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: i }, (__, j): [number, number] => [j, i]),
  ).flat();
}

function sparse(size: number, rng: Rng): [number, number][] {
  return Array.from({ length: 3 * size }, (): [number, number] => {
    const i = rng.below(size);
    return [i, (i + 1 + rng.below(size - 1)) % size];
  });
}

const graphs: readonly (readonly [string, readonly (readonly [number, number])[], number])[] = [
  ['a complete graph of 9', complete(9), 9],
  ['a sparse graph of 30', sparse(30, rngOf(3)), 30],
  [
    'two pairs and a variable alone',
    [
      [0, 1],
      [2, 3],
    ],
    5,
  ],
];

/** Each chain for itself and connected, and those of coupled variables coupled. */
function expectMinor(
  chains: Chains,
  edges: Iterable<readonly [number, number]>,
  qubits: Graph,
): void {
  const all = chains.flat();
  expect(new Set(all).size).toBe(all.length);
  for (const chain of chains) {
    expect(chain.length).toBeGreaterThan(0);
    const members = new Set(chain);
    const reached = new Set(chain.slice(0, 1));
    for (const q of reached)
      for (const next of neighboursOf(qubits, q)) if (members.has(next)) reached.add(next);
    expect(reached.size).toBe(chain.length);
  }
  for (const [i, j] of edges) {
    const near = (chains[i] ?? []).flatMap((q) => [...neighboursOf(qubits, q)]);
    expect(near.some((q) => chains[j]?.includes(q))).toBe(true);
  }
}

describe.each(graphs)('chains for %s', (_name, edges, count) => {
  test.each([
    ['chimera', 6],
    ['pegasus', 3],
    ['zephyr', 2],
  ] as const)('on %s are disjoint, connected, and coupled where variables are', (id, size) => {
    const qubits = graphOf(topology(id).couplers(size));
    const chains = ended(findChains(graphOf(edges, count), qubits, rngOf(1))) ?? [];
    expect(chains).toHaveLength(count);
    expectMinor(chains, edges, qubits);
  });
});

test.each([
  ['chimera', 4, 16],
  ['pegasus', 4, 28],
  ['zephyr', 2, 24],
] as const)('crossed lines of %s of size %d hold a complete graph of %d', (id, size, count) => {
  const { couplers, lines } = topology(id);
  const [qubits, edges] = [graphOf(couplers(size)), complete(count)];
  const chains = crossedChains(graphOf(edges), qubits, lines(size)) ?? [];
  expect(chains).toHaveLength(count);
  expectMinor(chains, edges, qubits);
  // Nothing is longer than the lines, and ends that nothing needs are gone.
  expect(Math.max(...chains.map((chain) => chain.length))).toBeLessThan(2 * size + 2);
  expect(crossedChains(graphOf(complete(count + 1)), qubits, lines(size))).toBeNull();
});

describe('an embedded function', () => {
  const rng = rngOf(4);
  const terms = complete(8).map(([i, j]) => [i, j, rng.normal()] as const);
  const form = quadraticForm(
    8,
    0.7,
    Array.from({ length: 8 }, () => rng.normal()),
    terms,
  );

  test.each(['min', 'max'] as const)(
    'has the energy of every assignment on unbroken chains (%s), and more on broken ones',
    (sense) => {
      const settings = { topology: 'chimera', breaks: 'majority' } as const;
      const embedded = ended(embed(form, sense, { ...settings, chainStrength: 9 }, rngOf(5)));
      const logical = bitModel(form, sense);
      for (let index = 0; index < 256; index++) {
        const x = Uint8Array.from({ length: 8 }, (_, v) => (index >> v) & 1);
        const on = new Uint8Array(embedded.model.size);
        embedded.chains.forEach((chain, v) => chain.forEach((q) => (on[q] = x[v] as number)));
        expect(energyOf(embedded.model, on)).toBeCloseTo(energyOf(logical, x), 9);
        const reader = new ChainReader(embedded, 'majority', rngOf(6));
        expect(reader.variablesOf(on)).toEqual(x);
        expect(reader.facts().brokenReads).toBe(0);
      }
    },
  );

  test('repairs a broken chain by its majority, or by what lowers the function', () => {
    const settings = { topology: 'chimera', breaks: 'minimise' } as const;
    const embedded = ended(embed(form, 'min', settings, rngOf(5)));
    const long = embedded.chains.findIndex((chain) => chain.length >= 3);
    const on = new Uint8Array(embedded.model.size);
    on[embedded.chains[long]?.[0] ?? -1] = 1;
    const [majority, lower] = (['majority', 'minimise'] as const).map((breaks) => {
      const reader = new ChainReader(embedded, breaks, rngOf(7));
      const x = reader.variablesOf(on);
      expect(reader.facts().brokenChains).toBeCloseTo(1 / 8, 12);
      return x;
    });
    expect(majority).toEqual(new Uint8Array(8));
    const logical = bitModel(form, 'min');
    expect(energyOf(logical, lower as Uint8Array)).toBeLessThanOrEqual(
      energyOf(logical, majority as Uint8Array),
    );
  });

  test('holds chains together by √2 times the mean coupling and the root of the degree', () => {
    const ising = {
      offset: 0,
      h: new Float64Array(3),
      J: [
        [0, 1, 2],
        [1, 2, -2],
      ] as const,
    };
    expect(torqueCompensation(ising)).toBeCloseTo(1.414 * 2 * Math.sqrt(4 / 3), 12);
  });
});

const cut = {
  kind: 'maxcut',
  nodes: 10,
  edges: complete(10).map(([i, j]) => [i, j, 1 + ((i * j) % 5)]),
};

test.each(['simulated-annealing', 'quantum-annealing'])(
  '%s on the qubits of a machine finds the optimum, and says how long chains were and how many broke',
  (algorithm) => {
    for (const embedding of [{ topology: 'chimera' }, { topology: 'zephyr', breaks: 'minimise' }]) {
      const { result } = runSpec({ algorithm, problem: cut, settings: { embedding } });
      const found = resultAs(optimisation, result);
      expect(found?.best?.value).toBeCloseTo(found?.exact?.value ?? Number.NaN, 9);
      expect(found?.embedding?.topology).toBe(embedding.topology);
      expect(found?.embedding?.qubits).toBeGreaterThanOrEqual(10);
      expect(found?.embedding?.longestChain).toBeGreaterThanOrEqual(1);
    }
  },
);

test('a problem that no part of a machine holds is refused with what would', () => {
  const edges = complete(40).map(([i, j]) => [i, j, 1]);
  const spec = {
    algorithm: 'simulated-annealing',
    problem: { kind: 'maxcut', nodes: 40, edges },
    settings: { embedding: { topology: 'chimera', size: 3 } },
  };
  expect(() => runSpec(spec)).toThrow(
    /No chains for 40 variables with 780 couplings were found on Chimera up to size 3/,
  );
});
