import { gate } from '#shared/circuit/build.ts';
import {
  type Circuit,
  type GateOperation,
  type Operation,
  qubitCountOf,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { requireTerminal } from './fold.ts';
import { PauliFrame, type PauliIndex } from './frame.ts';

/** A circuit that runs in place of another, with letters that are owed at its end and a factor of its values. */
export interface Instance {
  readonly circuit: Circuit;
  readonly frame: PauliFrame;
  readonly weight: number;
}

/** What is drawn at each gate: letters that run before it and are made up for behind it, and letters that are left behind it with a factor. */
export interface Draws {
  readonly before: (gate: GateOperation) => PauliIndex;
  readonly after: (gate: GateOperation) => readonly Quasi[];
}

export interface Quasi {
  readonly qubits: readonly number[];
  readonly letters: PauliIndex;
  readonly weight: number;
}

/** A random instance of a circuit: letters travel with the gates as far as they can, and run as gates where they cannot. */
export function drawInstance(circuit: Circuit, { before, after }: Draws): Instance {
  const operations = flattenOperations(circuit, operationLimit);
  requireTerminal(operations, 'Random Pauli letters need');
  const frame = new PauliFrame(qubitCountOf(circuit));
  const made: Operation[] = [];
  let weight = 1;
  const run = (one: GateOperation): void => {
    made.push(one);
    for (const quasi of after(one)) {
      frame.multiply(quasi.qubits, quasi.letters);
      weight *= quasi.weight;
    }
  };
  const apply = (qubits: readonly number[], letters: PauliIndex): void => {
    lettersAsGates(qubits, letters).forEach((one) => {
      frame.multiply(one.qubits, letterOf(one));
      run(one);
    });
  };
  for (const operation of operations) {
    if (operation.kind !== 'gate') {
      made.push(operation);
      continue;
    }
    apply(operation.qubits, before(operation));
    let passed = frame.pass(operation);
    if (passed === null) {
      // Their own noise may leave new letters, which are drawn until none are left: at once, as noise is small.
      for (let at = frame.at(qubitsOf(operation)); at !== 0; at = frame.at(qubitsOf(operation))) {
        apply(qubitsOf(operation), at);
      }
      passed = operation;
    }
    run(passed);
  }
  return { circuit: { ...circuit, definitions: [], operations: made }, frame, weight };
}

const names = ['', 'x', 'z', 'y'] as const;

function lettersAsGates(qubits: readonly number[], letters: PauliIndex): GateOperation[] {
  return qubits.flatMap((qubit, j) => {
    const name = names[(letters >> (2 * j)) & 3] as string;
    return name === '' ? [] : [gate(name, [qubit])];
  });
}

function letterOf(one: GateOperation): PauliIndex {
  return names.indexOf(one.gate as (typeof names)[number]);
}
