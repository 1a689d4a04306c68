/** Something with a life: `dispose` ends it, and a second call does nothing. */
export interface Disposable {
  dispose(): void;
}

/** A disposable from a function, which is called at most once. */
export function toDisposable(end: () => void): Disposable {
  let ended = false;
  return {
    dispose() {
      if (ended) return;
      ended = true;
      end();
    },
  };
}
