import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { type Circuit, emptyCircuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import type { Imported } from '#shared/qasm/importers/importer.ts';
import { importers } from '#shared/qasm/importers/registry.ts';
import { randomProgram } from './random-programs.ts';

export function read(text: string): Circuit {
  const { circuit, diagnostics } = parseDocument(text);
  if (circuit === null) throw new Error(JSON.stringify(diagnostics));
  return circuit;
}

export function importing(id: string, text: string): Imported {
  const importer = importers.find((one) => one.id === id);
  if (importer === undefined) throw new Error(`no importer ${id}`);
  return importer.import(text);
}

export function imported(id: string, text: string): Circuit {
  const { circuit, diagnostics } = importing(id, text);
  if (circuit === null) throw new Error(`${JSON.stringify(diagnostics)}\n${text}`);
  return circuit;
}

export function exported(id: string, circuit: Circuit): string {
  return exporters.find((one) => one.id === id)?.export(circuit).text ?? '';
}

export function firstFault(id: string, text: string): string {
  const [first] = importing(id, text).diagnostics;
  return `${first?.line}:${first?.column} ${first?.message}`;
}

/** Gates alone, on as many qubits; the others may be idle at the end, which some formats forget. */
export function gatesOf(circuit: Circuit, qubits = qubitCountOf(circuit)): Circuit {
  return {
    ...emptyCircuit,
    definitions: circuit.definitions,
    qubitRegisters: [{ name: 'q', size: qubits }],
    operations: circuit.operations.filter(({ kind }) => kind === 'gate'),
  };
}

/** |entry|² of the first column: what measuring every qubit shows. */
export function outcomes(circuit: Circuit): number[] {
  const { size, re, im } = unitaryOf(circuit);
  return Array.from(
    { length: size },
    (_, r) => (re[r * size] ?? 0) ** 2 + (im[r * size] ?? 0) ** 2,
  );
}

/** Every gate under zero to two controls, and random circuits of gates. */
function circuitsOfGates(): Circuit[] {
  const single = gates.flatMap((member) =>
    [0, 1, 2].map((count) => {
      const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
      const controls = Array.from({ length: count }, (_, i) => ({
        qubit: member.qubitCount + i,
        value: i === 1 ? (0 as const) : (1 as const),
      }));
      const angles = member.parameterNames.map((_, i) => 0.3 + i);
      const call = gate(member.id, qubits, angles);
      return circuitOf(member.qubitCount + count, [count === 0 ? call : { ...call, controls }]);
    }),
  );
  const random = Array.from({ length: 30 }, (_, seed) => {
    const circuit = read(randomProgram(rngOf(seed, 60)));
    return gatesOf(circuit);
  });
  return [...single, ...random];
}

/** A circuit for each gate of the registry, then random ones. */
export const samples = circuitsOfGates();
