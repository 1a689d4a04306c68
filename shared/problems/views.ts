import { AppError } from '../base/errors.ts';
import type { Problem, ProblemKind } from './problem-kind.ts';
import type { ProblemFiles, Seen, View } from './view.ts';

/** A problem with its kind and the files that it names: all that there is to look at. */
export interface Posed {
  readonly kind: ProblemKind;
  readonly problem: Problem;
  readonly files: ProblemFiles;
}

/** Whether problems of a kind can be looked at in this way. */
export function gives(kind: ProblemKind, view: View<unknown>): boolean {
  return (
    kind.views.some((one) => one.view.id === view.id) ||
    (view.from !== undefined && gives(kind, view.from.view))
  );
}

/** Views that were made, by the files and the problem of a job: forecasts and the run share them. */
const made = new WeakMap<ProblemFiles, WeakMap<Problem, Map<string, Seen<unknown>>>>();

/**
 * A problem looked at in one way, made once for the same problem and files. What only the data can
 * show to be wrong (a column that is not there) is an AppError.
 */
export function look<T>(view: View<T>, posed: Posed): Seen<T> {
  const { problem, files } = posed;
  const byProblem = made.get(files) ?? new WeakMap<Problem, Map<string, Seen<unknown>>>();
  made.set(files, byProblem);
  const byView = byProblem.get(problem) ?? new Map<string, Seen<unknown>>();
  byProblem.set(problem, byView);
  const before = byView.get(view.id);
  // What stands under a view's id was made for that view.
  if (before !== undefined) return before as Seen<T>;
  const seen = make(view, posed);
  byView.set(view.id, seen);
  return seen;
}

function make<T>(view: View<T>, posed: Posed): Seen<T> {
  const { kind, problem, files } = posed;
  const found = kind.views.find((one) => one.view.id === view.id);
  // `offer` gave the function the type of its view, and the schema of the kind has passed the problem.
  if (found !== undefined) return found.of(problem as never, files) as Seen<T>;
  if (view.from === undefined) {
    throw new AppError(
      'bad-input',
      `A “${kind.kind}” problem cannot be looked at as ${view.title}.`,
      { path: 'problem.kind' },
    );
  }
  const source = look(view.from.view, posed);
  const { value, warnings } = view.from.of(source.value as never);
  return { value, warnings: [...source.warnings, ...warnings] };
}
