import { create } from 'zustand';

interface Side {
  readonly label: string;
  readonly text: string;
}

/** Two texts side by side, and what can be decided about them. */
export interface Comparison {
  readonly title: string;
  readonly note: string;
  readonly before: Side;
  readonly after: Side;
  readonly choices: readonly {
    readonly label: string;
    readonly hint: string;
    readonly run: () => void;
  }[];
}

/** What the comparison dialog shows; null = it is closed. */
export const useComparison = create<{ readonly comparison: Comparison | null }>(() => ({
  comparison: null,
}));

export function showComparison(comparison: Comparison): void {
  useComparison.setState({ comparison });
}

export function closeComparison(): void {
  useComparison.setState({ comparison: null });
}
