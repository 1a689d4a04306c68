import { ask } from '../programs/ask.ts';
import { AppError } from '#shared/base/errors.ts';
import type { Answer, Estimates } from '../programs/program.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliSum } from '#shared/observables/pauli.ts';
import { type BoundCircuit, circuitView } from '#shared/problems/views/circuit.ts';
import { expectations } from '#shared/results/kinds/expectations.ts';
import { defineAlgorithm } from './algorithm.ts';

export const expectation = defineAlgorithm({
  id: 'expectation',
  title: 'Expectation values',
  summary:
    'Runs a circuit and measures observables: exactly, from shots, under noise, with mitigation.',
  kind: 'quantum',
  takes: circuitView,
  result: expectations,
  steps: { name: 'steps', areCourse: true },
  parameters: [],
  canPause: true,
  asks: () => ['expectations'],
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
    const answer = yield* ask({
      kind: 'expectations',
      key: 'circuit',
      items: 1,
      bindings: given.bindings,
      observables: sums.map((_, k) => k),
    });
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
  const at = ({ values, stderrs }: Estimates) => ({
    value: values[k] as number,
    stderr: stderrs[k] as number,
  });
  const { history } = answer;
  if (history === undefined) return { observable, raw: at(answer), mitigated: at(answer) };
  const scaled = history.steps.findLast((step) => step.scaled !== undefined)?.scaled;
  return {
    observable,
    raw: at(history.raw),
    ...(scaled === undefined
      ? {}
      : { scaled: scaled.map((one) => ({ scale: one.scale, ...at(one) })) }),
    steps: history.steps.map((step) => ({
      technique: step.technique,
      ...at(step),
      facts: step.facts ?? {},
    })),
    mitigated: at(answer),
  };
}
