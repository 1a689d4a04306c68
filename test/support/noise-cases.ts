import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { gateNamed } from '#shared/gates/registry.ts';
import { type NoiseModel, noiseModelSchema } from '#shared/jobs/noise.ts';

export interface GateCall {
  readonly gate: string;
  readonly params: number[];
  readonly qubits: number[];
}

export interface NoisyCase {
  readonly id: string;
  readonly n: number;
  readonly circuit: readonly GateCall[];
  readonly noise: readonly Record<string, unknown>[];
  readonly readout_confusion?: readonly unknown[];
}

/** The cases write `t` for `time` and `readout_confusion` for `readout`. */
export function noiseOfCase(one: NoisyCase): NoiseModel {
  return noiseModelSchema.parse({
    rules: one.noise.map(({ t, ...rest }) => (t === undefined ? rest : { ...rest, time: t })),
    readout: one.readout_confusion ?? [],
  });
}

export function circuitOfCase(one: NoisyCase, bits = 0): Circuit {
  const operations = one.circuit.map((call) =>
    gate(gateNamed(call.gate, 2)?.id ?? call.gate, call.qubits, call.params),
  );
  return circuitOf(one.n, [...operations, ...measureAll(bits)], bits);
}

/** Observables of the cases as formulas: ZZ..Z over all qubits, proj0 = Π(1 + Z_q)/2, or Zq. */
export function observableOfCase(name: string, qubits: number): string {
  const all = Array.from({ length: qubits }, (_, q) => q);
  if (name === 'ZZ..Z') return all.map((q) => `Z${q}`).join('*');
  if (name !== 'proj0') return name;
  const subsets = Array.from({ length: 2 ** qubits }, (_, s) => all.filter((q) => (s >> q) & 1));
  return subsets
    .map((subset) => [String(1 / 2 ** qubits), ...subset.map((q) => `Z${q}`)].join('*'))
    .join(' + ');
}
