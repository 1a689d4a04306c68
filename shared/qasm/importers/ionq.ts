import { circuitOf, gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { underControls } from '../../circuit/controlled-forms.ts';
import { Losses } from '../exporters/exporter.ts';
import {
  ImportFault,
  type Importer,
  importWith,
  maximumOperations,
  maximumQubits,
} from './importer.ts';
import {
  expectIndex,
  expectNode,
  expectNumber,
  fieldOf,
  type JsonNode,
  readJsonText,
} from './json-text.ts';

const turn = 2 * Math.PI;

/** Gates of IonQ's QIS set (API v0.4) by the registry's id; controls may stand on all of them. */
const qisGates: Readonly<Record<string, string>> = {
  cnot: 'x',
  h: 'h',
  not: 'x',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  s: 's',
  si: 'sdg',
  swap: 'swap',
  t: 't',
  ti: 'tdg',
  v: 'sx',
  vi: 'sxdg',
  x: 'x',
  xx: 'rxx',
  y: 'y',
  yy: 'ryy',
  z: 'z',
  zz: 'rzz',
};

/** Bare circuits (`input` of API v0.4, `body` of older ones) and whole jobs that hold one. */
export const ionqImporter: Importer = {
  id: 'ionq',
  title: 'IonQ JSON (QIS and native)',
  fileExtensions: ['json'],
  recognises: (text) =>
    /^\s*\{/.test(text) && /"circuit"\s*:\s*\[/.test(text) && /"qubits"\s*:\s*\d/.test(text),
  import: (text) =>
    importWith(text, () => {
      const whole = readJsonText(text);
      const input = fieldOf(whole, 'input') ?? fieldOf(whole, 'body') ?? whole;
      const root = expectNode(input, 'object', 'The circuit', whole);
      const qubits = expectIndex(
        fieldOf(root, 'qubits') ?? fieldOf(whole, 'qubits'),
        '“qubits”',
        maximumQubits,
        root,
      );
      const list = expectNode(fieldOf(root, 'circuit'), 'array', '“circuit”', root);
      if (list.items.length > maximumOperations) {
        const message = `A circuit has at most ${maximumOperations} gates; this one has ${list.items.length}.`;
        throw new ImportFault('semantic', 'program-too-large', message, list);
      }
      const gateset = fieldOf(root, 'gateset') ?? fieldOf(whole, 'gateset');
      const isNative = gateset?.kind === 'string' && gateset.value === 'native';
      const operations = list.items.flatMap((item) =>
        isNative ? nativeGate(item, qubits) : qisGate(item, qubits),
      );
      const losses = new Losses();
      losses.add(
        'the measurement of every qubit at the end',
        'IonQ measures without being told; the circuit has no measurements',
      );
      return { circuit: circuitOf(qubits, operations), losses };
    }),
};

/** Qubits under one name or its plural: `target` or `targets`. */
function wiresOf(item: JsonNode, name: string, qubits: number): number[] {
  const one = fieldOf(item, name);
  const many = fieldOf(item, `${name}s`);
  const nodes =
    many?.kind === 'array' ? many.items : one?.kind === 'array' ? one.items : (one ?? many);
  if (nodes === undefined) return [];
  const list = Array.isArray(nodes) ? (nodes as readonly JsonNode[]) : [nodes as JsonNode];
  return list.map((node) => expectIndex(node, `A ${name}`, qubits - 1, node));
}

function nameOf(item: JsonNode): { readonly name: string; readonly node: JsonNode } {
  expectNode(item, 'object', 'A gate', item);
  const node = expectNode(fieldOf(item, 'gate'), 'string', '“gate”', item);
  return { name: node.value, node };
}

function placed(item: JsonNode, calls: readonly GateOperation[]): GateOperation[] {
  const origin = { start: item.start, end: item.end };
  return calls.map((call) => ({ ...call, origin }));
}

function qisGate(item: JsonNode, qubits: number): GateOperation[] {
  const { name, node } = nameOf(item);
  const targets = wiresOf(item, 'target', qubits);
  const controls = wiresOf(item, 'control', qubits);
  const rotation = fieldOf(item, 'rotation');
  const id = name === 'z' && rotation !== undefined ? 'p' : qisGates[name];
  if (id === undefined || !Object.hasOwn(qisGates, name)) {
    const message = `IonQ's QIS set has no gate “${name}” that can be read. It knows ${Object.keys(qisGates).join(', ')}.`;
    throw new ImportFault('semantic', 'unknown-gate', message, node);
  }
  const angles = ['rx', 'ry', 'rz', 'rxx', 'ryy', 'rzz', 'p'].includes(id)
    ? [expectNumber(rotation, '“rotation”', item)]
    : [];
  const width = ['swap', 'rxx', 'ryy', 'rzz'].includes(id) ? 2 : 1;
  // A one-qubit gate on several targets stands for one gate on each.
  const groups = width === 1 ? targets.map((target) => [target]) : [targets];
  if (groups.length === 0 || groups.some((group) => group.length !== width)) {
    const message = `“${name}” acts on ${width} target${width === 1 ? '' : 's'}; ${targets.length} came.`;
    throw new ImportFault('semantic', 'wrong-qubit-count', message, item);
  }
  return placed(
    item,
    groups.map((group) =>
      underControls(
        callOf(id, group, angles),
        controls.map((qubit) => ({ qubit, value: 1 })),
      ),
    ),
  );
}

/** Phases and angles count in turns. */
function nativeGate(item: JsonNode, qubits: number): GateOperation[] {
  const { name, node } = nameOf(item);
  const targets = wiresOf(item, 'target', qubits);
  const expectTargets = (count: number): void => {
    if (targets.length === count) return;
    const message = `“${name}” acts on ${count} target${count === 1 ? '' : 's'}; ${targets.length} came.`;
    throw new ImportFault('semantic', 'wrong-qubit-count', message, item);
  };
  const turns = (field: string): number =>
    expectNumber(fieldOf(item, field), `“${field}”`, item) * turn;
  switch (name) {
    case 'gpi':
    case 'gpi2': {
      expectTargets(1);
      const phase = turns('phase');
      const angles =
        name === 'gpi'
          ? [Math.PI, phase, Math.PI - phase]
          : [Math.PI / 2, phase - Math.PI / 2, Math.PI / 2 - phase];
      return placed(item, [callOf('u', targets, angles)]);
    }
    case 'ms': {
      expectTargets(2);
      const phases = expectNode(fieldOf(item, 'phases'), 'array', '“phases”', item);
      const [a, b] = [0, 1].map((i) => expectNumber(phases.items[i], 'A phase', phases) * turn) as [
        number,
        number,
      ];
      const angle = fieldOf(item, 'angle');
      const theta = (angle === undefined ? 0.25 : expectNumber(angle, '“angle”', item)) * turn;
      return placed(item, interaction(targets as [number, number], a, b, theta));
    }
    case 'zz': {
      expectTargets(2);
      const angle = fieldOf(item, 'angle') ?? fieldOf(item, 'phase');
      const theta = expectNumber(angle, '“angle”', item) * turn;
      return placed(item, [callOf('rzz', targets, [theta])]);
    }
    case 'nop':
      return [];
    default: {
      const message = `IonQ's native set has no gate “${name}”. It knows gpi, gpi2, ms, zz and nop.`;
      throw new ImportFault('semantic', 'unknown-gate', message, node);
    }
  }
}

/** The interaction about axes in the equator: XX between turns about z. */
function interaction(
  targets: readonly [number, number],
  a: number,
  b: number,
  theta: number,
): GateOperation[] {
  const turned = (sign: 1 | -1): GateOperation[] =>
    ([a, b] as const).flatMap((phase, i) =>
      phase === 0 ? [] : [callOf('rz', [targets[i] as number], [sign * phase])],
    );
  return [...turned(-1), callOf('rxx', targets, [theta]), ...turned(1)];
}
