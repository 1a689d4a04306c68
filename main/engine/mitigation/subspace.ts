import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { eigenInSpan } from '../linalg/eigen-in-span.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import { afterStep } from './history.ts';
import { timesTerm } from './pauli-product.ts';
import type { Technique } from './technique.ts';

/** Quantum subspace expansion (McClean, Kimchi-Schwartz, Carter, de Jong, arXiv:1603.05681). */
export const subspace: Technique = {
  id: 'subspace',
  title: 'Quantum subspace expansion',
  summary:
    'Gives of each observable, read as a Hamiltonian, the lowest value among combinations of the state with operators on it.',
  parameters: [
    {
      kind: 'texts',
      id: 'operators',
      title: 'Operators',
      help: 'Products of Pauli letters that errors may have applied, such as X0 or Z0*Z1; the identity is always among them.',
      default: null,
      required: true,
      minCount: 1,
    },
  ],
  place: 'state',
  serves: ['expectations'],
  overhead: ({ operators }) => (1 + (operators as readonly string[]).length) ** 2,
  fault: ({ operators }) => {
    const some = operators as readonly string[];
    if (some.length <= mostOperators) return null;
    const message = `At most ${mostOperators} operators are expanded in; got ${some.length}.`;
    return { path: 'operators', message };
  },
  rewrite: (settings) => (program) => expanded(program, settings['operators'] as readonly string[]),
};

/** A square of 33 by 33 observables for each of the program's own. */
const mostOperators = 32;

const identity: PauliTerm = { coefficient: 1, factors: [] };

function operatorsOf(texts: readonly string[], qubits: number): PauliTerm[] {
  const parsed = texts.map((text) => {
    const { terms } = parseObservable(text, qubits);
    const [term] = terms;
    if (terms.length === 1 && term !== undefined) return { ...term, coefficient: 1 };
    throw new AppError(
      'bad-input',
      `An operator of “subspace” is one product of Pauli letters, such as “X0”; got “${text}”.`,
      { path: 'mitigation' },
    );
  });
  return [identity, ...parsed];
}

/** Places of the observables that were added to a circuit's own. */
interface Defined {
  readonly size: number;
  /** Of ⟨P_a·P_b⟩. */
  readonly overlaps: number;
  /** Of ⟨P_a·O·P_b⟩ for each own observable. */
  readonly energies: readonly number[];
}

function* expanded<T>(program: Program<T>, texts: readonly string[]): Program<T> {
  const known = new Map<string, Defined>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      const operators = operatorsOf(texts, qubitCountOf(ask.circuit));
      const square = operators.length ** 2;
      const own = ask.observables.length;
      const more = [{ terms: [identity] }, ...ask.observables.map(sumOf)].flatMap((sum) =>
        between(sum, operators),
      );
      known.set(ask.key, {
        size: operators.length,
        overlaps: own,
        energies: ask.observables.map((_, j) => own + (j + 1) * square),
      });
      answer = yield { ...ask, observables: [...ask.observables, ...more] };
    } else if (ask.kind === 'expectations') {
      answer = yield* lowest(ask, known.get(ask.key) as Defined);
    } else answer = yield ask;
    step = program.next(answer);
  }
  return step.value;
}

function sumOf(observable: Observable): PauliSum {
  if (observable.kind === 'pauli') return observable.sum;
  throw new AppError(
    'unsupported',
    'Subspace expansion multiplies Pauli observables, not a cost over basis states. Leave it out here.',
  );
}

/** The real parts of P_a·O·P_b, row by row. */
function between({ terms }: PauliSum, operators: readonly PauliTerm[]): Observable[] {
  return operators.flatMap((a) =>
    operators.map((b): Observable => {
      const kept = terms.flatMap((term): PauliTerm[] => {
        const left = timesTerm(a, term);
        const whole = timesTerm(left.product, b);
        const phase = (left.phase + whole.phase) % 4;
        if (phase % 2 === 1) return [];
        const { product } = whole;
        return [
          { ...product, coefficient: phase === 2 ? -product.coefficient : product.coefficient },
        ];
      });
      return { kind: 'pauli', sum: { terms: kept } };
    }),
  );
}

function* lowest(
  ask: AskOf<'expectations'>,
  { size, overlaps, energies }: Defined,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const own = ask.observables.length;
  const square = size * size;
  const places = (from: number) => Array.from({ length: square }, (_, k) => from + k);
  const blocks = ask.observables.map((which) => energies[which] as number);
  const all = [...ask.observables, ...places(overlaps), ...blocks.flatMap(places)];
  const { values, stderrs } = yield* asked({ ...ask, observables: all });
  const table = () => new Float64Array(ask.items * own);
  const [raw, rawErrors, found, errors] = [table(), table(), table(), table()];
  let smallest = size;
  for (let item = 0; item < ask.items; item++) {
    const row = item * all.length;
    const blockAt = (k: number) => {
      const from = row + own + k * square;
      return {
        values: values.subarray(from, from + square),
        stderrs: stderrs.subarray(from, from + square),
      };
    };
    for (let j = 0; j < own; j++) {
      const at = item * own + j;
      raw[at] = values[row + j] as number;
      rawErrors[at] = stderrs[row + j] as number;
      const lowestOne = lowestValue(blockAt(j + 1), blockAt(0), size);
      found[at] = lowestOne.value;
      errors[at] = lowestOne.stderr;
      smallest = Math.min(smallest, lowestOne.dimension);
    }
  }
  const below = { kind: 'expectations', values: raw, stderrs: rawErrors } as const;
  const facts = { dimension: smallest };
  return afterStep(below, { technique: subspace.id, values: found, stderrs: errors, facts });
}

interface Block {
  readonly values: Float64Array;
  readonly stderrs: Float64Array;
}

/** Directions whose overlap is smaller than this, or than its error, are noise. */
const leastOverlap = 1e-6;

/** Lowest value of H·c = E·S·c over the directions of S that are well measured, with its error to first order. */
function lowestValue(energy: Block, overlap: Block, size: number) {
  const noise = Math.max(...overlap.stderrs) * size;
  const symmetric = (block: Float64Array) =>
    block.map(
      (value, k) => (value + (block[(k % size) * size + Math.floor(k / size)] as number)) / 2,
    );
  const [h, s] = [symmetric(energy.values), symmetric(overlap.values)];
  const { values, vectors } = eigenInSpan(h, s, size, Math.max(leastOverlap, noise));
  const [value, c] = [values[0] as number, vectors[0] as Float64Array];
  // c is of length 1 under S, so the value moves by cᵀ(δH − E·δS)c.
  let variance = 0;
  for (let k = 0; k < size * size; k++) {
    const weight = (c[Math.floor(k / size)] as number) * (c[k % size] as number);
    variance +=
      weight ** 2 *
      ((energy.stderrs[k] as number) ** 2 + (value * (overlap.stderrs[k] as number)) ** 2);
  }
  return { value, stderr: Math.sqrt(variance), dimension: values.length };
}
