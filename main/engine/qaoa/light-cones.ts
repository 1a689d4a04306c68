import { AppError } from '#shared/base/errors.ts';
import type { IsingForm } from '#shared/problems/binary-problem.ts';
import { ask } from '../programs/ask.ts';
import type { Answer, Ask, Estimates } from '../programs/program.ts';
import { type CostTerm, type QaoaShape, qaoaCircuit, termsOf } from './circuit.ts';
import type { Plan } from './plan.ts';
import { type Questions, type Rows, type Slopes, stringOf } from './questions.ts';

/** Widest part of the circuit that is run; wider ones are the whole, or nearly. */
const widest = 24;

/** The part of a circuit that a term of the cost sees. */
interface Cone {
  /** The cost as far as it is seen, on the cone's own qubits. */
  readonly ising: IsingForm;
  readonly tilts: readonly number[] | undefined;
  /** The term on the cone's own qubits, without its weight. */
  readonly term: CostTerm;
}

/** A cone, and the terms (by their place in `termsOf`) that see one like it. */
interface SharedCone extends Cone {
  readonly key: string;
  readonly terms: readonly number[];
}

/** Neighbours and terms of each qubit. */
interface Graph {
  readonly terms: readonly CostTerm[];
  readonly termsAt: readonly (readonly number[])[];
}

/** Qubits of the widest light cone of any term after so many layers of cost and X. */
export function widestCone(ising: IsingForm, layers: number): number {
  const graph = graphOf(ising);
  return graph.terms.reduce((most, one) => Math.max(most, seenBy(graph, one, layers).length), 0);
}

/**
 * The cost term by term, each on the part of the circuit that it sees: the qubits at most p couplings away from it (Farhi,
 * Goldstone and Gutmann 2014, arXiv:1411.4028). Terms with the same surroundings share one circuit. Needs the X mixer, with
 * one γ and one β a layer. A cone of more than 24 qubits is `too-large`.
 */
export function lightConeQuestions({ ising, shape }: Plan): Questions {
  const terms = termsOf(ising);
  const cones = sharedCones(ising, shape);
  const weightOf = (cone: SharedCone): number =>
    cone.terms.reduce((sum, k) => sum + (terms[k] as CostTerm).weight, 0);
  function* summed(
    { items, bindings }: Rows,
    needsSlopes: boolean,
  ): Generator<Ask, Slopes, Answer> {
    const values = new Float64Array(items).fill(ising.offset);
    const variances = new Float64Array(items);
    const gradients = new Float64Array(needsSlopes ? bindings.length : 0);
    for (const cone of cones) {
      const weight = weightOf(cone);
      const rows = { key: cone.key, items, bindings };
      const found = needsSlopes
        ? yield* ask({ kind: 'gradients', ...rows, observable: 0 })
        : yield* ask({ kind: 'expectations', ...rows, observables: [0] });
      add(values, found.values, weight);
      add(
        variances,
        found.stderrs.map((error) => error ** 2),
        weight ** 2,
      );
      if (found.kind === 'gradients') add(gradients, found.gradients, weight);
    }
    return { values, stderrs: variances.map(Math.sqrt), gradients };
  }
  return {
    *define() {
      for (const cone of cones) {
        yield {
          kind: 'define',
          key: cone.key,
          circuit: qaoaCircuit(cone.ising, shapeOf(shape, cone)),
          observables: [{ kind: 'pauli', sum: stringOf(cone.term) }],
        };
      }
    },
    *forget() {
      for (const cone of cones) yield { kind: 'forget', key: cone.key };
    },
    costs: (rows): Generator<Ask, Estimates, Answer> => summed(rows, false),
    slopes: (rows) => summed(rows, true),
    *correlations(bindings) {
      const means = new Float64Array(terms.length);
      for (const cone of cones) {
        const rows = { key: cone.key, items: 1, bindings };
        const { values } = yield* ask({ kind: 'expectations', ...rows, observables: [0] });
        for (const k of cone.terms) means[k] = values[0] as number;
      }
      return means;
    },
  };
}

function add(sum: Float64Array, values: Float64Array, factor: number): void {
  values.forEach((value, k) => {
    sum[k] = (sum[k] as number) + factor * value;
  });
}

function shapeOf({ tilts: _whole, ...shape }: QaoaShape, { tilts }: Cone): QaoaShape {
  return tilts === undefined ? shape : { ...shape, tilts };
}

function sharedCones(ising: IsingForm, shape: QaoaShape): SharedCone[] {
  const graph = graphOf(ising);
  const found = new Map<string, { readonly cone: Cone; readonly terms: number[] }>();
  graph.terms.forEach((term, k) => {
    const cone = coneOf(graph, term, shape);
    const name = JSON.stringify([cone.ising.h.join(), cone.ising.J, cone.tilts, cone.term.qubits]);
    const known = found.get(name);
    if (known === undefined) found.set(name, { cone, terms: [k] });
    else known.terms.push(k);
  });
  return [...found.values()].map(({ cone, terms }, k) => ({ ...cone, key: `cone_${k}`, terms }));
}

function graphOf(ising: IsingForm): Graph {
  const terms = termsOf(ising);
  const termsAt: number[][] = Array.from(ising.h, () => []);
  terms.forEach(({ qubits }, k) => {
    for (const q of qubits) termsAt[q]?.push(k);
  });
  return { terms, termsAt };
}

function coneOf(graph: Graph, term: CostTerm, { layers, tilts }: QaoaShape): Cone {
  const seen = seenBy(graph, term, layers, tilts);
  if (seen.length > widest) {
    throw new AppError(
      'too-large',
      `A light cone of ${layers} layers has ${seen.length} qubits; at most ${widest} are run. Choose fewer layers or a sparser problem.`,
      { path: 'settings.layers', qubits: seen.length },
    );
  }
  const place = new Map(seen.map(({ qubit }, k) => [qubit, k]));
  const at = (qubit: number): number => place.get(qubit) as number;
  // What lies between two qubits of the rim commutes with all that comes after it.
  const inside = seen.filter(({ distance }) => distance < layers);
  const used = [...new Set(inside.flatMap(({ qubit }) => graph.termsAt[qubit] ?? []))];
  const h = new Float64Array(seen.length);
  const J: [number, number, number][] = [];
  for (const k of used) {
    const { qubits, weight } = graph.terms[k] as CostTerm;
    const [i, j] = qubits.map(at).sort((a, b) => a - b) as [number, number?];
    if (j === undefined) h[i] = weight;
    else J.push([i, j, weight]);
  }
  J.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    ising: { offset: 0, h, J },
    tilts: tilts === undefined ? undefined : seen.map(({ qubit }) => tilts[qubit] as number),
    term: { qubits: term.qubits.map(at).sort((a, b) => a - b), weight: 1 },
  };
}

interface Seen {
  readonly qubit: number;
  readonly distance: number;
}

/**
 * The qubits at most `layers` couplings away from a term, nearest first, and those next to one qubit in the order of what
 * they look like: the same order for surroundings of the same form, at least where these are trees.
 */
function seenBy(graph: Graph, term: CostTerm, layers: number, tilts?: readonly number[]): Seen[] {
  const inOrder = (qubits: readonly number[], depth: number): number[] =>
    [...new Set(qubits)]
      .map((qubit) => ({ qubit, look: lookOf(graph, qubit, depth, tilts) }))
      .sort((a, b) => (a.look < b.look ? -1 : a.look > b.look ? 1 : a.qubit - b.qubit))
      .map(({ qubit }) => qubit);
  const distances = new Map<number, number>();
  let rim = inOrder(term.qubits, layers);
  for (const q of rim) distances.set(q, 0);
  for (let distance = 1; distance <= layers; distance++) {
    const next: number[] = [];
    for (const near of rim) {
      const around = (graph.termsAt[near] ?? []).flatMap((k) => otherEnd(graph, k, near));
      for (const q of inOrder(around, layers - distance)) {
        if (distances.has(q)) continue;
        distances.set(q, distance);
        next.push(q);
      }
    }
    rim = next;
  }
  return [...distances].map(([qubit, distance]) => ({ qubit, distance }));
}

function otherEnd({ terms }: Graph, k: number, qubit: number): number[] {
  return (terms[k] as CostTerm).qubits.filter((other) => other !== qubit);
}

/** What a walk of `depth` couplings from a qubit comes across. */
function lookOf(graph: Graph, qubit: number, depth: number, tilts?: readonly number[]): string {
  const tilt = tilts?.[qubit] ?? '';
  if (depth === 0) return `${tilt}`;
  const around = (graph.termsAt[qubit] ?? []).map((k) => {
    const looks = otherEnd(graph, k, qubit).map((q) => lookOf(graph, q, depth - 1, tilts));
    return `${(graph.terms[k] as CostTerm).weight}:${looks.join()}`;
  });
  return `${tilt}(${around.sort().join()})`;
}
