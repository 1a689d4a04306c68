import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { Observable } from '#shared/observables/observable.ts';
import { groupTerms } from '../simulators/measure-pauli.ts';
import type { Answer, Ask, Program, Usage } from './program.ts';

/** A count that a program's own asks fill, so that a run resumed from its log counts the same. */
export class UsageCounter {
  #circuits = 0;
  #shots = 0;
  #gates = 0;
  #qubits = 0;
  readonly #defined = new Map<string, DefinedUsage>();

  get usage(): Usage {
    return {
      circuits: this.#circuits,
      shots: this.#shots,
      gates: this.#gates,
      qubits: this.#qubits,
    };
  }

  /** An answer that took other shots than were counted when it was asked for. */
  correct(ask: Ask, answer: Answer, shots: number | null): void {
    if (ask.kind !== 'expectations' || answer.kind !== 'expectations') return;
    if (answer.shots === undefined) return;
    this.#shots += answer.shots - this.#settingsOf(ask) * shotsOf(ask, shots);
  }

  /** `shots` null: exact answers, one circuit an item whatever is observed. */
  count(ask: Ask, shots: number | null): void {
    switch (ask.kind) {
      case 'define':
        this.#defined.set(ask.key, usageOf(ask));
        this.#qubits = Math.max(this.#qubits, qubitCountOf(ask.circuit));
        return;
      case 'runs':
        this.#add(ask.key, ask.items * ask.bases.length, ask.shots);
        return;
      case 'expectations': {
        this.#add(ask.key, shots === null ? ask.items : this.#settingsOf(ask), shotsOf(ask, shots));
        return;
      }
      case 'metric':
      case 'gradients':
      case 'probabilities':
        this.#add(ask.key, ask.items, 0);
        return;
      case 'samples':
        this.#add(ask.key, ask.items, ask.shots);
        return;
      case 'overlaps':
        this.#add(ask.key, shots === null ? ask.items : ask.pairs.length / 2, shots ?? 0);
        return;
      case 'forget':
      case 'progress':
      case 'snapshot':
        return;
    }
  }

  /** Measurement settings of all items together. */
  #settingsOf(ask: Extract<Ask, { kind: 'expectations' }>): number {
    const settings = this.#defined.get(ask.key)?.settings ?? [];
    return ask.items * ask.observables.reduce((sum, which) => sum + (settings[which] ?? 1), 0);
  }

  #add(key: string, circuits: number, shotsEach: number): void {
    this.#circuits += circuits;
    this.#shots += circuits * shotsEach;
    this.#gates += circuits * (this.#defined.get(key)?.gates ?? 0);
  }
}

function shotsOf(ask: Extract<Ask, { kind: 'expectations' }>, shots: number | null): number {
  return shots === null ? 0 : (ask.shots ?? shots);
}

interface DefinedUsage {
  readonly gates: number;
  /** Measurement settings of each observable. */
  readonly settings: readonly number[];
}

function usageOf(ask: Extract<Ask, { kind: 'define' }>): DefinedUsage {
  return {
    gates: ask.circuit.operations.filter(({ kind }) => kind === 'gate').length,
    settings: ask.observables.map(settingsOf),
  };
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
    const answer = yield step.value;
    counter.correct(step.value, answer, shots);
    step = program.next(answer);
  }
  return step.value;
}
