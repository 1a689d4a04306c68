import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum, PauliTerm } from '#shared/observables/pauli.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import { afterStep } from './history.ts';
import { timesTerm } from './pauli-product.ts';
import type { SettingsFault, Technique } from './technique.ts';

interface SymmetrySettings {
  readonly observable: string;
  readonly value: number;
}

/** Symmetry verification after the fact (Bonet-Monroig, Sagastizabal, Singh, O'Brien, arXiv:1807.10050). */
export const symmetry: Technique = {
  id: 'symmetry',
  title: 'Symmetry verification',
  summary: 'Keeps what lies in the subspace of a symmetry that the ideal state has.',
  parameters: [
    {
      kind: 'text',
      id: 'observable',
      title: 'Symmetry',
      help: 'A product of Pauli letters that the ideal state is an eigenstate of, such as Z0*Z1.',
      default: null,
      required: true,
    },
    {
      kind: 'integer',
      id: 'value',
      title: 'Value',
      help: 'What the ideal state gives the symmetry: 1 or −1.',
      default: 1,
      min: -1,
      max: 1,
    },
  ],
  place: 'state',
  serves: ['expectations'],
  overhead: () => 2,
  fault: (settings) => faultOf(settings as unknown as SymmetrySettings),
  rewrite: (settings) => (program) => verified(program, settings as unknown as SymmetrySettings),
};

/** Qubits of a text are checked against the circuit once there is one. */
const anyWidth = 100_000;

function faultOf({ observable, value }: SymmetrySettings): SettingsFault | null {
  if (value !== 1 && value !== -1) {
    return { path: 'value', message: `A symmetry has the value 1 or −1; got ${value}.` };
  }
  if (/^[IXYZ]+$/i.test(observable.trim())) return null;
  try {
    symmetryOf(observable, anyWidth);
    return null;
  } catch (thrown) {
    return {
      path: 'observable',
      message: thrown instanceof Error ? thrown.message : String(thrown),
    };
  }
}

function symmetryOf(text: string, qubits: number): PauliTerm {
  const { terms } = parseObservable(text, qubits);
  const [term] = terms;
  if (terms.length === 1 && term?.coefficient === 1 && term.factors.length > 0) return term;
  throw new AppError(
    'bad-input',
    `A symmetry is one product of Pauli letters with the factor 1, such as “Z0*Z1”; got “${text}”.`,
    { path: 'mitigation' },
  );
}

function* verified<T>(program: Program<T>, { observable, value }: SymmetrySettings): Program<T> {
  const counts = new Map<string, number>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'define') {
      const own = symmetryOf(observable, qubitCountOf(ask.circuit));
      const kept = ask.observables.map((one) => keptPart(one, own, value));
      const projector: Observable = {
        kind: 'pauli',
        sum: {
          terms: [
            { coefficient: 0.5, factors: [] },
            { ...own, coefficient: value / 2 },
          ],
        },
      };
      counts.set(ask.key, ask.observables.length);
      answer = yield { ...ask, observables: [...ask.observables, ...kept, projector] };
    } else if (ask.kind === 'expectations') {
      answer = yield* divided(ask, counts.get(ask.key) as number);
    } else answer = yield ask;
    step = program.next(answer);
  }
  return step.value;
}

/** P·O·P with P = (1 + vS)/2: of terms that commute with S half of the term and of v times its product with S. */
function keptPart(observable: Observable, own: PauliTerm, value: number): Observable {
  if (observable.kind === 'diagonal') {
    if (own.factors.some(({ letter }) => letter !== 'Z')) {
      throw new AppError(
        'unsupported',
        'A cost over basis states is verified by symmetries of Z alone. Choose such a one, or leave “symmetry” out.',
      );
    }
    const mask = own.factors.reduce((bits, { qubit }) => bits + 2 ** qubit, 0);
    const values = observable.values.map((one, k) => (one * (1 + value * sign(k & mask))) / 2);
    return { kind: 'diagonal', values };
  }
  return { kind: 'pauli', sum: keptSum(observable.sum, own, value) };
}

function sign(bits: number): number {
  let rest = bits;
  let parity = 1;
  for (; rest !== 0; rest &= rest - 1) parity = -parity;
  return parity;
}

function keptSum({ terms }: PauliSum, own: PauliTerm, value: number): PauliSum {
  return {
    terms: terms.flatMap((term): PauliTerm[] => {
      const { phase, product } = timesTerm(term, own);
      // An odd power of i belongs to terms that do not commute with the symmetry: nothing of them is kept.
      if (phase % 2 === 1) return [];
      const half = term.coefficient / 2;
      const sign = phase === 2 ? -1 : 1;
      return [
        { ...term, coefficient: half },
        { ...product, coefficient: half * value * sign },
      ];
    }),
  };
}

function* divided(
  ask: AskOf<'expectations'>,
  defined: number,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const own = ask.observables.length;
  const kept = ask.observables.map((which) => which + defined);
  const all = [...ask.observables, ...kept, 2 * defined];
  const answer = yield* asked({ ...ask, observables: all });
  const empty = () => new Float64Array(ask.items * own);
  const raw = { values: empty(), stderrs: empty() };
  const [values, stderrs] = [empty(), empty()];
  let leastShare = 1;
  for (let item = 0; item < ask.items; item++) {
    const row = item * all.length;
    const share = answer.values[row + 2 * own] as number;
    const shareError = answer.stderrs[row + 2 * own] as number;
    if (!(share > 2 * shareError && share > 0)) {
      throw new AppError(
        'unsupported',
        `Nothing of the state is seen to have the symmetry's value (a share of ${share.toPrecision(2)} ± ${shareError.toPrecision(1)}), so there is nothing to keep. Check “observable” and “value”, or give the job more shots.`,
      );
    }
    leastShare = Math.min(leastShare, share);
    for (let j = 0; j < own; j++) {
      const at = item * own + j;
      raw.values[at] = answer.values[row + j] as number;
      raw.stderrs[at] = answer.stderrs[row + j] as number;
      const value = (answer.values[row + own + j] as number) / share;
      values[at] = value;
      stderrs[at] = Math.hypot(answer.stderrs[row + own + j] as number, value * shareError) / share;
    }
  }
  const below: AnswerOf<'expectations'> = { kind: 'expectations', ...raw };
  return afterStep(below, { technique: symmetry.id, values, stderrs, facts: { kept: leastShare } });
}
