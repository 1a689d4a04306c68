import { gate, scaled } from '../../circuit/build.ts';
import { type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { evaluate, type Expression, numberOf, parametersIn } from '../../circuit/expression.ts';
import { axesOf } from '../axes.ts';
import { addedRotations } from '../one-qubit.ts';
import { rewriting } from '../pass.ts';

/** Turns about z by what they turn, up to a phase of everything. */
const turns: Readonly<Record<string, number>> = {
  z: Math.PI,
  s: Math.PI / 2,
  sdg: -Math.PI / 2,
  t: Math.PI / 4,
  tdg: -Math.PI / 4,
};
const angled: ReadonlySet<string> = new Set(['rz', 'p', 'u1']);

/** Turns about z of the same parity of the inputs are one turn, wherever it stands. Idempotent. */
export const foldPhases = rewriting(
  'fold-phases',
  'Fold phases',
  'Adds up turns about z that act on the same parity of earlier values, also on other qubits: fewer T gates (Amy, Maslov and Mosca 2014, IEEE TCAD 33, 1476; Nam et al. 2018, npj Quantum Information 4, 23).',
  (circuit) => {
    const own = new Set(circuit.definitions.map(({ name }) => name));
    return { ...circuit, operations: folded(circuit.operations, own) };
  },
);

/** What a qubit holds as a function of values that were on qubits before: variables, each once, and whether it is turned round. */
interface Parity {
  readonly variables: ReadonlySet<number>;
  readonly isTurned: boolean;
}

interface Fold {
  /** Place of the first turn of this parity. */
  readonly place: number;
  readonly isTurned: boolean;
  readonly first: GateOperation;
  /** Null as long as there is one turn only. */
  angle: Expression | null;
}

function folded(operations: readonly Operation[], own: ReadonlySet<string>): Operation[] {
  const parities = new Map<number, Parity>();
  let variables = 0;
  const fresh = (): Parity => ({ variables: new Set([variables++]), isTurned: false });
  const at = (qubit: number): Parity => {
    const known = parities.get(qubit) ?? fresh();
    parities.set(qubit, known);
    return known;
  };
  const folds = new Map<string, Fold>();
  const made: (Operation | null)[] = [];
  for (const operation of operations) {
    const call = operation.kind === 'gate' && isBare(operation, own) ? operation : null;
    const angle = call === null ? null : angleOf(call);
    if (call !== null && angle !== null) {
      const { variables: key, isTurned } = at(call.qubits[0] as number);
      const name = [...key].toSorted((a, b) => a - b).join(' ');
      const fold = folds.get(name);
      if (fold === undefined) {
        folds.set(name, { place: made.length, isTurned, first: call, angle: null });
        made.push(call);
      } else {
        const before = fold.angle ?? (angleOf(fold.first) as Expression);
        fold.angle = sumOf(before, isTurned === fold.isTurned ? angle : negative(angle));
        made.push(null);
      }
      continue;
    }
    if (call === null || !follow(call, at, parities)) {
      const axes = call === null ? [] : axesOf(call);
      // What commutes with Z leaves a value as it is.
      qubitsOf(operation).forEach((qubit, k) => {
        if (((axes[k] ?? 0) & 4) === 0) parities.set(qubit, fresh());
      });
    }
    made.push(
      operation.kind === 'if'
        ? {
            ...operation,
            body: folded(operation.body, own),
            otherwise: folded(operation.otherwise, own),
          }
        : operation,
    );
  }
  const written = new Map<number, readonly Operation[]>();
  for (const { place, first, angle } of folds.values()) {
    if (angle !== null) written.set(place, turnBy(angle, first.qubits[0] as number));
  }
  return made.flatMap((one, place) => written.get(place) ?? (one === null ? [] : [one]));
}

function isBare(one: GateOperation, own: ReadonlySet<string>): boolean {
  return (one.controls ?? []).length === 0 && (one.power ?? 1) === 1 && !own.has(one.gate);
}

function angleOf({ gate: id, parameters }: GateOperation): Expression | null {
  const fixed = turns[id];
  if (fixed !== undefined) return numberOf(fixed);
  return angled.has(id) ? (parameters[0] ?? null) : null;
}

/** Whether it only moves and adds values, which is then done. */
function follow(
  { gate: id, qubits }: GateOperation,
  at: (qubit: number) => Parity,
  parities: Map<number, Parity>,
): boolean {
  const [a, b] = qubits as [number, number];
  switch (id) {
    case 'x':
      parities.set(a, { ...at(a), isTurned: !at(a).isTurned });
      return true;
    case 'cx': {
      const [control, target] = [at(a), at(b)];
      parities.set(b, {
        variables: differenceOf(control.variables, target.variables),
        isTurned: control.isTurned !== target.isTurned,
      });
      return true;
    }
    case 'swap': {
      const [first, second] = [at(a), at(b)];
      parities.set(a, second);
      parities.set(b, first);
      return true;
    }
    default:
      return false;
  }
}

/** What is in one of them only. */
function differenceOf(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...[...a].filter((one) => !b.has(one)), ...[...b].filter((one) => !a.has(one))]);
}

function negative(angle: Expression): Expression {
  return parametersIn(angle).length === 0 ? numberOf(-evaluate(angle)) : scaled(-1, angle);
}

function sumOf(a: Expression, b: Expression): Expression {
  const [made] = addedRotations(gate('rz', [0], [a]), gate('rz', [0], [b]));
  return made?.parameters[0] ?? numberOf(0);
}

/** By name where it is a multiple of π/4, as few T gates as there can be. */
function turnBy(angle: Expression, qubit: number): readonly Operation[] {
  if (parametersIn(angle).length > 0) return [gate('rz', [qubit], [angle])];
  const value = evaluate(angle);
  const eighths = Math.round(value / (Math.PI / 4));
  if (Math.abs(value - (eighths * Math.PI) / 4) > 1e-12) return [gate('rz', [qubit], [angle])];
  const words = [[], ['t'], ['s'], ['s', 't'], ['z'], ['z', 't'], ['sdg'], ['tdg']];
  const word = words[((eighths % 8) + 8) % 8] as string[];
  return word.map((name) => gate(name, [qubit]));
}
