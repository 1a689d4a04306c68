import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { gates } from '#shared/gates/registry.ts';
import { Losses } from '#shared/qasm/exporters/exporter.ts';
import { lowerFor } from '#shared/qasm/exporters/lowering.ts';
import { referenceState } from '../../support/reference-simulator.ts';

/** |⟨a|b⟩|² of the states that two lists of gates make from one random product state. */
function overlap(a: readonly Operation[], b: readonly Operation[], qubits: number): number {
  const rng = rngOf(qubits, 4);
  const start = Array.from({ length: qubits }, (_, q) =>
    gate('u', [q], [rng.uniform() * 3, rng.uniform() * 6, rng.uniform() * 6]),
  );
  const first = referenceState(circuitOf(qubits, [...start, ...a]));
  const second = referenceState(circuitOf(qubits, [...start, ...b]));
  let re = 0;
  let im = 0;
  first.forEach((x, i) => {
    const y = second[i] ?? { re: 0, im: 0 };
    re += x.re * y.re + x.im * y.im;
    im += x.re * y.im - x.im * y.re;
  });
  return re * re + im * im;
}

describe('lowerFor', () => {
  it.each([['h rz cx id'], ['u cx id h rz'], ['rx ry rz cz h cx id p']])(
    'keeps every gate up to phase in the gates %s',
    (names) => {
      const native = new Set(names.split(' '));
      for (const member of gates) {
        const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
        const angles = member.parameterNames.map((_, i) => 0.7 + 0.4 * i);
        for (const power of [1, -1]) {
          const call = { ...gate(member.id, qubits, angles), power };
          const inverse = member.inverse(angles);
          const meant =
            power === 1
              ? gate(member.id, qubits, angles)
              : gate(inverse.gate, qubits, inverse.parameters);
          const circuit = circuitOf(member.qubitCount, [call]);
          const lowered = lowerFor(circuit, native, new Losses());
          for (const step of lowered)
            expect(native.has(step.kind === 'gate' ? step.gate : '')).toBe(true);
          expect(overlap(lowered, [meant], member.qubitCount), member.id).toBeCloseTo(1, 9);
        }
      }
    },
  );
});
