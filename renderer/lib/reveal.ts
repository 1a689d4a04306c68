import { create } from 'zustand';

/** A stretch of the active document's text that the editor is asked to show. */
export interface Revealed {
  readonly start: number;
  readonly end: number;
  /** Whether the keyboard goes to the text, too. */
  readonly takesFocus: boolean;
}

/** What the editor was last asked to show; null = nothing yet. */
export const useRevealed = create<{ readonly place: Revealed | null }>(() => ({ place: null }));

/** Where the cursor stands in the text, and whether the keyboard is there. */
export const useTextCursor = create<{ readonly offset: number; readonly isFocused: boolean }>(
  () => ({ offset: 0, isFocused: false }),
);

/** Asks the editor to show a stretch of the text, also the same once more. */
export function revealInText(place: Revealed): void {
  useRevealed.setState({ place });
}

/** What the editor is asked to do beside showing a place: each has its own count of calls. */
export const useTextWishes = create<{ readonly focus: number; readonly toggleTab: number }>(() => ({
  focus: 0,
  toggleTab: 0,
}));

/** Gives the keyboard to the text, where its cursor is. */
export function goToTextEditor(): void {
  useTextWishes.setState(({ focus }) => ({ focus: focus + 1 }));
}

/** Lets Tab indent in the text, or lead out of it again. */
export function toggleTabInText(): void {
  useTextWishes.setState(({ toggleTab }) => ({ toggleTab: toggleTab + 1 }));
}
