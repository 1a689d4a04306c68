import { timeToSolution } from './time-to-solution.ts';
import { BitCounter, packBits, type PackedBits } from '#shared/base/packed-bits.ts';
import {
  type BinaryProblem,
  cardinalityOf,
  isBetter,
  isFeasible,
  type QuadraticForm,
  valueAt,
} from '#shared/problems/binary-problem.ts';
import { dominatingPenalty, penalised, violationOf } from '#shared/problems/penalties.ts';
import type { OptimisationResult, Proof } from '#shared/results/kinds/optimisation.ts';
import type { Needs, Outcome } from '../algorithms/algorithm.ts';
import {
  type ExactSolution,
  exactSolutionBytes,
  solveExactly,
} from '../algorithms/exact-solution.ts';
import { bestOf, classicalEffort, optimisationResult } from '../algorithms/optimisation-result.ts';
import type { ChainReader } from '../embedding/embedded.ts';
import type { Answer, Told } from '../programs/program.ts';
import { type BitModel, bitModel } from '../binary/bit-model.ts';

/** What a search walks on: the objective alone where moves keep the number of ones, else with a penalty that dominates. */
export interface Landscape {
  readonly problem: BinaryProblem;
  readonly model: BitModel;
  /** Ones of every assignment; null: any number. */
  readonly ones: number | null;
}

/** The objective, with a penalty that dominates where there are constraints. */
export function penalisedForm(problem: BinaryProblem): QuadraticForm {
  if (problem.constraints.length === 0) return problem.objective;
  return penalised(problem, dominatingPenalty(problem)).form;
}

/** The landscape of single flips. */
export function penalisedLandscape(problem: BinaryProblem): Landscape {
  return { problem, model: bitModel(penalisedForm(problem), problem.sense), ones: null };
}

/** The landscape for moves that exchange a one and a zero where the number of ones is fixed; else that of single flips. */
export function landscapeOf(problem: BinaryProblem): Landscape {
  const ones = cardinalityOf(problem);
  if (ones === null) return penalisedLandscape(problem);
  return { problem, model: bitModel(problem.objective, problem.sense), ones };
}

/** Bytes a landscape takes, with `copies` of its assignments and gains. */
export function landscapeNeeds(problem: BinaryProblem, copies: number): Needs {
  const isFree = problem.constraints.length === 0 || cardinalityOf(problem) !== null;
  const { variables, form } = isFree
    ? { variables: problem.variables, form: problem.objective }
    : violationOf(problem);
  const terms = form.quadratic.length + problem.objective.quadratic.length;
  return {
    ownBytes: exactSolutionBytes(problem.variables) + 80 * terms + (9 * copies + 32) * variables,
    qubits: null,
    answerBytes: 0,
  };
}

interface Reads {
  readonly assignments: PackedBits;
  readonly counts: Float64Array;
  readonly evaluations: number;
}

/** Counts the assignments that a search ends in, each by the problem's own variables. */
export class Findings {
  readonly #problem: BinaryProblem;
  readonly #seen: BitCounter;
  #best: number | null = null;
  #count = 0;

  constructor(problem: BinaryProblem) {
    this.#problem = problem;
    this.#seen = new BitCounter(problem.variables);
  }

  /** The value of the best feasible assignment so far; the worst conceivable one before the first. */
  get best(): number {
    return this.#best ?? (this.#problem.sense === 'min' ? Infinity : -Infinity);
  }

  add(x: Uint8Array): void {
    const bits = packBits(x.subarray(0, this.#problem.variables));
    this.#seen.add(bits, 0);
    this.#count++;
    if (!isFeasible(this.#problem, bits, 0)) return;
    const value = valueAt(this.#problem.objective, bits, 0);
    if (this.#best === null || isBetter(this.#problem, value, this.#best)) this.#best = value;
  }

  #timeToBest(
    best: number,
    exact: ExactSolution | null,
    { assignments, counts, evaluations }: Reads,
  ): OptimisationResult['timeToSolution'] {
    const problem = this.#problem;
    const target = exact?.best ?? best;
    const tolerance = 1e-9 * Math.max(1, Math.abs(target));
    const hits = counts.reduce((sum, count, k) => {
      const isHit =
        isFeasible(problem, assignments, k) &&
        Math.abs(valueAt(problem.objective, assignments, k) - target) <= tolerance;
      return isHit ? sum + count : sum;
    }, 0);
    const reads = this.#count;
    return {
      target: exact === null ? 'best-found' : 'optimum',
      hits,
      reads,
      ...timeToSolution({ hits, reads, evaluationsPerRead: evaluations / reads }),
    };
  }

  progress(done: number, of: number, what: string): Told {
    return {
      kind: 'progress',
      progress: {
        fraction: done / of,
        message: `${what} ${done} of ${of}`,
        step: done,
        metrics: this.#best === null ? {} : { best: this.#best },
      },
    };
  }

  /** The result of a search that evaluated single moves so often. */
  outcome(
    evaluations: number,
    { areIndependent, chains = null }: SearchFacts,
  ): Outcome<OptimisationResult> {
    const problem = this.#problem;
    const { outcomes: assignments, counts } = this.#seen.counts();
    const count = this.#count;
    const distribution = { assignments, probabilities: counts.map((one) => one / count) };
    const best = bestOf(problem, assignments);
    const exact = solveExactly(problem);
    const effort = classicalEffort(evaluations);
    const result = optimisationResult(problem, distribution, best, exact, effort, count);
    return {
      result: {
        ...result,
        proof: proofOf(best?.value ?? null, boundOf(exact)),
        ...(areIndependent && best !== null
          ? {
              timeToSolution: this.#timeToBest(best.value, exact, {
                assignments,
                counts,
                evaluations,
              }),
            }
          : {}),
        ...(chains === null ? {} : { embedding: chains.facts() }),
      },
      warnings: best === null ? [nothingFeasible(exact, problem)] : [],
    };
  }
}

/** What outcomes say beside the assignments. */
export interface SearchFacts {
  /** Whether each assignment comes of a start of its own. */
  readonly areIndependent: boolean;
  /** Where the search was on chains of qubits. */
  readonly chains?: ChainReader | null;
}

/** Whether an answer to progress asks a search to finish. */
export function isToFinish({ kind }: Answer): boolean {
  return kind === 'finish';
}

function boundOf(exact: ExactSolution | null): number | null {
  return exact?.best ?? null;
}

function nothingFeasible(exact: ExactSolution | null, { variables }: BinaryProblem): string {
  const isKnown = exact !== null || exactSolutionBytes(variables) > 0;
  return exact === null && isKnown
    ? 'The problem has no solution: no assignment satisfies its constraints.'
    : 'No feasible assignment was found; take more reads or sweeps, or use highs.';
}

/** How far a value can be from the optimum, by a bound that no value passes. */
export function proofOf(value: number | null, bound: number | null): Proof {
  if (value === null || bound === null) return { status: 'best-known', bound, gap: null };
  const gap = Math.abs(value - bound) / Math.max(1, Math.abs(value));
  return gap <= 1e-9
    ? { status: 'proven', bound: value, gap: 0 }
    : { status: 'best-known', bound, gap };
}
