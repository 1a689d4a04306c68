import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import type { Course } from '#shared/results/course.ts';
import type { Estimates } from '../programs/program.ts';
import type { Settings } from './algorithm.ts';

/** What methods share that follow observables through time. */
export interface CourseSettings {
  readonly steps: number;
  readonly order: 1 | 2 | 4;
  readonly observables?: readonly string[];
}

export const timeParameter: ParameterDescriptor = {
  kind: 'number',
  id: 'time',
  title: 'Time',
  help: 'How long the state evolves, in units of one over that of the coefficients.',
  default: 1,
};

export const stepsParameter = (standard: number): ParameterDescriptor => ({
  kind: 'integer',
  id: 'steps',
  title: 'Steps',
  help: 'Into how many equal steps the time is divided; observables are measured after each.',
  default: standard,
  min: 1,
  max: 10_000,
});

export const orderParameter = (standard: number, help: string): ParameterDescriptor => ({
  kind: 'integer',
  id: 'order',
  title: 'Order',
  help,
  default: standard,
  min: 1,
  max: 4,
});

export const observablesParameter: ParameterDescriptor = {
  kind: 'texts',
  id: 'observables',
  title: 'Observables',
  help: 'What is followed, such as 0.5*Z0*Z1 - X2, or letters with the highest qubit first. Empty: Z of every qubit.',
  default: null,
};

/** Orders are 1, 2 and 4. */
export function orderFault(settings: Settings) {
  if (settings['order'] !== 3) return null;
  return { path: 'order', message: 'The orders are 1, 2 and 4, not 3.' };
}

/** The observables that are followed, as they were written and read. */
export function followed(
  { observables }: CourseSettings,
  qubits: number,
): { readonly texts: readonly string[]; readonly sums: readonly PauliSum[] } {
  const texts =
    observables === undefined || observables.length === 0
      ? Array.from({ length: qubits }, (_, q) => `Z${q}`)
      : observables;
  const sums = texts.map((text) => parseObservable(text, qubits));
  return { texts, sums };
}

/** steps + 1 times from 0 up. */
export function timesOf(time: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => (time * k) / steps);
}

/** The course as results list it, from the estimates of all observables at each time. */
export function courseOf(
  times: readonly number[],
  texts: readonly string[],
  rows: readonly Estimates[],
): Course {
  return {
    times: [...times],
    observables: texts.map((observable, j) => ({
      observable,
      values: rows.map(({ values }) => values[j] as number),
      stderrs: rows.map(({ stderrs }) => stderrs[j] as number),
    })),
  };
}
