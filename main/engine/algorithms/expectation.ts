import { AppError } from '#shared/base/errors.ts';
import type { Answer } from '../programs/program.ts';
import type { Algorithm } from './algorithm.ts';
import { circuitInput, parsedObservables } from './circuit-input.ts';

export const expectation: Algorithm = {
  id: 'expectation',
  title: 'Expectation values',
  summary:
    'Runs a circuit and measures observables: exactly, from shots, under noise, with mitigation.',
  kind: 'quantum',
  problems: ['circuit'],
  parameters: [],
  canPause: true,
  *run(input) {
    const given = circuitInput(input);
    const sums = parsedObservables(given);
    yield {
      kind: 'define',
      key: 'circuit',
      circuit: given.circuit,
      observables: sums.map((sum) => ({ kind: 'pauli', sum })),
    };
    const answer = yield {
      kind: 'expectations',
      key: 'circuit',
      items: 1,
      bindings: given.bindings,
      observables: sums.map((_, k) => k),
    };
    if (answer.kind !== 'expectations') throw new AppError('internal', 'Expected expectations.');
    return {
      result: {
        observables: given.observables.map((text, k) => rowOf(text, k, answer)),
        ...input.usage(),
      },
      warnings: [],
    };
  },
};

function rowOf(observable: string, k: number, answer: Extract<Answer, { kind: 'expectations' }>) {
  const value = { value: answer.values[k] as number, stderr: answer.stderrs[k] as number };
  const details = answer.mitigation;
  if (details === undefined) return { observable, raw: value, mitigated: value };
  return {
    observable,
    raw: { value: details.raw.values[k] as number, stderr: details.raw.stderrs[k] as number },
    scaled: details.scaled.map(({ scale, values, stderrs }) => ({
      scale,
      value: values[k] as number,
      stderr: stderrs[k] as number,
    })),
    mitigated: value,
  };
}
