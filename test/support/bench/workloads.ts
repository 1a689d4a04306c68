import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Circuit, Operation } from '#shared/circuit/circuit.ts';
import { parameterOf } from '#shared/circuit/expression.ts';

/*
 * The workloads of the bench, the same circuits as those that other simulators were measured on: the
 * generator, its seeds and the order of its draws must stay what they are.
 */

/** One gate: its name here, its qubits and angles. */
interface WorkloadGate {
  readonly id: 'h' | 'rx' | 'ry' | 'rz' | 'rxy' | 'cz' | 'cp' | 'fsim' | 'swap' | 'rzz';
  readonly qubits: readonly number[];
  readonly angles: readonly number[];
}

export interface Workload {
  readonly name: string;
  readonly qubits: number;
  readonly gates: readonly WorkloadGate[];
}

/** Mulberry32. */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const gate1 = (
  id: WorkloadGate['id'],
  qubits: readonly number[],
  ...angles: readonly number[]
): WorkloadGate => ({ id, qubits, angles });

/** Which pairs of a grid interact in layer d: four patterns, each by the parity of the place. */
const patterns = 'ABCDCDAB';
const gridShapes: Readonly<Record<number, readonly [number, number]>> = {
  20: [4, 5],
  22: [2, 11],
  24: [4, 6],
};

/** Random one-qubit gates and CZ (or fSim) on a grid, depth 14. */
export function randomGrid(qubits: 20 | 22 | 24, interaction: 'cz' | 'fsim'): Workload {
  const [rows, columns] = gridShapes[qubits] as readonly [number, number];
  const draw = drawsOf(1000 + qubits);
  const last = Array.from({ length: qubits }, () => -1);
  const gates: WorkloadGate[] = [];
  for (let d = 0; d < 14; d++) {
    for (let q = 0; q < qubits; q++) {
      let kind = last[q];
      while (kind === last[q]) kind = Math.floor(draw() * 3);
      last[q] = kind as number;
      if (kind === 0) gates.push(gate1('rx', [q], Math.PI / 2));
      else if (kind === 1) gates.push(gate1('ry', [q], Math.PI / 2));
      else gates.push(gate1('rxy', [q], Math.PI / 4, Math.PI / 2));
    }
    for (const pair of gridPairs(rows, columns, patterns[d % 8] as string)) {
      const angles = interaction === 'fsim' ? [Math.PI / 2, Math.PI / 6] : [];
      gates.push(gate1(interaction, pair, ...angles));
    }
  }
  for (let q = 0; q < qubits; q++) gates.push(gate1('ry', [q], Math.PI / 2));
  return { name: `random ${interaction} ${qubits}`, qubits, gates };
}

function gridPairs(rows: number, columns: number, pattern: string): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const here = r * columns + c;
      const parity = (r + c) % 2;
      const isRow = pattern === 'A' || pattern === 'B';
      if (parity !== (pattern === 'A' || pattern === 'C' ? 0 : 1)) continue;
      if (isRow && c + 1 < columns) pairs.push([here, here + 1]);
      if (!isRow && r + 1 < rows) pairs.push([here, here + columns]);
    }
  }
  return pairs;
}

/** The Fourier transform of a random product state. */
export function fourier(qubits: number): Workload {
  const draw = drawsOf(2000 + qubits);
  const gates: WorkloadGate[] = [];
  for (let q = 0; q < qubits; q++) gates.push(gate1('ry', [q], draw() * Math.PI));
  for (let i = qubits - 1; i >= 0; i--) {
    gates.push(gate1('h', [i]));
    for (let j = i - 1; j >= 0; j--) gates.push(gate1('cp', [j, i], Math.PI / 2 ** (i - j)));
  }
  for (let i = 0; i < qubits >> 1; i++) gates.push(gate1('swap', [i, qubits - 1 - i]));
  return { name: `Fourier ${qubits}`, qubits, gates };
}

/** Edges of a random 3-regular graph, in order. */
export function cubicGraph(nodes: number): [number, number][] {
  const draw = drawsOf(3000);
  for (;;) {
    const stubs = Array.from({ length: 3 * nodes }, (_, k) => Math.floor(k / 3));
    for (let i = stubs.length - 1; i > 0; i--) {
      const j = Math.floor(draw() * (i + 1));
      [stubs[i], stubs[j]] = [stubs[j] as number, stubs[i] as number];
    }
    const edges = new Set<number>();
    for (let i = 0; i < stubs.length; i += 2) {
      const [a, b] = [stubs[i] as number, stubs[i + 1] as number];
      if (a !== b) edges.add(Math.min(a, b) * nodes + Math.max(a, b));
    }
    if (edges.size !== (3 * nodes) / 2) continue;
    return [...edges].sort((x, y) => x - y).map((edge) => [Math.floor(edge / nodes), edge % nodes]);
  }
}

/** QAOA with four layers on that graph. */
export function qaoa(qubits: number): Workload {
  const edges = cubicGraph(qubits);
  const draw = drawsOf(3001);
  const gates: WorkloadGate[] = [];
  for (let q = 0; q < qubits; q++) gates.push(gate1('h', [q]));
  for (let layer = 0; layer < 4; layer++) {
    const gamma = draw() * Math.PI;
    const beta = draw() * Math.PI;
    for (const edge of edges) gates.push(gate1('rzz', edge, gamma));
    for (let q = 0; q < qubits; q++) gates.push(gate1('rx', [q], 2 * beta));
  }
  return { name: `QAOA ${qubits}`, qubits, gates };
}

/** Ten layers of RY, RZ and a ring of CZ. */
export function hardwareEfficient(qubits: number): Workload {
  const draw = drawsOf(4000);
  const gates: WorkloadGate[] = [];
  for (let layer = 0; layer < 10; layer++) {
    for (let q = 0; q < qubits; q++) {
      gates.push(gate1('ry', [q], draw() * 2 * Math.PI - Math.PI));
      gates.push(gate1('rz', [q], draw() * 2 * Math.PI - Math.PI));
    }
    for (let q = 0; q < qubits; q++) gates.push(gate1('cz', [q, (q + 1) % qubits]));
  }
  return { name: `hardware-efficient ${qubits}`, qubits, gates };
}

/** A workload as a circuit. */
export function circuitOfWorkload({ qubits, gates }: Workload): Circuit {
  return circuitOf(qubits, gates.flatMap(operationsOf));
}

/** The same with every angle open: parameters p0, p1, … and their values. */
export function openWorkload(workload: Workload): {
  readonly circuit: Circuit;
  readonly values: Float64Array;
} {
  const values: number[] = [];
  const operations = workload.gates.map(({ id, qubits, angles }): Operation => {
    const parameters = angles.map((angle) => parameterOf(`p${values.push(angle) - 1}`));
    return gate(id, qubits, parameters);
  });
  const parameters = values.map((_, k) => ({ name: `p${k}`, value: null }));
  const circuit = { ...circuitOf(workload.qubits, operations), parameters };
  return { circuit, values: Float64Array.from(values) };
}

function operationsOf({ id, qubits, angles }: WorkloadGate): Operation[] {
  const [a, b] = angles as readonly [number, number];
  if (id === 'rxy') return [gate('u', qubits, [b, a - Math.PI / 2, Math.PI / 2 - a])];
  if (id !== 'fsim') return [gate(id, qubits, angles)];
  return [gate('rxx', qubits, [a]), gate('ryy', qubits, [a]), gate('cp', qubits, [-b])];
}

/** OpenQASM 2 text of a workload without fSim. */
export function qasmOf({ qubits, gates }: Workload): string {
  const lines = gates.map(({ id, qubits: wires, angles }) => {
    const on = wires.map((q) => `q[${q}]`).join(',');
    const [a, b] = angles as readonly [number, number];
    if (id === 'rxy') return `u3(${b},${a - Math.PI / 2},${Math.PI / 2 - a}) ${on};`;
    const name = id === 'cp' ? 'cu1' : id;
    return angles.length > 0 ? `${name}(${angles.join(',')}) ${on};` : `${name} ${on};`;
  });
  return ['OPENQASM 2.0;', 'include "qelib1.inc";', `qreg q[${qubits}];`, ...lines, ''].join('\n');
}
