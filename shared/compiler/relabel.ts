import type { Circuit, Operation } from '../circuit/circuit.ts';

/** An operation on other qubits. */
export function relabelled(operation: Operation, wire: (qubit: number) => number): Operation {
  switch (operation.kind) {
    case 'gate': {
      const { controls } = operation;
      return {
        ...operation,
        qubits: operation.qubits.map(wire),
        ...(controls === undefined
          ? {}
          : { controls: controls.map((one) => ({ ...one, qubit: wire(one.qubit) })) }),
      };
    }
    case 'measure':
    case 'reset':
      return { ...operation, qubit: wire(operation.qubit) };
    case 'barrier':
    case 'opaque':
      return { ...operation, qubits: operation.qubits.map(wire) };
    case 'if':
      return {
        ...operation,
        body: operation.body.map((one) => relabelled(one, wire)),
        otherwise: operation.otherwise.map((one) => relabelled(one, wire)),
      };
  }
}

/** The circuit over one register of the target's qubits, with these operations. */
export function onQubits(
  circuit: Circuit,
  qubits: number,
  operations: readonly Operation[],
): Circuit {
  const { bitRegisters, parameters, definitions } = circuit;
  const taken = new Set([...bitRegisters, ...parameters, ...definitions].map(({ name }) => name));
  let name = 'q';
  while (taken.has(name)) name += '_';
  return { ...circuit, qubitRegisters: [{ name, size: qubits }], operations };
}
