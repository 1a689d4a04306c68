import type { Origin, TextBlock } from '../../circuit/circuit.ts';
import type { Stretch } from '../syntax3/nodes.ts';

/** Where the text of a subroutine's declaration begins; null where it is in another file. */
export type CalleeBase = (name: string) => number | null;

/** Keeps, while a program is followed, in which blocks of its text it stands. */
export class Places {
  readonly #calleeBase: CalleeBase;
  #origin: Origin = { start: 0, end: 0 };
  /** What the offsets of steps count from; null in another file. */
  #base: number | null = null;
  #blocks: readonly TextBlock[] = [];

  constructor(calleeBase: CalleeBase = () => null) {
    this.#calleeBase = calleeBase;
  }

  /** Begins a statement of the top level; `base` is what the offsets of its steps count from. */
  begin(origin: Origin, base: number | null): void {
    this.#origin = origin;
    this.#base = base;
    this.#blocks = [];
  }

  /** For what a step does now. One object for all that it does, so that it can be told apart. */
  originOf({ start, end }: Stretch): Origin {
    if (this.#blocks.length === 0 || this.#base === null) return this.#origin;
    const inside = { start: this.#base + start, end: this.#base + end, blocks: this.#blocks };
    return { start: this.#origin.start, end: this.#origin.end, inside };
  }

  /** Does the work inside one pass of a block. */
  within<T>(kind: TextBlock['kind'], { start, end }: Stretch, pass: string, work: () => T): T {
    if (this.#base === null) return work();
    const before = this.#blocks;
    const place = { start: this.#base + start, end: this.#base + end };
    this.#blocks = [...before, { kind, ...place, pass }];
    try {
      return work();
    } finally {
      this.#blocks = before;
    }
  }

  /** Does the work of a subroutine, whose text is elsewhere. */
  withinCall<T>(place: Stretch, callee: string, work: () => T): T {
    return this.within('call', place, '', () => {
      const before = this.#base;
      this.#base = this.#calleeBase(callee);
      try {
        return work();
      } finally {
        this.#base = before;
      }
    });
  }
}

/** "i = 2". */
export function passOf(name: string, value: unknown): string {
  return `${name} = ${String(value)}`;
}

/** "case 1, 2". */
export function caseOf(labels: readonly bigint[]): string {
  return `case ${labels.join(', ')}`;
}
