import { isingObservable } from '#shared/problems/binary-problem.ts';
import { ask } from '../programs/ask.ts';
import { qaoaCircuit, termsOf } from './circuit.ts';
import { lightConeQuestions } from './light-cones.ts';
import type { Plan } from './plan.ts';
import { key, type Questions, stringOf } from './questions.ts';

export function questionsOf(plan: Plan): Questions {
  return plan.usesLightCones ? lightConeQuestions(plan) : wholeQuestions(plan);
}

function wholeQuestions({ ising, shape }: Plan): Questions {
  const terms = termsOf(ising);
  return {
    *define() {
      yield {
        kind: 'define',
        key,
        circuit: qaoaCircuit(ising, shape),
        observables: [isingObservable(ising), ...terms.map(stringOf)].map((sum) => ({
          kind: 'pauli',
          sum,
        })),
      };
    },
    *forget() {
      yield { kind: 'forget', key };
    },
    costs: (rows) => ask({ kind: 'expectations', key, ...rows, observables: [0] }),
    slopes: ({ items, bindings }) =>
      ask({ kind: 'gradients', key, items, bindings, observable: 0 }),
    *correlations(bindings) {
      const observables = terms.map((_, k) => k + 1);
      const rows = { items: 1, bindings };
      const { values } = yield* ask({ kind: 'expectations', key, ...rows, observables });
      return values;
    },
  };
}
