import { groupTerms } from '../simulators/measure-pauli.ts';
import type { Ask, Observable, Program, Usage } from './program.ts';

/** A count that a program's own asks fill, so that a run resumed from its log counts the same. */
export class UsageCounter {
  #circuits = 0;
  #shots = 0;
  /** Measurement settings of each observable by circuit. */
  readonly #settings = new Map<string, readonly number[]>();

  get usage(): Usage {
    return { circuits: this.#circuits, shots: this.#shots };
  }

  /** `shots` null: exact answers, one circuit an item whatever is observed. */
  count(ask: Ask, shots: number | null): void {
    switch (ask.kind) {
      case 'define':
        this.#settings.set(ask.key, ask.observables.map(settingsOf));
        return;
      case 'expectations': {
        const settings = this.#settings.get(ask.key) ?? [];
        const perItem = ask.observables.reduce((sum, which) => sum + (settings[which] ?? 1), 0);
        this.#circuits += ask.items * (shots === null ? 1 : perItem);
        this.#shots += shots === null ? 0 : ask.items * perItem * shots;
        return;
      }
      case 'gradients':
      case 'probabilities':
        this.#circuits += ask.items;
        return;
      case 'samples':
        this.#circuits += ask.items;
        this.#shots += ask.items * ask.shots;
        return;
      case 'overlaps':
        this.#circuits += shots === null ? ask.items : ask.pairs.length / 2;
        this.#shots += shots === null ? 0 : (ask.pairs.length / 2) * shots;
        return;
      case 'progress':
      case 'snapshot':
        return;
    }
  }
}

function settingsOf(observable: Observable): number {
  return observable.kind === 'diagonal' ? 1 : Math.max(1, groupTerms(observable.sum).length);
}

/** The program with every ask counted on its way out. */
export function* countUsage<T>(
  program: Program<T>,
  counter: UsageCounter,
  shots: number | null,
): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    counter.count(step.value, shots);
    step = program.next(yield step.value);
  }
  return step.value;
}
