import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import {
  fromIsing,
  type IsingForm,
  type QuadraticForm,
  toIsing,
} from '#shared/problems/binary-problem.ts';
import type { Objective } from '#shared/problems/objective.ts';
import { type BitModel, bitModel, descend, gainsOf } from '../binary/bit-model.ts';
import { type Chains, findChains } from './chains.ts';
import { crossedChains } from './clique.ts';
import type { EmbeddingSettings } from './settings.ts';
import { graphOf, neighboursOf, topologies, type Topology } from './topologies.ts';

/** A function of bits on the qubits of an annealer, as a minimum. */
export interface Embedded {
  readonly model: BitModel;
  /** The qubits of each variable, by their place in the model. */
  readonly chains: Chains;
  readonly topology: Topology['id'];
  /** Of the part of the topology that the chains lie in. */
  readonly size: number;
  readonly chainStrength: number;
  /** The function itself, which repaired reads are improved on. */
  readonly logical: BitModel;
}

const prefactor = 1.414;

/**
 * Uniform torque compensation (Raymond et al. 2020, D-Wave 14-1041A-A): what a spin's neighbours pull at a chain with at random, √2 times the
 * root mean square of the couplings times the root of the mean degree.
 */
export function torqueCompensation({ h, J }: IsingForm): number {
  if (J.length === 0) return 1;
  const square = J.reduce((sum, [, , w]) => sum + w * w, 0) / J.length;
  return prefactor * Math.sqrt(square) * Math.sqrt((2 * J.length) / h.length);
}

/**
 * Finds chains on the smallest part of the topology that has some, up to `size`, and puts the function on them: fields in equal parts on the
 * qubits of a chain, couplings on all couplers between two chains, and `strength`·(1 − zz′) on every coupler within one, so
 * that unbroken chains have the energy of what they stand for. Yields while it searches.
 */
export function* embed(
  form: QuadraticForm,
  sense: Objective,
  settings: EmbeddingSettings,
  rng: Rng,
): Generator<string, Embedded> {
  const sign = sense === 'min' ? 1 : -1;
  const ising = toIsing({
    constant: sign * form.constant,
    linear: form.linear.map((w) => sign * w),
    quadratic: form.quadratic.map(([i, j, w]) => [i, j, sign * w]),
  });
  const topology = topologies.find(({ id }) => id === settings.topology) as Topology;
  const most = settings.size ?? topology.largest;
  const variables = graphOf(
    ising.J.map(([i, j]) => [i, j]),
    ising.h.length,
  );
  for (const size of sizesOf(topology, most)) {
    const qubits = graphOf(topology.couplers(size));
    if (qubits.size < variables.size) continue;
    const search = findChains(variables, qubits, rng);
    let step = search.next();
    while (step.done !== true) {
      yield `lays chains on ${topology.title} of size ${size}`;
      step = search.next();
    }
    const chains = step.value ?? crossedChains(variables, qubits, topology.lines(size));
    if (chains === null) continue;
    const chainStrength = settings.chainStrength ?? torqueCompensation(ising);
    const { spins, places } = spread(ising, chains, qubits, chainStrength);
    return {
      model: bitModel(fromIsing(spins), 'min'),
      chains: places,
      topology: topology.id,
      size,
      chainStrength,
      logical: bitModel(form, sense),
    };
  }
  throw new AppError(
    'too-large',
    `No chains for ${variables.size} variables with ${ising.J.length} couplings were found on ${topology.title} up to size ${most}. Take another topology, a larger size or fewer couplings.`,
    { variables: variables.size, couplings: ising.J.length, size: most },
  );
}

/** Growing by about a half, the largest last. */
function sizesOf({ smallest }: Topology, most: number): number[] {
  const sizes: number[] = [];
  for (let size = smallest; size < most; size = Math.ceil(1.4 * size + 0.5)) sizes.push(size);
  return [...sizes, Math.max(smallest, most)];
}

/** The Ising form on the qubits of the chains, numbered chain by chain. */
function spread(
  { offset, h, J }: IsingForm,
  chains: Chains,
  qubits: ReturnType<typeof graphOf>,
  strength: number,
): { readonly spins: IsingForm; readonly places: Chains } {
  const placeOf = new Map<number, number>();
  const ownerOf = new Map<number, number>();
  const places = chains.map((chain, v) =>
    chain.map((q) => {
      ownerOf.set(q, v);
      placeOf.set(q, placeOf.size);
      return placeOf.get(q) as number;
    }),
  );
  const fields = new Float64Array(placeOf.size);
  places.forEach((chain, v) => {
    for (const place of chain) fields[place] = (h[v] as number) / chain.length;
  });
  const between = new Map<string, [number, number][]>();
  for (const [q, place] of placeOf) {
    for (const other of neighboursOf(qubits, q)) {
      const at = placeOf.get(other);
      if (at === undefined || at <= place) continue;
      const owners = [ownerOf.get(q) as number, ownerOf.get(other) as number];
      const name = `${Math.min(...owners)} ${Math.max(...owners)}`;
      between.set(name, [...(between.get(name) ?? []), [place, at]]);
    }
  }
  const bonds: [number, number, number][] = [];
  let constant = offset;
  for (const v of chains.keys()) {
    for (const [a, b] of between.get(`${v} ${v}`) ?? []) {
      constant += strength;
      bonds.push([a, b, -strength]);
    }
  }
  for (const [i, j, w] of J) {
    const couplers = between.get(`${Math.min(i, j)} ${Math.max(i, j)}`) ?? [];
    for (const [a, b] of couplers) bonds.push([a, b, w / couplers.length]);
  }
  return { spins: { offset: constant, h: fields, J: bonds }, places };
}

/** What reads of an embedded function came to. */
export class ChainReader {
  readonly #embedded: Embedded;
  readonly #breaks: EmbeddingSettings['breaks'];
  readonly #rng: Rng;
  #reads = 0;
  #broken = 0;
  #brokenReads = 0;

  constructor(embedded: Embedded, breaks: EmbeddingSettings['breaks'], rng: Rng) {
    this.#embedded = embedded;
    this.#breaks = breaks;
    this.#rng = rng;
  }

  /** The variables of a read: what most qubits of their chains say, and by `minimise` what lowers the function from there. */
  variablesOf(x: Uint8Array): Uint8Array {
    let broken = 0;
    const { chains, logical } = this.#embedded;
    const values = Uint8Array.from(chains, (chain) => {
      const ones = chain.reduce((sum, q) => sum + (x[q] as number), 0);
      if (ones > 0 && ones < chain.length) broken++;
      if (2 * ones === chain.length) return this.#rng.uniform() < 0.5 ? 1 : 0;
      return 2 * ones > chain.length ? 1 : 0;
    });
    this.#reads++;
    this.#broken += broken;
    if (broken > 0) this.#brokenReads++;
    if (broken > 0 && this.#breaks === 'minimise')
      descend(logical, values, gainsOf(logical, values));
    return values;
  }

  /** What the result says of it. */
  facts() {
    const { chains, topology, size, chainStrength } = this.#embedded;
    const lengths = chains.map((chain) => chain.length);
    const qubits = lengths.reduce((sum, one) => sum + one, 0);
    return {
      topology,
      size,
      qubits,
      chainStrength,
      longestChain: lengths.reduce((most, one) => Math.max(most, one), 0),
      meanChain: qubits / Math.max(1, lengths.length),
      brokenChains: this.#broken / Math.max(1, this.#reads * lengths.length),
      brokenReads: this.#brokenReads / Math.max(1, this.#reads),
    };
  }
}
