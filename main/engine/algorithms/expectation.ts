import { AppError } from '#shared/base/errors.ts';
import type { Answer } from '../programs/program.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import { type BoundCircuit, circuitView } from '#shared/problems/views/circuit.ts';
import { defineAlgorithm } from './algorithm.ts';

export const expectation = defineAlgorithm({
  id: 'expectation',
  title: 'Expectation values',
  summary:
    'Runs a circuit and measures observables: exactly, from shots, under noise, with mitigation.',
  kind: 'quantum',
  takes: circuitView,
  parameters: [],
  canPause: true,
  needs: ({ qubits }) => ({ ownBytes: 0, qubits, answerBytes: 0 }),
  *run(input) {
    const given = input.view;
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
});

/** Observables of the problem, each checked; at least one is needed. */
function parsedObservables({ observables, qubits }: BoundCircuit): readonly PauliSum[] {
  if (observables.length > 0) return observables.map((text) => parseObservable(text, qubits));
  throw new AppError(
    'bad-input',
    'Expectations need at least one observable in problem.observables, such as "Z0*Z1".',
    { path: 'problem.observables' },
  );
}

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
