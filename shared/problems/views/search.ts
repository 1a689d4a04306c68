import type { View } from '../view.ts';

/** Assignments of which some are looked for. */
export interface SearchProblem {
  readonly variables: number;
  /** 1 where the assignment of this index (variable i is bit i) is one of them. */
  readonly isMarked: Uint8Array;
}

export const searchView: View<SearchProblem> = { id: 'search', title: 'a search for marked bits' };

/** The index of every assignment that is looked for. */
export function solutionsOf({ isMarked }: SearchProblem): number[] {
  const found: number[] = [];
  isMarked.forEach((mark, index) => {
    if (mark === 1) found.push(index);
  });
  return found;
}
