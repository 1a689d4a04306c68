/** Takes down what a rewriting changed beyond its words: what it was, and what became of it. */
export interface Notes {
  add(what: string, why: string): void;
}

/** For those who need no account. */
export const noNotes: Notes = { add: () => undefined };
