import { firstBits, type PackedBits, setBit, zeroBits, bitAt } from '#shared/base/packed-bits.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { type BinaryProblem, fromIsing, type IsingForm } from '#shared/problems/binary-problem.ts';
import type { AlgorithmInput } from '../algorithms/algorithm.ts';
import { solveExactly } from '../algorithms/exact-solution.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { termsOf } from './circuit.ts';
import { type Plan, planOf } from './plan.ts';
import { questionsOf } from './questions-of.ts';
import type { QaoaSettings } from './settings.ts';
import { type Effort, inStage, noEffort, stageOf, together, tuned } from './train.ts';

/** A spin that is `sign` times another one, or where that is null `sign` itself. */
interface Binding {
  readonly spin: number;
  readonly to: number | null;
  readonly sign: 1 | -1;
}

interface RecursiveState extends Effort {
  /** In the order in which they were bound; spins are numbered as in the whole problem. */
  readonly bindings: readonly Binding[];
}

/** The cost of the spins that are left. */
interface Rest {
  readonly ising: IsingForm;
  /** The number of each in the whole problem. */
  readonly spins: readonly number[];
}

export interface Bound extends Effort {
  /** One assignment of the problem's own variables. */
  readonly assignment: PackedBits;
}

const kind = 'qaoa-recursive';

/**
 * Recursive QAOA (Bravyi, Kliesch, Koenig and Tang 2020, arXiv:1910.08980): the strongest mean of a term of the cost binds one
 * spin to another, or fixes it, and the circuit of the rest is tuned anew, until so few are left that all can be tried.
 */
export function* boundRecursively(
  plan: Plan,
  settings: QaoaSettings,
  input: AlgorithmInput,
): Generator<Ask, Bound, Answer> {
  const cutoff = settings.cutoff ?? Math.max(1, Math.min(8, Math.floor(plan.qubits / 2)));
  const first: RecursiveState = { ...noEffort, bindings: [] };
  let { state, inner } = stageOf(input.snapshot, kind, first);
  let rest = state.bindings.reduce<Rest>(without, {
    ising: plan.ising,
    spins: Array.from({ length: plan.qubits }, (_, q) => q),
  });
  while (rest.spins.length > cutoff && termsOf(rest.ising).length > 0) {
    const at = state;
    const round = at.bindings.length;
    const smaller =
      round === 0
        ? plan
        : planOfRest(plan, rest, settings, rngOf(input.seed, 101 + 1_000_000 * round));
    const search = tuned(smaller, settings, input, {
      stream: 102 + 1_000_000 * round,
      snapshot: inner,
    });
    const trained = yield* inStage(search, kind, at, {
      title: `${rest.spins.length} variables`,
      done: round / (plan.qubits - cutoff),
    });
    const questions = questionsOf(trained.plan);
    const means = yield* questions.correlations(trained.angles);
    yield* questions.forget();
    const binding = strongest(rest, means);
    rest = without(rest, binding);
    state = { ...together(at, trained), bindings: [...at.bindings, binding] };
    inner = undefined;
    yield { kind: 'snapshot', state: { kind, state } };
  }
  const assignment = unbound(plan, rest, state.bindings);
  return { ...state, assignment: firstBits(assignment, 0, plan.problem.variables) };
}

function withoutConstraints(plan: Plan, { ising }: Rest): BinaryProblem {
  return {
    variables: ising.h.length,
    labels: null,
    sense: plan.problem.sense,
    objective: fromIsing(ising),
    constraints: [],
  };
}

function planOfRest(plan: Plan, rest: Rest, settings: QaoaSettings, rng: Rng): Plan {
  const { penalty: _none, ...same } = settings;
  return planOf(withoutConstraints(plan, rest), same, rng);
}

/** The first of the largest means in size, as a binding; where it says nothing, its sign is taken as +. */
function strongest({ ising, spins }: Rest, means: Float64Array): Binding {
  const terms = termsOf(ising);
  const k = means.reduce(
    (best, mean, i) => (Math.abs(mean) > Math.abs(means[best] as number) + 1e-9 ? i : best),
    0,
  );
  const [first, second] = (terms[k]?.qubits ?? []).map((q) => spins[q] as number);
  const sign = (means[k] as number) < 0 ? -1 : 1;
  return second === undefined
    ? { spin: first as number, to: null, sign }
    : { spin: second, to: first as number, sign };
}

/** What is left when a binding is put in. */
function without({ ising, spins }: Rest, { spin, to, sign }: Binding): Rest {
  const gone = spins.indexOf(spin);
  const kept = spins.filter((one) => one !== spin);
  const place = (q: number): number => kept.indexOf(spins[q] as number);
  const host = to === null ? null : kept.indexOf(to);
  let { offset } = ising;
  const h = new Float64Array(kept.length);
  const pairs = new Map<number, number>();
  const addPair = (a: number, b: number, w: number): void => {
    const name = Math.min(a, b) * kept.length + Math.max(a, b);
    pairs.set(name, (pairs.get(name) ?? 0) + w);
  };
  const addField = (q: number | null, w: number): void => {
    if (q === null) offset += w;
    else h[q] = (h[q] as number) + w;
  };
  ising.h.forEach((w, q) => addField(q === gone ? host : place(q), q === gone ? sign * w : w));
  for (const [i, j, w] of ising.J) {
    const other = i === gone ? j : j === gone ? i : null;
    if (other === null) addPair(place(i), place(j), w);
    else if (host === null) addField(place(other), sign * w);
    else if (place(other) === host) offset += sign * w;
    else addPair(place(other), host, sign * w);
  }
  const J = [...pairs]
    // What cancels leaves rounding behind.
    .filter(([, w]) => Math.abs(w) > 1e-12)
    .sort(([a], [b]) => a - b)
    .map(([name, w]) => [Math.floor(name / kept.length), name % kept.length, w] as const);
  return { ising: { offset, h, J }, spins: kept };
}

/** All variables of the cost: the best of the rest, and what is bound to it. */
function unbound(plan: Plan, rest: Rest, bindings: readonly Binding[]): PackedBits {
  const optima = solveExactly(withoutConstraints(plan, rest))?.optima;
  const bits = zeroBits(plan.qubits, 1);
  const spins = new Map<number, number>();
  rest.spins.forEach((spin, q) => {
    // Where too many are left to try, none of them has a term.
    spins.set(spin, optima === undefined ? 1 : 1 - 2 * bitAt(optima, 0, q));
  });
  for (const { spin, to, sign } of bindings.toReversed()) {
    spins.set(spin, sign * (to === null ? 1 : (spins.get(to) as number)));
  }
  for (const [spin, value] of spins) if (value < 0) setBit(bits, 0, spin);
  return bits;
}
