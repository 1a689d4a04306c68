import { type BinaryProblem, type QuadraticForm, toIsing } from '../binary-problem.ts';
import { dominatingPenalty, penalised } from '../penalties.ts';
import { lpOf, mpsOf } from './write-program.ts';

/** What a file of a format does not say, and what became of it. */
export interface WritingLoss {
  readonly what: string;
  readonly why: string;
}

/** A format that problems of bits are written in, as the readers of problems read it. */
export interface ProblemFormat {
  readonly id: string;
  readonly title: string;
  /** The kind of problem whose `file` reads it. */
  readonly kind: string;
  readonly write: (problem: BinaryProblem) => {
    readonly text: string;
    readonly losses: readonly WritingLoss[];
  };
}

interface Free {
  /** As a minimum. */
  readonly form: QuadraticForm;
  readonly losses: readonly WritingLoss[];
}

/** The problem without constraints and as a minimum, which is all that a list of weights says. */
function freed(problem: BinaryProblem): Free {
  const isFree = problem.constraints.length === 0;
  const penalty = isFree ? 0 : dominatingPenalty(problem);
  const form = isFree ? problem.objective : penalised(problem, penalty).form;
  const sign = problem.sense === 'min' ? 1 : -1;
  return {
    form: {
      constant: sign * form.constant,
      linear: form.linear.map((w) => sign * w),
      quadratic: form.quadratic.map(([i, j, w]) => [i, j, sign * w]),
    },
    losses: [
      ...(isFree
        ? []
        : [{ what: 'constraints', why: `written as a penalty of ${penalty} on what breaks them` }]),
      ...(sign === 1 ? [] : [{ what: 'the sense', why: 'all weights are negated: make it small' }]),
    ],
  };
}

function without(constant: number): WritingLoss[] {
  return constant === 0
    ? []
    : [{ what: 'the constant', why: `the format has none: add ${constant} to every value` }];
}

/** Losses stand at the top of the file as well. */
function commented(losses: readonly WritingLoss[], mark: string, lines: readonly string[]) {
  const head = losses.map(({ what, why }) => `${mark} ${what}: ${why}`);
  return { text: [...head, ...lines, ''].join('\n'), losses };
}

function qubo(problem: BinaryProblem) {
  const { form, losses } = freed(problem);
  const { linear, quadratic, constant } = form;
  const singles = Array.from(linear, (w, i) => `${i} ${i} ${w}`);
  const pairs = quadratic.map((term) => term.join(' '));
  const head = `p qubo 0 ${linear.length} ${singles.length} ${pairs.length}`;
  return commented([...losses, ...without(constant)], 'c', [head, ...singles, ...pairs]);
}

function ising(problem: BinaryProblem) {
  const { form, losses } = freed(problem);
  const { offset, h, J } = toIsing(form);
  const fields = Array.from(h, (w, i) => `${i + 1} ${i + 1} ${w}`);
  const bonds = J.map(([i, j, w]) => `${i + 1} ${j + 1} ${w}`);
  const head = `${h.length} ${fields.length + bonds.length}`;
  return commented([...losses, ...without(offset)], '#', [head, ...fields, ...bonds]);
}

const whole = (write: (problem: BinaryProblem) => string) => (problem: BinaryProblem) => ({
  text: write(problem),
  losses: [],
});

/** Every format that problems are written in, sorted by id. */
export const problemFormats: readonly ProblemFormat[] = [
  { id: 'ising', title: 'Ising model as a list of couplings', kind: 'ising', write: ising },
  { id: 'lp', title: 'LP (CPLEX)', kind: 'binary-program', write: whole(lpOf) },
  { id: 'mps', title: 'MPS', kind: 'binary-program', write: whole(mpsOf) },
  { id: 'qubo', title: 'QUBO (qbsolv)', kind: 'qubo', write: qubo },
];
