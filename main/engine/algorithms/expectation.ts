import { ask } from '../programs/ask.ts';
import type { Answer, Estimates } from '../programs/program.ts';
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
  asks: () => ['expectations'],
  *run(input) {
    const given = circuitInput(input);
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
};

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
