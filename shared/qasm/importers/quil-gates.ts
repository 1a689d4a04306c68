import { gate as callOf } from '../../circuit/build.ts';
import type { GateOperation } from '../../circuit/circuit.ts';
import { type Expression, numberOf } from '../../circuit/expression.ts';
import { negative, part } from '../../circuit/multi-control.ts';

/** What a gate of Quil's standard is made of; the qubits are the call's. */
interface QuilGate {
  readonly angles: number;
  readonly qubits: number;
  readonly make: (qubits: readonly number[], angles: readonly Expression[]) => GateOperation[];
}

function plain(id: string, qubits: number, angles = 0): QuilGate {
  return { angles, qubits, make: (wires, values) => [callOf(id, wires, values)] };
}

/** A phase on one of the four basis states: flips around CPHASE. */
function phaseOn(zeros: readonly number[]): QuilGate {
  return {
    angles: 1,
    qubits: 2,
    make: (wires, values) => {
      const flips = zeros.map((place) => callOf('x', [wires[place] as number]));
      return [...flips, callOf('cp', wires, values), ...flips];
    },
  };
}

/** exp(i·angle·(XX + YY)/4). */
function exchange(wires: readonly number[], angle: Expression): GateOperation[] {
  const back = negative(part(angle, 2));
  return [callOf('rxx', wires, [back]), callOf('ryy', wires, [back])];
}

/** The gates that Quil has without being told (Quil specification, standard gates). */
export const quilGates: Readonly<Record<string, QuilGate>> = {
  I: plain('id', 1),
  X: plain('x', 1),
  Y: plain('y', 1),
  Z: plain('z', 1),
  H: plain('h', 1),
  S: plain('s', 1),
  T: plain('t', 1),
  PHASE: plain('p', 1, 1),
  RX: plain('rx', 1, 1),
  RY: plain('ry', 1, 1),
  RZ: plain('rz', 1, 1),
  CNOT: plain('cx', 2),
  CZ: plain('cz', 2),
  CPHASE: plain('cp', 2, 1),
  CPHASE00: phaseOn([0, 1]),
  CPHASE01: phaseOn([0]),
  CPHASE10: phaseOn([1]),
  SWAP: plain('swap', 2),
  ISWAP: plain('iswap', 2),
  CCNOT: plain('ccx', 3),
  CSWAP: plain('cswap', 3),
  RXX: plain('rxx', 2, 1),
  RYY: plain('ryy', 2, 1),
  RZZ: plain('rzz', 2, 1),
  XY: { angles: 1, qubits: 2, make: (wires, [angle]) => exchange(wires, angle ?? numberOf(0)) },
  SQISW: { angles: 0, qubits: 2, make: (wires) => exchange(wires, numberOf(Math.PI / 2)) },
  PSWAP: {
    angles: 1,
    qubits: 2,
    make: (wires, values) => {
      const [a, b] = wires as [number, number];
      const parity = callOf('cx', [a, b]);
      return [parity, callOf('p', [b], values), parity, callOf('swap', wires)];
    },
  },
  PISWAP: { angles: 1, qubits: 2, make: (wires, [angle]) => exchange(wires, angle ?? numberOf(0)) },
};
