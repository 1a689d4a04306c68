import type { Answer, Ask, Progress } from '../programs/program.ts';

/** How one of several searches in a row tells where it stands. */
export interface Stage {
  /** The snapshot of the whole run from that of the search. */
  readonly snapshot: (inner: unknown) => unknown;
  readonly progress: (inner: Progress) => Progress;
}

/** A search as a part of a longer run. */
export function* asStage<T>(
  search: Generator<Ask, T, Answer>,
  { snapshot, progress }: Stage,
): Generator<Ask, T, Answer> {
  let step = search.next({ kind: 'done' });
  while (step.done !== true) {
    const one = step.value;
    if (one.kind === 'snapshot') {
      step = search.next(yield { kind: 'snapshot', state: snapshot(one.state) });
    } else if (one.kind === 'progress') {
      step = search.next(yield { kind: 'progress', progress: progress(one.progress) });
    } else step = search.next(yield one);
  }
  return step.value;
}
