import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitCountOf,
} from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import { under } from '../programs/streams.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { requireTerminal } from './fold.ts';
import { afterStep } from './history.ts';
import type { Technique } from './technique.ts';

/** Virtual distillation (Huggins et al., arXiv:2011.07064; Koczor, arXiv:2011.05942) with two copies. */
export const virtualDistillation: Technique = {
  id: 'virtual-distillation',
  title: 'Virtual distillation',
  summary:
    'Measures two copies of the state together, which gives the values of its square: errors are squared away.',
  parameters: [
    {
      kind: 'integer',
      id: 'copies',
      title: 'Copies',
      help: 'How many copies of the state are measured together; two take twice the qubits.',
      default: 2,
      min: 2,
      max: 2,
    },
  ],
  place: 'state',
  serves: ['expectations'],
  overhead: () => 4,
  fault: () => null,
  rewrite: () => (program) => distilled(program),
};

/** Tables over the outcomes of both copies have 4^n entries. */
const mostQubits = 10;

type Define = Extract<Ask, { kind: 'define' }>;

/** The products of letters that are measured, each in a circuit of its own; '' is the purity. */
interface Defined {
  readonly ask: Define;
  readonly keys: ReadonlyMap<string, string>;
}

function* distilled<T>(program: Program<T>): Program<T> {
  const known = new Map<string, Defined>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'expectations') answer = yield* divided(ask, known.get(ask.key) as Defined);
    else {
      answer = yield ask;
      if (ask.kind === 'define') known.set(ask.key, yield* defineCopies(ask));
      if (ask.kind === 'forget') {
        for (const key of known.get(ask.key)?.keys.values() ?? []) yield { kind: 'forget', key };
        known.delete(ask.key);
      }
    }
    step = program.next(answer);
  }
  return step.value;
}

function* defineCopies(ask: Define): Generator<Ask, Defined, Answer> {
  const qubits = qubitCountOf(ask.circuit);
  if (qubits > mostQubits) {
    throw new AppError(
      'too-large',
      `Virtual distillation reads a table over the outcomes of two copies; it reaches ${mostQubits} qubits, and the circuit has ${qubits}. Use “zne” or “cdr”.`,
      { qubits },
    );
  }
  const terms = new Map<string, PauliTerm>([['', { coefficient: 1, factors: [] }]]);
  for (const observable of ask.observables) {
    for (const term of sumOf(observable)) terms.set(nameOf(term), term);
  }
  const keys = new Map<string, string>();
  for (const [name, term] of terms) {
    const key = `${ask.key} copies ${name}`;
    const values = readings(term, qubits);
    const circuit = copiesOf(ask.circuit, term);
    yield { kind: 'define', key, circuit, observables: [{ kind: 'diagonal', values }] };
    keys.set(name, key);
  }
  return { ask, keys };
}

function sumOf(observable: Observable): readonly PauliTerm[] {
  if (observable.kind === 'pauli') return observable.sum.terms;
  throw new AppError(
    'unsupported',
    'Virtual distillation measures Pauli observables, not a cost over basis states. Leave it out here.',
  );
}

function nameOf({ factors }: PauliTerm): string {
  return factors.map(({ qubit, letter }) => letter + qubit).join(' ');
}

/**
 * Both copies (qubit q of the second on q + n), letters turned to Z, and on each pair the turn after which its
 * outcomes tell of the swap: of all pairs the eigenstates of the swap, and where the letter stands those of Z·swap.
 */
function copiesOf(circuit: Circuit, { factors }: PauliTerm): Circuit {
  const n = qubitCountOf(circuit);
  const flat = flattenOperations(circuit, operationLimit);
  requireTerminal(flat, 'Virtual distillation needs');
  const gates = flat.filter((one): one is GateOperation => one.kind === 'gate');
  const other = gates.map(
    (one): GateOperation => ({
      ...one,
      qubits: one.qubits.map((q) => q + n),
      ...(one.controls === undefined
        ? {}
        : { controls: one.controls.map((control) => ({ ...control, qubit: control.qubit + n })) }),
    }),
  );
  const letters = new Map(factors.map(({ qubit, letter }) => [qubit, letter]));
  const turns = Array.from({ length: n }, (_, q) => q).flatMap((q): Operation[] => {
    const letter = letters.get(q);
    const toZ = [q, q + n].flatMap((wire): Operation[] => {
      if (letter === 'X') return [gate('h', [wire])];
      return letter === 'Y' ? [gate('sdg', [wire]), gate('h', [wire])] : [];
    });
    return [...toZ, ...pairTurn(q, q + n, letter !== undefined)];
  });
  return {
    ...circuit,
    qubitRegisters: [{ name: 'q', size: 2 * n }],
    bitRegisters: [],
    definitions: [],
    operations: [...gates, ...other, ...turns],
  };
}

/**
 * Afterwards the second qubit holds whether the two differ; where they do, the first holds the eigenvalue of the swap
 * (|01⟩ ± |10⟩), and where there is a letter that of Z·swap (|01⟩ ± i|10⟩).
 */
function pairTurn(first: number, second: number, hasLetter: boolean): Operation[] {
  const turn = hasLetter ? [gate('sdg', [first])] : [];
  return [gate('cx', [first, second]), ...turn, gate('ch', [second, first])];
}

/** Of each outcome of both copies: the product over pairs of the eigenvalues of swap, or of Z·swap where there is a letter. */
function readings({ factors }: PauliTerm, n: number): Float64Array {
  const lettered = new Set(factors.map(({ qubit }) => qubit));
  return Float64Array.from({ length: 4 ** n }, (_, index) => {
    let [sign, quarter] = [1, 0];
    for (let q = 0; q < n; q++) {
      const own = Math.floor(index / 2 ** q) % 2;
      const differ = Math.floor(index / 2 ** (q + n)) % 2;
      if (differ === 1 && lettered.has(q)) quarter += own === 0 ? 1 : 3;
      else if (differ === 1 || lettered.has(q)) sign *= own === 0 ? 1 : -1;
    }
    return sign * ([1, 0, -1, 0][quarter % 4] as number);
  });
}

function* divided(
  ask: AskOf<'expectations'>,
  { ask: { observables }, keys }: Defined,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const plain = yield* asked(ask);
  const found = new Map<string, AnswerOf<'expectations'>>();
  const wanted = new Set([
    '',
    ...ask.observables.flatMap((which) => sumOf(observables[which] as Observable).map(nameOf)),
  ]);
  for (const name of wanted) {
    const key = keys.get(name) as string;
    found.set(
      name,
      yield* asked({ ...ask, key, observables: [0], ...under(ask, `copies ${name}`) }),
    );
  }
  const purity = found.get('') as AnswerOf<'expectations'>;
  const values = new Float64Array(plain.values.length);
  const stderrs = new Float64Array(plain.values.length);
  let least = 1;
  for (let item = 0; item < ask.items; item++) {
    const share = purity.values[item] as number;
    const doubt = purity.stderrs[item] as number;
    if (!(share > 2 * doubt && share > 0)) {
      throw new AppError(
        'unsupported',
        `The purity of the state is ${share.toPrecision(2)} ± ${doubt.toPrecision(1)}, so nothing can be divided by it. Give the job more shots, or use “zne”.`,
      );
    }
    least = Math.min(least, share);
    ask.observables.forEach((which, j) => {
      let [sum, variance] = [0, 0];
      for (const term of sumOf(observables[which] as Observable)) {
        const one = found.get(nameOf(term)) as AnswerOf<'expectations'>;
        sum += term.coefficient * (one.values[item] as number);
        if (term.factors.length > 0)
          variance += (term.coefficient * (one.stderrs[item] as number)) ** 2;
      }
      const at = item * ask.observables.length + j;
      const value = sum / share;
      const constant = constantOf(observables[which] as Observable);
      values[at] = value;
      stderrs[at] = Math.hypot(Math.sqrt(variance), (value - constant) * doubt) / share;
    });
  }
  return afterStep(plain, {
    technique: virtualDistillation.id,
    values,
    stderrs,
    facts: { purity: least },
  });
}

function constantOf(observable: Observable): number {
  return sumOf(observable).reduce(
    (sum, { coefficient, factors }) => (factors.length === 0 ? sum + coefficient : sum),
    0,
  );
}
