import { AppError } from '#shared/base/errors.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitCountOf,
} from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { evaluate } from '#shared/circuit/expression.ts';
import { gateById } from '#shared/gates/registry.ts';

/** A gate of IonQ's QIS gate set (v0.4): rotations in radians. */
export interface IonqGate {
  readonly gate: string;
  readonly target?: number;
  readonly targets?: readonly number[];
  readonly control?: number;
  readonly controls?: readonly number[];
  readonly rotation?: number;
}

export interface IonqInput {
  readonly qubits: number;
  readonly gateset: 'qis';
  readonly circuit: readonly IonqGate[];
}

type Writer = (qubits: readonly number[], angles: readonly number[]) => IonqGate[];

const single =
  (gate: string): Writer =>
  ([target]) => [{ gate, target: target as number }];
const rotated =
  (gate: string): Writer =>
  ([target], [rotation]) => [{ gate, target: target as number, rotation: rotation as number }];
const pair =
  (gate: string): Writer =>
  (targets, [rotation]) => [{ gate, targets, rotation: rotation as number }];
const controlledBy =
  (gate: string): Writer =>
  ([control, target], angles) => [
    {
      gate,
      control: control as number,
      target: target as number,
      ...(angles[0] === undefined ? {} : { rotation: angles[0] }),
    },
  ];

/** How each gate is said in the QIS set; gates that are not here are decomposed first. */
const writers: Readonly<Record<string, Writer>> = {
  id: () => [],
  u0: () => [],
  x: single('x'),
  y: single('y'),
  z: single('z'),
  h: single('h'),
  s: single('s'),
  sdg: single('si'),
  t: single('t'),
  tdg: single('ti'),
  sx: single('v'),
  sxdg: single('vi'),
  rx: rotated('rx'),
  ry: rotated('ry'),
  rz: rotated('rz'),
  // Without a control a phase gate is RZ up to global phase.
  p: rotated('rz'),
  cx: controlledBy('cnot'),
  cy: controlledBy('y'),
  cz: controlledBy('z'),
  ch: controlledBy('h'),
  crx: controlledBy('rx'),
  cry: controlledBy('ry'),
  crz: controlledBy('rz'),
  // "Controlled phase = z with controls and rotation" (IonQ v0.4).
  cp: ([control, target], [rotation]) => [
    {
      gate: 'z',
      controls: [control as number],
      target: target as number,
      rotation: rotation as number,
    },
  ],
  ccx: ([a, b, target]) => [
    { gate: 'cnot', controls: [a as number, b as number], target: target as number },
  ],
  swap: (targets) => [{ gate: 'swap', targets }],
  rxx: pair('xx'),
  ryy: pair('yy'),
  rzz: pair('zz'),
};

/** The circuit in IonQ's words; measurements are left out, as every qubit is measured at the end. */
export function toIonq(circuit: Circuit): IonqInput {
  const gates = flattenOperations(circuit, 1_000_000).filter(
    (one): one is GateOperation => one.kind === 'gate',
  );
  return { qubits: qubitCountOf(circuit), gateset: 'qis', circuit: gates.flatMap(writeOperation) };
}

function writeOperation(operation: GateOperation): IonqGate[] {
  const power = operation.power ?? 1;
  const angles = operation.parameters.map((parameter) => evaluate(parameter));
  if ((operation.controls ?? []).length > 0 || Math.abs(power) !== 1) {
    throw new AppError(
      'unsupported',
      `IonQ has no “${operation.gate}” with extra controls or a power.`,
      { gate: operation.gate },
    );
  }
  const known = gateById(operation.gate);
  if (known === null)
    throw new AppError('unsupported', `IonQ has no gate “${operation.gate}”.`, {
      gate: operation.gate,
    });
  const { gate, parameters } =
    power === 1 ? { gate: operation.gate, parameters: angles } : known.inverse(angles);
  return write(gate, operation.qubits, parameters);
}

function write(gate: string, qubits: readonly number[], angles: readonly number[]): IonqGate[] {
  const writer = writers[gate];
  if (writer !== undefined) return writer(qubits, angles);
  const steps = gateById(gate)?.decomposition?.(angles);
  if (steps === undefined)
    throw new AppError('unsupported', `IonQ has no gate “${gate}”.`, { gate });
  return steps.flatMap((step) =>
    write(
      step.gate,
      step.qubits.map((place) => qubits[place] as number),
      step.parameters,
    ),
  );
}

/** One- and two-qubit gates as IonQ bills them: with k qubits more than two, 6·(k − 2) two-qubit gates. */
export function billedGates(input: IonqInput): {
  readonly oneQubit: number;
  readonly twoQubit: number;
} {
  let oneQubit = 0;
  let twoQubit = 0;
  for (const gate of input.circuit) {
    const width =
      (gate.targets?.length ?? 1) + (gate.controls?.length ?? (gate.control === undefined ? 0 : 1));
    if (width === 1) oneQubit++;
    else twoQubit += width === 2 ? 1 : 6 * (width - 2);
  }
  return { oneQubit, twoQubit };
}

/** Why the circuit cannot run at IonQ: it measures at the end only and knows no classical control. */
export function ionqObstacles(circuit: Circuit): string[] {
  const operations: readonly Operation[] = circuit.operations;
  const obstacles: string[] = [];
  if (operations.some((one) => one.kind === 'if'))
    obstacles.push('IonQ runs no classical conditions.');
  if (operations.some((one) => one.kind === 'reset')) obstacles.push('IonQ has no reset.');
  if (operations.some((one) => one.kind === 'opaque'))
    obstacles.push('The circuit has a block that only its text can hold.');
  const measured = new Set<number>();
  for (const one of operations) {
    if (one.kind === 'measure') measured.add(one.qubit);
    else if (one.kind === 'gate' && one.qubits.some((qubit) => measured.has(qubit))) {
      obstacles.push('IonQ measures at the end only; a qubit is used after its measurement.');
      break;
    }
  }
  return obstacles;
}
