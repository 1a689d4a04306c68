import { wantedBits } from '../../circuit/condition.ts';
import { unreachable } from '../../base/assert.ts';
import {
  bitsOf,
  type Circuit,
  type Condition,
  type GateOperation,
  nameOfIndex,
  type Operation,
  qubitCountOf,
} from '../../circuit/circuit.ts';
import { type Exporter, Losses, noteRegisterNames, withNotes } from './exporter.ts';
import { pythonName, pythonStyle, renderExpression } from './expressions.ts';
import { lowerFor } from './lowering.ts';

/** Cirq's gate for a gate of the registry; `angle` is its one angle as Python. */
const gatesInCirq: Readonly<Record<string, (angle: string) => string>> = {
  id: () => 'cirq.I',
  x: () => 'cirq.X',
  y: () => 'cirq.Y',
  z: () => 'cirq.Z',
  h: () => 'cirq.H',
  s: () => 'cirq.S',
  sdg: () => '(cirq.S**-1)',
  t: () => 'cirq.T',
  tdg: () => '(cirq.T**-1)',
  sx: () => '(cirq.X**0.5)',
  sxdg: () => '(cirq.X**-0.5)',
  rx: (angle) => `cirq.rx(${angle})`,
  ry: (angle) => `cirq.ry(${angle})`,
  rz: (angle) => `cirq.rz(${angle})`,
  p: (angle) => `cirq.ZPowGate(exponent=(${angle})/math.pi)`,
  cx: () => 'cirq.CNOT',
  cy: () => 'cirq.Y.controlled()',
  cz: () => 'cirq.CZ',
  ch: () => 'cirq.H.controlled()',
  cp: (angle) => `cirq.CZPowGate(exponent=(${angle})/math.pi)`,
  crx: (angle) => `cirq.rx(${angle}).controlled()`,
  cry: (angle) => `cirq.ry(${angle}).controlled()`,
  crz: (angle) => `cirq.rz(${angle}).controlled()`,
  swap: () => 'cirq.SWAP',
  iswap: () => 'cirq.ISWAP',
  iswapdg: () => '(cirq.ISWAP**-1)',
  rxx: (angle) => `cirq.XXPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  ryy: (angle) => `cirq.YYPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  rzz: (angle) => `cirq.ZZPowGate(exponent=(${angle})/math.pi, global_shift=-0.5)`,
  ccx: () => 'cirq.CCX',
  ccz: () => 'cirq.CCZ',
  cswap: () => 'cirq.CSWAP',
  c3x: () => 'cirq.X.controlled(3)',
  c4x: () => 'cirq.X.controlled(4)',
};

const target = {
  native: new Set(Object.keys(gatesInCirq)),
  controllable: new Set('x y z h s sdg t tdg sx sxdg rx ry rz p swap iswap rxx ryy rzz'.split(' ')),
  hasAntiControls: true,
};

export const cirqExporter: Exporter = {
  id: 'cirq',
  title: 'Cirq (Python)',
  fileExtension: 'py',
  export: (circuit) => {
    const losses = new Losses();
    const text = writeCirq(circuit, losses);
    return { text: withNotes(text, losses, '#'), losses: losses.all };
  },
};

function writeCirq(circuit: Circuit, losses: Losses): string {
  const lines = [
    'import math',
    '',
    'import cirq',
    'import sympy',
    '',
    '# Qubit 0 is the least significant bit of the circuit this was made from; Cirq prints it first.',
    `q = cirq.LineQubit.range(${qubitCountOf(circuit)})`,
    ...circuit.parameters.map(({ name }) => `${pythonName(name)} = sympy.Symbol("${name}")`),
    'circuit = cirq.Circuit()',
  ];
  noteRegisterNames(circuit, losses, 'Cirq numbers its qubits along a line');
  const lowered = lowerFor(circuit, target, losses);
  if (testsUnmeasured(lowered)) {
    losses.add(
      'bits that are tested before they are measured',
      'Cirq has no value for them; here they are 0',
    );
  }
  for (const operation of lowered) lines.push(...statement(operation, circuit, losses));
  const bound = circuit.parameters.filter(({ value }) => value !== null);
  if (bound.length > 0) {
    const pairs = bound.map(({ name, value }) => `"${name}": ${value}`);
    lines.push(`circuit = cirq.resolve_parameters(circuit, {${pairs.join(', ')}})`);
  }
  return `${lines.join('\n')}\n`;
}

function statement(operation: Operation, circuit: Circuit, losses: Losses): string[] {
  if (operation.kind !== 'if') {
    const call = operationCall(operation, circuit, losses);
    return [call.startsWith('#') ? call : `circuit.append(${call})`];
  }
  return conditional(operation, [], circuit, losses);
}

/** Conditions inside conditions must all hold: one operation takes the tests of each. */
function conditional(
  { condition, body, otherwise }: Operation & { kind: 'if' },
  outer: readonly string[],
  circuit: Circuit,
  losses: Losses,
): string[] {
  const written = new Set(body.flatMap(writtenBits));
  const isAskedAgain = otherwise.length > 0 || body.length > 1 || body[0]?.kind === 'if';
  if (isAskedAgain && condition.bits.some((bit) => written.has(bit))) {
    const what = 'a condition whose branch changes its own bits';
    losses.add(what, 'a comment stands in its place');
    return [`# not expressed: ${what}`];
  }
  const tests = conditionTests(condition, circuit);
  const negation = `sympy.Not(sympy.And(${tests.join(', ')}))`;
  const [yes, no] = condition.negated === true ? [[negation], tests] : [tests, [negation]];
  return [
    ...controlledBy([...outer, ...yes], body, circuit, losses),
    ...controlledBy([...outer, ...no], otherwise, circuit, losses),
  ];
}

function controlledBy(
  tests: readonly string[],
  body: readonly Operation[],
  circuit: Circuit,
  losses: Losses,
): string[] {
  return body.flatMap((inner) => {
    if (inner.kind === 'if') return conditional(inner, tests, circuit, losses);
    const call = operationCall(inner, circuit, losses);
    if (call.startsWith('#')) return [call];
    return [`circuit.append(${call}.with_classical_controls(${tests.join(', ')}))`];
  });
}

function writtenBits(operation: Operation): readonly number[] {
  if (operation.kind !== 'if') return bitsOf(operation);
  return [...operation.body, ...operation.otherwise].flatMap(writtenBits);
}

/** Whether something asks for a bit that nothing before it has written. */
function testsUnmeasured(operations: readonly Operation[]): boolean {
  const written = new Set<number>();
  const asksEarly = (operation: Operation): boolean => {
    if (operation.kind !== 'if') {
      for (const bit of bitsOf(operation)) written.add(bit);
      return false;
    }
    const isEarly = operation.condition.bits.some((bit) => !written.has(bit));
    return isEarly || [...operation.body, ...operation.otherwise].some(asksEarly);
  };
  return operations.some(asksEarly);
}

function operationCall(operation: Operation, circuit: Circuit, losses: Losses): string {
  switch (operation.kind) {
    case 'gate':
      return gateCall(operation);
    case 'measure': {
      const key = operation.bit === null ? `q${operation.qubit}` : keyOf(circuit, operation.bit);
      return `cirq.measure(q[${operation.qubit}], key="${key}")`;
    }
    case 'reset':
      return `cirq.ResetChannel()(q[${operation.qubit}])`;
    case 'barrier':
      losses.add('barriers', 'Cirq has none; a comment stands in their place');
      return `# barrier on ${operation.qubits.join(', ')}`;
    case 'if':
      throw new RangeError('Expected an operation; conditions are written by their parts.');
    case 'opaque':
      losses.add(`the block “${operation.label}”`, 'Cirq has no statement for it');
      return '# not expressed: a block';
    default:
      return unreachable(operation);
  }
}

function gateCall({ gate, parameters, qubits, controls }: GateOperation): string {
  const angle = parameters[0] === undefined ? '' : renderExpression(parameters[0], pythonStyle);
  const wires = qubits.map((qubit) => `q[${qubit}]`).join(', ');
  const call = `${gatesInCirq[gate]?.(angle)}(${wires})`;
  const under = controls ?? [];
  if (under.length === 0) return call;
  const others = under.map(({ qubit }) => `q[${qubit}]`).join(', ');
  const values = under.map(({ value }) => value).join(', ');
  return `${call}.controlled_by(${others}, control_values=[${values}])`;
}

/** Measurement keys without brackets, so that they are symbols for sympy, too. */
function keyOf(circuit: Circuit, bit: number): string {
  return nameOfIndex(circuit.bitRegisters, bit).replace('[', '_').replace(']', '');
}

function conditionTests(condition: Condition, circuit: Circuit): string[] {
  const wanted = wantedBits(condition);
  return condition.bits.map((bit, i) => {
    return `sympy.Eq(sympy.Symbol("${keyOf(circuit, bit)}"), ${wanted?.[i] ?? 0})`;
  });
}
