import { randomUUID } from 'node:crypto';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import type { EventName, EventPayload } from '#shared/ipc/contract.ts';

/** An event with its place in the session's order. */
export interface NumberedEvent {
  readonly number: number;
  readonly name: string;
  readonly payload: unknown;
}

/** How many past events a window that lost its connection can still catch up on. */
const keptEvents = 4096;

/** Numbers every event of this process once, keeps the latest and tells each connection of new ones. */
export class EventHub {
  readonly session = randomUUID();
  #kept: NumberedEvent[] = [];
  #last = 0;
  #listeners = new Set<() => void>();
  #released = false;
  #held: EventPayload<'app.notice'>[] = [];

  get lastNumber(): number {
    return this.#last;
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    this.#kept.push({ number: ++this.#last, name, payload });
    // Cut in large steps: shifting one event at a time would copy the array each time.
    if (this.#kept.length >= 2 * keptEvents) this.#kept = this.#kept.slice(-keptEvents);
    for (const listener of Array.from(this.#listeners)) listener();
  }

  /** Keeps a notice for the first window: at start-up nobody listens yet. */
  hold(notice: EventPayload<'app.notice'>): void {
    if (this.#released) this.emit('app.notice', notice);
    else this.#held.push(notice);
  }

  /** Sends the notices that were kept. */
  release(): void {
    this.#released = true;
    for (const notice of this.#held.splice(0)) this.emit('app.notice', notice);
  }

  /** The event with this number, or undefined where it is not there yet or no longer kept. */
  at(number: number): NumberedEvent | undefined {
    return this.#kept[number - (this.#last - this.#kept.length) - 1];
  }

  /** Whether every event after `number` can still be sent. */
  canResumeAfter(number: number): boolean {
    return number <= this.#last && number >= this.#last - this.#kept.length;
  }

  /** Called after each new event; the listener fetches it by number. */
  onNew(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }
}
