import { unreachable } from '../../base/assert.ts';
import { type Circuit, nameOfIndex, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { type Expression, type MathFunction, parametersIn } from '../../circuit/expression.ts';
import { braketNameRules } from '../print/name-rules.ts';
import { withAllowedNames } from '../print/rename.ts';
import { type Exporter, Losses, noteBlock, withNotes } from './exporter.ts';
import { formulaFor, pythonStyle, renderExpression, sympyCall } from './expressions.ts';
import { lowerFor } from '../../compiler/lowering.ts';

/** Methods of braket.circuits.Circuit for the registry's gates. */
const methods: Readonly<Record<string, string>> = {
  id: 'i',
  x: 'x',
  y: 'y',
  z: 'z',
  h: 'h',
  s: 's',
  sdg: 'si',
  t: 't',
  tdg: 'ti',
  sx: 'v',
  sxdg: 'vi',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  p: 'phaseshift',
  u: 'u',
  cx: 'cnot',
  cy: 'cy',
  cz: 'cz',
  cp: 'cphaseshift',
  swap: 'swap',
  iswap: 'iswap',
  rxx: 'xx',
  ryy: 'yy',
  rzz: 'zz',
  ccx: 'ccnot',
  cswap: 'cswap',
};

const target = {
  native: new Set(Object.keys(methods)),
  controllable: new Set('x y z h s sdg t tdg sx sxdg rx ry rz p swap'.split(' ')),
  hasAntiControls: true,
};

/** Braket sends formulas to its devices as OpenQASM 3, which has no word for an absolute value. */
const formulas = {
  language: 'Braket',
  open: new Set<MathFunction>(
    'sin cos tan exp ln log sqrt arcsin arccos arctan ceiling floor'.split(' ') as MathFunction[],
  ),
};
const sumStyle = pythonStyle(sympyCall);
const sympyStyle = pythonStyle(sympyCall, (name) => `${name}.expression`);

/** FreeParameters add and multiply; what else is done to them is done to their sympy symbols. */
function angleIn(angle: Expression, circuit: Circuit, losses: Losses): string {
  const formula = formulaFor(angle, formulas, circuit, losses);
  if (isSum(formula)) return renderExpression(formula, sumStyle);
  return `FreeParameterExpression(${renderExpression(formula, sympyStyle)})`;
}

function isSum(node: Expression): boolean {
  if (parametersIn(node).length === 0) return true;
  if (node.kind === 'negate') return isSum(node.operand);
  if (node.kind !== 'binary') return node.kind === 'parameter';
  const isQuotient = node.operator === '/' && parametersIn(node.right).length === 0;
  return ('+-*'.includes(node.operator) || isQuotient) && isSum(node.left) && isSum(node.right);
}

export const braketExporter: Exporter = {
  id: 'braket',
  title: 'Amazon Braket (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const named = withAllowedNames(circuit, braketNameRules, ['parameters'], losses);
    const text = writeBraket(named, losses);
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

function writeBraket(circuit: Circuit, losses: Losses): string {
  const lowered = lowerFor(circuit, target, losses);
  const isLast = lastOnTheirQubit(lowered);
  const statements = lowered.map((operation, i) => {
    const isEarly = operation.kind === 'measure' && !isLast.has(i);
    return isEarly ? lostMeasurement(operation, losses) : statement(operation, circuit, losses);
  });
  const hasFormulas = statements.some((line) => line.includes('FreeParameterExpression('));
  const lines = [
    'import math',
    '',
    ...(hasFormulas ? ['import sympy'] : []),
    `from braket.circuits import Circuit${circuit.parameters.length > 0 ? ', FreeParameter' : ''}`,
    ...(hasFormulas ? ['from braket.parametric import FreeParameterExpression'] : []),
    '',
    ...circuit.parameters.map(({ name }) => `${name} = FreeParameter("${name}")`),
    'circuit = Circuit()',
    ...statements,
  ];
  const bound = circuit.parameters.filter(({ value }) => value !== null);
  if (bound.length > 0) {
    const pairs = bound.map(({ name, value }) => `${name}=${value}`);
    lines.push(`circuit = circuit(${pairs.join(', ')})`);
  }
  return `${lines.join('\n')}\n`;
}

/** Measurements that no gate or measurement on the same qubit follows: Braket takes no other. */
function lastOnTheirQubit(operations: readonly Operation[]): ReadonlySet<number> {
  const used = new Set<number>();
  const last = new Set<number>();
  for (let i = operations.length - 1; i >= 0; i--) {
    const operation = operations[i] as Operation;
    if (operation.kind === 'measure' && !used.has(operation.qubit)) last.add(i);
    if (operation.kind !== 'gate' && operation.kind !== 'measure') continue;
    for (const qubit of qubitsOf(operation)) used.add(qubit);
  }
  return last;
}

function lostMeasurement({ qubit }: Operation & { kind: 'measure' }, losses: Losses): string {
  losses.add(
    'measurements that a gate or another measurement of their qubit follows',
    'Braket circuits measure each qubit once, at its end; a comment stands in their place',
  );
  return `# not expressed: measurement of qubit ${qubit}`;
}

function statement(operation: Operation, circuit: Circuit, losses: Losses): string {
  switch (operation.kind) {
    case 'gate': {
      const angles = operation.parameters.map((one) => angleIn(one, circuit, losses));
      const under = operation.controls ?? [];
      const controls =
        under.length === 0
          ? []
          : [
              `control=[${under.map(({ qubit }) => qubit).join(', ')}]`,
              `control_state=[${under.map(({ value }) => value).join(', ')}]`,
            ];
      const inner = [...operation.qubits, ...angles, ...controls].join(', ');
      return `circuit.${methods[operation.gate]}(${inner})`;
    }
    case 'measure': {
      losses.add('the bits that measurements write to', 'Braket returns outcomes by qubit');
      const bit =
        operation.bit === null ? '' : `  # to ${nameOfIndex(circuit.bitRegisters, operation.bit)}`;
      return `circuit.measure(${operation.qubit})${bit}`;
    }
    case 'reset':
      return lost(`reset of qubit ${operation.qubit}`, losses);
    case 'barrier':
      return lost(`barrier on ${operation.qubits.join(', ')}`, losses);
    case 'if':
      return lost(conditionText(operation), losses);
    case 'opaque':
      return `# ${noteBlock(operation, losses)}`;
    default:
      return unreachable(operation);
  }
}

function conditionText({ body, otherwise }: Operation & { kind: 'if' }): string {
  const names = [...body, ...otherwise].map((one) => (one.kind === 'gate' ? one.gate : one.kind));
  return `under a condition: ${[...new Set(names)].join(', ')}`;
}

function lost(what: string, losses: Losses): string {
  losses.add(what, 'Braket circuits cannot express it; a comment stands in its place');
  return `# not expressed: ${what}`;
}
