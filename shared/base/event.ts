import { type Disposable, toDisposable } from './disposable.ts';

/** Subscribe with a function; what comes back unsubscribes. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The owning side of an event. A listener added while firing hears the next value, not this one. */
export class Emitter<T> implements Disposable {
  #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper, so that the same function subscribed twice is heard twice and ended separately.
    const entry = (value: T): void => listener(value);
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  fire(value: T): void {
    // A snapshot, because listeners may subscribe or leave while they are called.
    const snapshot = Array.from(this.#listeners);
    for (const listener of snapshot) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
