import type { NoiseRule } from '#shared/jobs/noise.ts';
import type { Instruction } from './lowering.ts';
import type { CompiledNoise } from '../noise/model.ts';

/** Asks the model about every gate of a circuit, so that it knows which of its rules apply. */
export function askAboutGates(noise: CompiledNoise, instructions: readonly Instruction[]): void {
  for (const one of instructions) {
    if (one.kind === 'unitary') noise.after(one.gate.id, one.qubits, one.power);
    if (one.kind !== 'if') continue;
    askAboutGates(noise, one.body);
    askAboutGates(noise, one.otherwise);
  }
}

/** What a model says of gates and qubits that none of the circuits so far had, or a device's of all. */
export function unusedNoise(noise: CompiledNoise, qubits: number): string[] {
  const { device, wires, rules, readout } = noise.model;
  if (device !== undefined) return wires === undefined ? [asWritten(device, noise)] : [];
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

/** What a device's rates mean for a circuit that was not compiled to it. */
function asWritten(device: string, { noiseless, model: { calibratedAt } }: CompiledNoise): string {
  const dated = calibratedAt === undefined ? '' : ` (calibrated ${calibratedAt})`;
  const wide =
    noiseless.size === 0
      ? ''
      : ` Gates on three or more qubits (${[...noiseless].join(', ')}) have no noise here.`;
  return `The median error rates of ${device}${dated} follow gates on one and two qubits as they are written; nothing is compiled or routed.${wide} “ketbench compile --target ${device}” gives the gates that would run.`;
}

function describe({ channel, on, qubits }: NoiseRule): string {
  const gates = typeof on === 'string' ? `“${on}”` : on.join(', ');
  return `${channel} on ${gates}${qubits === undefined ? '' : `, qubits ${qubits.join(', ')}`}`;
}
