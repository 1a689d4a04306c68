import type { Rng } from '#shared/base/rng.ts';

/** Values that programs stumble over, beside plain ones. */
const oddities: readonly unknown[] = [
  null,
  true,
  '',
  '0',
  'NaN',
  -1,
  0,
  1,
  2,
  0.5,
  1e-300,
  1e300,
  2 ** 31,
  2 ** 53,
  -0,
  [],
  {},
  [[]],
  '__proto__',
  'constructor',
];

/** JSON with some of its parts changed, left out, doubled or put elsewhere. */
export function mutated(value: unknown, rng: Rng, changes = 1 + rng.below(3)): unknown {
  let result = structuredClone(value);
  for (let k = 0; k < changes; k++) result = mutatedOnce(result, rng);
  return result;
}

function mutatedOnce(root: unknown, rng: Rng): unknown {
  const places = placesIn(root);
  const place = places[rng.below(places.length)];
  if (place === undefined) return structuredClone(pick(rng, oddities));
  const { holder, key } = place;
  switch (rng.below(5)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      put(holder, key, structuredClone(pick(rng, places).holder));
      break;
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
      else put(holder, pick(rng, ['extra', 'kind', 'id', 'p']), holder[key]);
      break;
    default:
      put(holder, key, structuredClone(pick(rng, oddities)));
  }
  return root;
}

type Holder = Record<string, unknown> | unknown[];

function put(holder: Holder, key: string, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

function placesIn(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [
    { holder, key },
    ...placesIn((holder as Record<string, unknown>)[key]),
  ]);
}

function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[rng.below(list.length)] as T;
}

const optimizers = ['adam', 'cobyla', 'lbfgsb', 'nelder-mead', 'none', 'qng', 'spsa'];
const ansatze = [
  'efficient-su2',
  'two-local',
  'brickwork',
  'hamiltonian-variational',
  'symmetry-preserving',
];
const qasm =
  'OPENQASM 3.0; include "stdgates.inc"; input float[64] a; qubit[2] q; bit[2] c; rx(a) q[0]; cx q[0], q[1]; c = measure q;';

/** Classical, or exact by its nature. */
const takesNoNoise = [
  'exact',
  'highs',
  'imaginary-time',
  'monte-carlo',
  'parallel-tempering',
  'quantum-annealing',
  'simulated-annealing',
  'simulated-bifurcation',
  'tabu',
];

/** A job spec that is all right, of any algorithm and problem that needs no file. */
export function soundSpec(rng: Rng): Record<string, unknown> {
  const nodes = 2 + rng.below(4);
  const edges = Array.from({ length: nodes - 1 }, (_, i) => [i, i + 1, rng.uniform()]);
  const binary = pick<Record<string, unknown>>(rng, [
    { kind: 'maxcut', nodes, edges },
    {
      kind: 'qubo',
      linear: Array.from({ length: nodes }, () => rng.uniform() - 0.5),
      quadratic: edges,
      constant: 1,
      sense: pick(rng, ['min', 'max']),
    },
    { kind: 'ising', h: Array.from({ length: nodes }, () => rng.uniform()), J: edges, offset: 0 },
  ]);
  const weights = Array.from({ length: nodes }, () => 1 + rng.below(3));
  const constrained = pick<Record<string, unknown>>(rng, [
    { kind: pick(rng, ['independent-set', 'vertex-cover']), nodes, edges, weights },
    { kind: 'max-k-cut', nodes: 2, edges: [[0, 1]], k: 2 },
    { kind: 'colouring', nodes: 3, edges: [[0, 1]], colours: 2 },
    { kind: 'knapsack', weights, values: weights, capacity: 3 },
    { kind: 'partition', numbers: weights },
    {
      kind: 'travelling-salesman',
      distances: [
        [0, 1, 2],
        [2, 0, 1],
        [1, 2, 0],
      ],
    },
    {
      kind: 'binary-program',
      variables: ['a', 'b', 'c'],
      objective: { linear: { a: 1, b: -2 }, quadratic: [['a', 'c', 1]], sense: 'max' },
      constraints: [
        { linear: [1, 2, 3], relation: pick(rng, ['<=', '>=', '=']), bound: 3 },
        { quadratic: [[0, 1, 1]], relation: '=', bound: 0, name: 'apart' },
      ],
    },
    { kind: 'maxcut', text: '3 2\n1 2 1\n2 3 2\n' },
    { kind: 'binary-program', text: 'Max\n a + 2 b\nst\n a + b <= 1\nBinary\n a b\nEnd\n' },
  ]);
  const searched = pick(rng, [binary, constrained]);
  const circuit = { kind: 'circuit', qasm, inputs: { a: 0.3 }, observables: ['Z0*Z1', 'X0'] };
  const hamiltonian = {
    kind: 'hamiltonian',
    qubits: 2,
    terms: ['ZI', 'XY', 'YY', 'II'].map((letters) => [letters, rng.uniform() - 0.5]),
  };
  const layers = 1 + rng.below(2);
  const order = pick(rng, [1, 2, 4]);
  const id = pick(rng, optimizers);
  const optimizer = id === 'none' ? { id } : { id, maxIterations: 2 };
  const ansatz = { id: pick(rng, ansatze), layers };
  const priced = pick<Record<string, unknown>>(rng, [
    {
      kind: 'basket-call',
      assets: [
        { spot: 1, volatility: 0.2, qubits: 1 },
        { spot: 2, volatility: 0.4, qubits: 1 },
      ],
      correlation: [
        [1, 0.5],
        [0.5, 1],
      ],
      strike: 3,
      rate: 0.02,
      maturityYears: 1,
    },
    {
      kind: 'credit-risk',
      latentQubits: 1,
      latentBound: 2,
      defaultProbabilities: [0.1, 0.2],
      sensitivities: [0.1, 0],
      losses: [1, 2],
    },
  ]);
  const marked = pick<Record<string, unknown>>(rng, [
    { kind: 'search', variables: 2, marked: ['01'] },
    { kind: 'search', variables: 3, formula: 'x0 & (x1 | !x2)' },
  ]);
  const [algorithm, problem, settings] = pick<[string, unknown, unknown]>(rng, [
    ['exact', binary, {}],
    ['simulated-annealing', searched, { sweeps: 3, reads: 3 }],
    ['tabu', searched, { restarts: 2, iterations: 5 }],
    ['parallel-tempering', searched, { sweeps: 3, temperatures: 3 }],
    ['quantum-annealing', searched, { sweeps: 3, reads: 2, slices: 3 }],
    ['simulated-bifurcation', searched, { steps: 3, reads: 2 }],
    ['highs', searched, { seconds: 1 }],
    ['exact', constrained, {}],
    ['qaoa', constrained, { layers: 1, mixer: 'x', optimizer }],
    ['qaoa', binary, { layers, mixer: 'x', optimizer }],
    ['exact', hamiltonian, { states: 1 + rng.below(3) }],
    [pick(rng, ['vqe', 'vqd', 'subspace-search']), hamiltonian, { ansatz, optimizer }],
    ['trotter', hamiltonian, { time: rng.uniform(), steps: 2, order, observables: ['Z0*Z1'] }],
    ['imaginary-time', hamiltonian, { ansatz, time: rng.uniform(), steps: 2, order }],
    ['monte-carlo', priced, { samples: 64, drawing: pick(rng, ['plain', 'antithetic', 'sobol']) }],
    ['iterative-amplitude-estimation', priced, { epsilon: 0.2 }],
    [pick(rng, ['grover', 'fixed-point-search']), marked, {}],
    ['minimum-search', binary, { rounds: 1 }],
    ['sample', circuit, {}],
    ['expectation', circuit, {}],
  ]);
  const zne = {
    technique: 'zne',
    scaleFactors: [1, 3],
    folding: 'global',
    extrapolation: 'linear',
  };
  return {
    algorithm,
    problem,
    settings,
    backend: 'simulator',
    seed: rng.below(100),
    ...(takesNoNoise.includes(algorithm)
      ? {}
      : {
          shots: pick(rng, [null, 10]),
          mitigation: pick<unknown[]>(rng, [[], [zne]]),
          ...(rng.below(3) === 0 ? { noise: soundNoise(rng) } : {}),
        }),
  };
}

/** A noise model that is all right. */
export function soundNoise(rng: Rng): Record<string, unknown> {
  const keep = Math.sqrt(1 - 0.1);
  const kraus = [
    [
      [
        [keep, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [keep, 0],
      ],
    ],
    [
      [
        [0, 0],
        [Math.sqrt(0.1), 0],
      ],
      [
        [Math.sqrt(0.1), 0],
        [0, 0],
      ],
    ],
  ];
  const channels: Record<string, unknown>[] = [
    { channel: 'depolarizing', p: rng.uniform() },
    { channel: 'pauli_depolarizing', p: rng.uniform() },
    { channel: 'amplitude_damping', gamma: rng.uniform() },
    { channel: 'phase_damping', lambda: rng.uniform() },
    { channel: 'bit_flip', p: rng.uniform() },
    { channel: 'thermal_relaxation', T1: 1, T2: 1.5, time: rng.uniform() },
    { channel: 'kraus', matrices: kraus },
  ];
  return {
    rules: Array.from({ length: rng.below(4) }, () => ({
      on: pick<unknown>(rng, ['all', '1q', '2q', ['h'], ['cx', 'rx']]),
      ...(rng.below(3) === 0 ? { qubits: [rng.below(2)] } : {}),
      ...pick(rng, channels),
    })),
    readout: rng.below(2) === 0 ? [] : [{ qubit: 0, p_read1_given0: 0.1, p_read0_given1: 0.2 }],
  };
}
