import type { NoiseRule } from '#shared/jobs/noise.ts';
import type { Instruction } from '../simulators/lowering.ts';
import type { CompiledNoise } from './model.ts';

/** Asks the model about every gate of a circuit, so that it knows which of its rules apply. */
export function askAboutGates(noise: CompiledNoise, instructions: readonly Instruction[]): void {
  for (const one of instructions) {
    if (one.kind === 'unitary') noise.after(one.gate.id, one.qubits);
    if (one.kind !== 'if') continue;
    askAboutGates(noise, one.body);
    askAboutGates(noise, one.otherwise);
  }
}

/** What a model of the user's own says of gates and qubits that none of the circuits so far had. */
export function unusedNoise(noise: CompiledNoise, qubits: number): string[] {
  const { device, rules, readout } = noise.model;
  if (device !== undefined) return [];
  const unapplied = rules.flatMap((rule, k) =>
    noise.applied.has(rule)
      ? []
      : [
          `The noise rule ${k + 1} (${describe(rule)}) changes nothing: no gate of the circuit fits it.`,
        ],
  );
  const beyond = readout.flatMap(({ qubit }) =>
    qubit < qubits
      ? []
      : [`The readout error of qubit ${qubit} changes nothing: the circuit has ${qubits} qubits.`],
  );
  return [...unapplied, ...beyond];
}

function describe({ channel, on, qubits }: NoiseRule): string {
  const gates = typeof on === 'string' ? `“${on}”` : on.join(', ');
  return `${channel} on ${gates}${qubits === undefined ? '' : `, qubits ${qubits.join(', ')}`}`;
}
