import type { Problem, ProblemFault } from '#shared/problems/problem-kind.ts';
import { kindOf, problemSchemaOf } from '#shared/problems/problem.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import type { ProblemFiles } from '#shared/problems/view.ts';
import type { Posed } from '#shared/problems/views.ts';
import type { Reading } from '#shared/results/reading.ts';
import { resultKinds } from '#shared/results/registry.ts';
import * as results from '#shared/results/result.ts';

/** What the built-in members say of problems and results. */
export const problemSchema = problemSchemaOf(problemKinds);

export function pose(problem: Problem, files: ProblemFiles = new Map()): Posed {
  return { kind: kindOf(problemKinds, problem), problem, files };
}

export function faultsOf(problem: Problem): readonly ProblemFault[] {
  return kindOf(problemKinds, problem).faults(problem);
}

export function knownResult(result: unknown): results.KnownResult | null {
  return results.knownResult(resultKinds, result);
}

export function readingOf(result: unknown): Reading | null {
  return results.readingOf(resultKinds, result);
}
