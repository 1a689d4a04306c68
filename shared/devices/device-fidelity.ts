import { type Circuit, type GateOperation, qubitCountOf } from '../circuit/circuit.ts';
import { flattenOperations } from '../circuit/expand.ts';
import type { Device } from './listing.ts';

export interface FidelityEstimate {
  /** Product of (1 − error) over gates and readouts; null where the device publishes no errors. */
  readonly fidelity: number | null;
  readonly oneQubitGates: number;
  readonly twoQubitGates: number;
  /** Shots times the depth-first sum of gate and readout times; null where times are unknown. */
  readonly seconds: number | null;
}

/** A first guess from the calibration's averages; larger gates count as six two-qubit gates a control more. */
export function deviceFidelity(device: Device, circuit: Circuit, shots: number): FidelityEstimate {
  const gates = flattenOperations(circuit, 1_000_000).filter(
    (one): one is GateOperation => one.kind === 'gate',
  );
  let [oneQubitGates, twoQubitGates] = [0, 0];
  const readyAt = new Float64Array(qubitCountOf(circuit));
  const { oneQubitGate, twoQubitGate, readout } = device.times;
  for (const one of gates) {
    const qubits = [...(one.controls ?? []).map(({ qubit }) => qubit), ...one.qubits];
    const count = qubits.length <= 2 ? 1 : 6 * (qubits.length - 2);
    if (qubits.length === 1) oneQubitGates++;
    else twoQubitGates += count;
    const duration = (qubits.length === 1 ? oneQubitGate : twoQubitGate) ?? 0;
    const end = Math.max(...qubits.map((qubit) => readyAt[qubit] as number)) + count * duration;
    for (const qubit of qubits) readyAt[qubit] = end;
  }
  const { oneQubit, twoQubit, readout: readoutError } = device.errorRates;
  const known = oneQubit !== undefined && twoQubit !== undefined;
  const fidelity = known
    ? (1 - oneQubit) ** oneQubitGates *
      (1 - twoQubit) ** twoQubitGates *
      (1 - (readoutError ?? 0)) ** readyAt.length
    : null;
  const timed = oneQubitGate !== undefined && twoQubitGate !== undefined;
  return {
    fidelity,
    oneQubitGates,
    twoQubitGates,
    seconds: timed ? shots * (Math.max(0, ...readyAt) + (readout ?? 0)) : null,
  };
}
