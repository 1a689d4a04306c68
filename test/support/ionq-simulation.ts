import { CancelFlag } from '#shared/base/cancel.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Control, GateOperation } from '#shared/circuit/circuit.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Program } from '#engine/programs/program.ts';
import { denseBackend } from '#test/support/dense-backend.ts';

/** A QIS circuit as it arrives on the wire. */
export interface IonqCircuit {
  readonly qubits: number;
  readonly circuit: readonly {
    readonly gate: string;
    readonly target?: number;
    readonly targets?: readonly number[];
    readonly control?: number;
    readonly controls?: readonly number[];
    readonly rotation?: number;
  }[];
}

/** QIS names; cnot is an x with a control, and a rotated z with controls is a controlled phase. */
const names: Readonly<Record<string, string>> = {
  x: 'x',
  not: 'x',
  cnot: 'x',
  y: 'y',
  z: 'z',
  h: 'h',
  s: 's',
  si: 'sdg',
  t: 't',
  ti: 'tdg',
  v: 'sx',
  vi: 'sxdg',
  rx: 'rx',
  ry: 'ry',
  rz: 'rz',
  swap: 'swap',
  xx: 'rxx',
  yy: 'ryy',
  zz: 'rzz',
};

function operationOf(one: IonqCircuit['circuit'][number]): GateOperation {
  const controls: Control[] = (
    one.controls ?? (one.control === undefined ? [] : [one.control])
  ).map((qubit) => ({ qubit, value: 1 }));
  const isPhase = one.gate === 'z' && one.rotation !== undefined;
  const name = isPhase ? 'p' : names[one.gate];
  if (name === undefined) throw new Error(`the emulated machine has no gate ${one.gate}`);
  const base = gate(
    name,
    one.targets ?? [one.target as number],
    one.rotation === undefined ? [] : [one.rotation],
  );
  return controls.length === 0 ? base : { ...base, controls };
}

function* probabilities(input: IonqCircuit): Program<Float64Array> {
  const circuit = circuitOf(input.qubits, input.circuit.map(operationOf));
  yield { kind: 'define', key: 'c', circuit, observables: [] };
  const answer = yield { kind: 'probabilities', key: 'c', items: 1, bindings: new Float64Array(0) };
  if (answer.kind !== 'probabilities') throw new Error('expected probabilities');
  return answer.values;
}

/** Exact outcome probabilities, qubit 0 = least significant bit. */
export function ionqProbabilities(input: IonqCircuit): Float64Array {
  const answerer = denseBackend();
  return driveNow(probabilities(input), answerer, { seed: 0, cancel: new CancelFlag() });
}
