import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitCountOf,
} from '#shared/circuit/circuit.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { type Bindings, evaluate, parametersIn } from '#shared/circuit/expression.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Answer, Ask } from '../programs/program.ts';
import { namedRow } from '../simulators/evaluator.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { generatorOf } from './generator.ts';
import {
  askExpectations,
  definedAs,
  type ExpectationAnswer,
  type GradientAsk,
  type GradientMethod,
  lowerWith,
  sameShots,
} from './gradient-method.ts';
import {
  type PauliFactor,
  pauliExpansion,
  underControls,
  type WeightedString,
} from './pauli-expansion.ts';

/** A circuit in the registry's gates, with what its gradient is asked for. */
interface Tested {
  readonly key: string;
  readonly circuit: Circuit;
  readonly observables: readonly Observable[];
  readonly parameterNames: readonly string[];
  /** Circuits with an ancilla that were sent already, by their key. */
  readonly sent: Set<string>;
}

/** An angle of a gate: at `position` of the circuit. */
interface Angle {
  readonly position: number;
  readonly operation: GateOperation;
  readonly index: number;
}

/**
 * Gradients with an ancilla (Li et al., arXiv:1608.00677): ∂U = −i·G·U with G = Σ c·P, and twice the
 * mean of Y on an ancilla that controls P gives the slope along each string P. No angle is shifted.
 */
export const hadamardTest: GradientMethod = {
  id: 'hadamard-test',
  title: 'Hadamard test',
  summary:
    'Exact gradients with an ancilla qubit and controlled Pauli strings; no angle is shifted.',
  isExact: true,
  lower: (program) => {
    const circuits = new Map<string, Tested>();
    return lowerWith(program, {
      define(ask) {
        const operations = flattenOperations(ask.circuit, operationLimit);
        circuits.set(ask.key, {
          key: ask.key,
          circuit: { ...ask.circuit, definitions: [], operations },
          observables: ask.observables,
          parameterNames: ask.circuit.parameters.map(({ name }) => name),
          sent: new Set(),
        });
        return ask;
      },
      gradients: (ask) => testedGradients(ask, definedAs(circuits, ask.key)),
    });
  },
};

function* testedGradients(ask: GradientAsk, tested: Tested): Generator<Ask, Answer, Answer> {
  const { parameterNames, circuit } = tested;
  const { items, bindings } = ask;
  const base = yield* askExpectations(ask, 'value', { items, bindings, ...sameShots(ask, items) });
  const gradients = new Float64Array(items * parameterNames.length);
  const variances = new Float64Array(gradients.length);
  const rows = Array.from({ length: items }, (_, item) => namedRow(parameterNames, bindings, item));
  for (const angle of anglesOf(circuit)) {
    const slopes = new Map<string, ExpectationAnswer>();
    for (const [item, row] of rows.entries()) {
      for (const { coefficient, factors } of stringsOf(angle, row)) {
        if (factors.length === 0) continue;
        const name = factors.map(({ qubit, letter }) => `${letter}${qubit}`).join('*');
        const means = slopes.get(name) ?? (yield* testedMeans(ask, tested, angle, name, factors));
        slopes.set(name, means);
        const expression = angle.operation.parameters[angle.index];
        parameterNames.forEach((parameter, k) => {
          const inner = expression === undefined ? 0 : derivativeOf(expression, parameter, row);
          const at = item * parameterNames.length + k;
          const factor = 2 * coefficient * inner;
          gradients[at] = (gradients[at] as number) + factor * (means.values[item] as number);
          variances[at] =
            (variances[at] as number) + (factor * (means.stderrs[item] as number)) ** 2;
        });
      }
    }
  }
  const gradientErrors = variances.map(Math.sqrt);
  return {
    kind: 'gradients',
    values: base.values,
    stderrs: base.stderrs,
    gradients,
    gradientErrors,
  };
}

function anglesOf({ operations }: Circuit): Angle[] {
  return operations.flatMap((operation, position) => {
    if (operation.kind !== 'gate') return [];
    return operation.parameters.flatMap((parameter, index): Angle[] =>
      parametersIn(parameter).length === 0 ? [] : [{ position, operation, index }],
    );
  });
}

/** The gate's generator at these bindings as Pauli strings on the circuit's qubits. */
function stringsOf({ operation, index }: Angle, bindings: Bindings): WeightedString[] {
  const found = gateById(operation.gate);
  if (found === null) {
    throw new AppError(
      'unsupported',
      `Gate “${operation.gate}” stands to a power that is no whole number and has an open angle. Choose the gradient “finite-difference”.`,
      { gate: operation.gate },
    );
  }
  if (found.derivative === null) return [];
  const angles = operation.parameters.map((parameter) => evaluate(parameter, bindings));
  const generator = generatorOf({ gate: found, power: operation.power ?? 1 }, angles, index);
  return underControls(pauliExpansion(generator, operation.qubits), operation.controls ?? []);
}

/** ⟨Y ⊗ O⟩ for every item, with the ancilla controlling this string right after the gate. */
function* testedMeans(
  ask: GradientAsk,
  tested: Tested,
  { position }: Angle,
  name: string,
  factors: readonly PauliFactor[],
): Generator<Ask, ExpectationAnswer, Answer> {
  const key = `${tested.key}/test ${position} ${name} ${ask.observable}`;
  if (!tested.sent.has(key)) {
    const observable = tested.observables[ask.observable] as Observable;
    yield { kind: 'define', key, ...withAncilla(tested.circuit, position, factors, observable) };
    tested.sent.add(key);
  }
  const { items, bindings } = ask;
  const rows = { items, bindings, ...sameShots(ask, items) };
  return yield* askExpectations(ask, key, rows, { key, observable: 0 });
}

function withAncilla(
  circuit: Circuit,
  position: number,
  factors: readonly PauliFactor[],
  observable: Observable,
): { readonly circuit: Circuit; readonly observables: readonly Observable[] } {
  const ancilla = qubitCountOf(circuit);
  const controlled = factors.map(({ qubit, letter }) =>
    gate(`c${letter.toLowerCase()}`, [ancilla, qubit]),
  );
  const isDiagonal = observable.kind === 'diagonal';
  const operations: Operation[] = [
    gate('h', [ancilla]),
    ...circuit.operations.slice(0, position + 1),
    ...controlled,
    ...circuit.operations.slice(position + 1),
    // A diagonal stays one where Y of the ancilla is turned into Z.
    ...(isDiagonal ? [gate('sdg', [ancilla]), gate('h', [ancilla])] : []),
  ];
  return {
    circuit: {
      ...circuit,
      qubitRegisters: [...circuit.qubitRegisters, { name: 'hadamard_test', size: 1 }],
      operations,
    },
    observables: [isDiagonal ? signedBy(observable.values) : timesY(observable, ancilla)],
  };
}

/** Diagonal of O ⊗ Z, the ancilla being the highest qubit. */
function signedBy(values: Float64Array): Observable {
  const both = new Float64Array(2 * values.length);
  both.set(values);
  values.forEach((value, i) => {
    both[values.length + i] = -value;
  });
  return { kind: 'diagonal', values: both };
}

function timesY({ sum }: Observable & { kind: 'pauli' }, ancilla: number): Observable {
  const terms = sum.terms.map(({ coefficient, factors }) => ({
    coefficient,
    factors: [...factors, { qubit: ancilla, letter: 'Y' as const }],
  }));
  return { kind: 'pauli', sum: { terms } };
}
