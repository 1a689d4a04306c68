import { AppError } from '../../base/errors.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '../../circuit/circuit.ts';
import { evaluate } from '../../circuit/expression.ts';
import type { Notes } from '../../compiler/notes.ts';
import { type Exporter, Losses } from './exporter.ts';
import { lowerFor, openParameterOf } from '../../compiler/lowering.ts';

/** A gate of IonQ's QIS set (API v0.4): rotations in radians. */
export interface IonqGate {
  readonly gate: string;
  readonly target?: number;
  readonly targets?: readonly number[];
  readonly control?: number;
  readonly controls?: readonly number[];
  readonly rotation?: number;
}

const words: Readonly<Record<string, string>> = {
  h: 'h',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  s: 's',
  sdg: 'si',
  sx: 'v',
  sxdg: 'vi',
  t: 't',
  tdg: 'ti',
  x: 'x',
  y: 'y',
  z: 'z',
  swap: 'swap',
  rxx: 'xx',
  ryy: 'yy',
  rzz: 'zz',
  // A phase has a word of its own under controls only.
  p: 'z',
};

const target = {
  native: new Set(Object.keys(words).filter((id) => id !== 'p')),
  controllable: new Set('h p rx ry rz x y z'.split(' ')),
};

export const ionqExporter: Exporter = {
  id: 'ionq',
  title: 'IonQ JSON (QIS)',
  fileExtension: 'json',
  export: (circuit) => {
    const losses = new Losses();
    return { text: ionqText(circuit, 'qis', qisGates(circuit, losses)), losses: losses.all };
  },
};

/**
 * The gates of a circuit in the QIS set. `unsupported` for open angles and what has no gates at all;
 * what is left out beside gates is noted.
 */
export function qisGates(circuit: Circuit, notes: Notes): IonqGate[] {
  return unitaryPart(circuit, notes, (gates) => lowerFor(gates, target, notes)).map(writeGate);
}

/** One gate a line, as people write it. */
export function ionqText(
  circuit: Circuit,
  gateset: 'qis' | 'native',
  gates: readonly object[],
): string {
  const head = `"qubits": ${Math.max(1, qubitCountOf(circuit))},\n  "gateset": "${gateset}"`;
  const lines = gates.map((one) => `    ${JSON.stringify(one)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  ${head},\n  "circuit": ${list}\n}\n`;
}

/**
 * The gates of a circuit for a machine that measures every qubit at the end and does nothing else;
 * what it leaves out is noted.
 */
export function unitaryPart(
  circuit: Circuit,
  losses: Notes,
  lower: (circuit: Circuit) => readonly Operation[],
): readonly GateOperation[] {
  const measured = new Set<number>();
  const kept: Operation[] = [];
  for (const operation of circuit.operations) {
    if (operation.kind === 'measure') {
      measured.add(operation.qubit);
      losses.add('the bits that measurements write to', 'IonQ measures every qubit at the end');
      continue;
    }
    if (operation.kind !== 'gate') {
      noteLost(operation, losses);
      continue;
    }
    if (qubitsOf(operation).some((qubit) => measured.has(qubit))) {
      losses.add('measurements before the end', 'IonQ measures at the end only');
    }
    kept.push(operation);
  }
  return lower({ ...circuit, operations: kept }).filter(
    (one): one is GateOperation => one.kind === 'gate',
  );
}

function noteLost(
  operation: Exclude<Operation, { kind: 'gate' | 'measure' }>,
  losses: Notes,
): void {
  switch (operation.kind) {
    case 'reset':
      losses.add('reset', 'IonQ has none; it is left out');
      break;
    case 'barrier':
      losses.add('barriers', 'IonQ has none; they are left out');
      break;
    case 'if':
      losses.add('conditions', 'IonQ runs none; what stands under them is left out');
      break;
    case 'opaque':
      losses.add(`the block “${operation.label}”`, 'IonQ has no word for it; it is left out');
  }
}

function writeGate(call: GateOperation): IonqGate {
  const { gate, qubits, parameters } = call;
  const open = openParameterOf(call);
  if (open !== null) {
    const message = `IonQ's JSON holds numbers only, and “${open}” has no value. Give it one.`;
    throw new AppError('unsupported', message, { parameter: open });
  }
  const [angle] = parameters;
  const rotation = angle === undefined ? {} : { rotation: evaluate(angle) };
  const word = words[gate] ?? gate;
  const controls = (call.controls ?? []).map(({ qubit }) => qubit);
  const [first, second] = qubits as [number, number | undefined];
  if (second !== undefined) return { gate: word, targets: qubits, ...rotation };
  if (controls.length === 0) return { gate: word, target: first, ...rotation };
  const [control] = controls as [number];
  const name = gate === 'x' && controls.length === 1 ? 'cnot' : word;
  const under = controls.length === 1 && gate !== 'p' ? { control } : { controls };
  return { gate: name, ...under, target: first, ...rotation };
}
