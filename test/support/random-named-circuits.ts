import type { Rng } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { type Expression, mathFunctions, type MathFunction } from '#shared/circuit/expression.ts';

/** Words that some language or exported program keeps for itself, and names beyond ASCII. */
const words =
  'q c circuit math np cirq sympy cudaq lambda otherwise otherwise_1 branch_1 other_1 Parameter QuantumRegister program Program theta θ ϕ φ ﬁ größe 量 h x rx mz print float self arg b in if class None pi not_kept q0 c_0 H RX I MEASURE REAL sin angle Circuit FreeParameter'.split(
    ' ',
  );

function named(text: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) ? text : 'other';
}

/** Gates, measurements and conditions in conditions, with names and formulas of any kind. */
export function randomNamedCircuit(rng: Rng): Circuit {
  const pick = <T>(list: readonly T[]): T => list[rng.below(list.length)] as T;
  const names = new Set<string>();
  const fresh = (): string => {
    const name = named(pick(words));
    if (names.has(name)) return fresh();
    names.add(name);
    return name;
  };
  const parameters = [0, 1].map(() => ({ name: fresh(), value: rng.below(2) === 0 ? null : 0.3 }));
  const formula = (depth: number): Expression => {
    const kind = depth === 0 ? rng.below(3) : rng.below(7);
    if (kind === 0) return { kind: 'number', value: pick([0.5, -2, 3, 1e-7]) };
    if (kind === 1) return { kind: 'constant', name: pick(['pi', 'tau', 'euler'] as const) };
    if (kind === 2) return { kind: 'parameter', name: pick(parameters).name };
    if (kind === 3) return { kind: 'negate', operand: formula(depth - 1) };
    if (kind === 4) {
      const name = pick(Object.keys(mathFunctions) as MathFunction[]);
      // Within the domain of every function.
      return {
        kind: 'call',
        name,
        arguments: [
          {
            kind: 'binary',
            operator: '*',
            left: { kind: 'number', value: 0.1 },
            right: { kind: 'parameter', name: pick(parameters).name },
          },
        ],
      };
    }
    const operator = pick(['+', '-', '*', '/', '^', '%'] as const);
    const right: Expression = operator === '^' ? { kind: 'number', value: 2 } : formula(depth - 1);
    return { kind: 'binary', operator, left: formula(depth - 1), right };
  };
  const step = (depth: number): Operation => {
    const [a, b] = pick([
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const);
    const kind = rng.below(depth === 0 ? 5 : 8);
    if (kind === 0) return gate('cx', [a, b]);
    if (kind === 1) return gate(pick(['rx', 'rz', 'p']), [a], [formula(2)]);
    if (kind === 2) return { kind: 'measure', qubit: a, bit: rng.below(4) === 0 ? null : b };
    if (kind === 3) return { kind: 'reset', qubit: a };
    if (kind === 4) return { kind: 'barrier', qubits: [a, b] };
    const bits = pick([[0, 1], [2], [1], [0, 2]]);
    const many = (): Operation[] => Array.from({ length: rng.below(3) }, () => step(depth - 1));
    const condition = { bits, value: rng.below(2 ** bits.length), negated: rng.below(3) === 0 };
    return { kind: 'if', condition, body: many(), otherwise: many() };
  };
  return {
    qubitRegisters: [
      { name: fresh(), size: 2 },
      { name: fresh(), size: 1 },
    ],
    bitRegisters: [
      { name: fresh(), size: 2 },
      { name: fresh(), size: 1 },
    ],
    parameters,
    definitions: [],
    operations: Array.from({ length: 6 }, () => step(2)),
  };
}
