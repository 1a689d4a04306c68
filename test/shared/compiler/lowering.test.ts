import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { areEqualUpToPhase } from '#shared/circuit/unitary.ts';
import type { Operation } from '#shared/circuit/circuit.ts';
import { gates } from '#shared/gates/registry.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { Losses } from '#shared/qasm/exporters/exporter.ts';
import { lowerFor } from '#shared/compiler/lowering.ts';
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

  const native = new Set('h rz ry cx u p'.split(' '));
  const some = [1, 0, 1, 1] as const;

  it('writes out controls and anti-controls on every gate, phases included', () => {
    for (const member of gates) {
      for (let count = 1; count + member.qubitCount <= 5; count++) {
        const total = count + member.qubitCount;
        const angles = member.parameterNames.map((_, i) => 0.7 + 0.4 * i);
        const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
        const controls = Array.from({ length: count }, (_, i) => ({
          qubit: member.qubitCount + i,
          value: some[i % some.length] ?? 1,
        }));
        // The superposition of the controls shows a phase that is forgotten.
        const circuit = circuitOf(total, [{ ...gate(member.id, qubits, angles), controls }]);
        const lowered = circuitOf(total, lowerFor(circuit, native, new Losses()));
        expect(areEqualUpToPhase(lowered, circuit), `${member.id} under ${count}`).toBe(true);
      }
    }
  });

  it('borrows idle qubits for many controls and gives them back', () => {
    for (const count of [3, 4, 5]) {
      for (const idle of [0, 1, 3]) {
        const total = count + 1 + idle;
        const controls = Array.from({ length: count }, (_, i) => ({ qubit: i, value: 1 as const }));
        const circuit = circuitOf(total, [{ ...gate('x', [count]), controls }]);
        const lowered = circuitOf(
          total,
          lowerFor(circuit, new Set(['h', 'cx', 'p']), new Losses()),
        );
        expect(areEqualUpToPhase(lowered, circuit), `${count} controls, ${idle} idle`).toBe(true);
      }
    }
  });

  it('takes whole and broken powers of every gate, under a control, too', () => {
    for (const member of gates.filter(({ qubitCount }) => qubitCount < 4)) {
      for (const power of [2, -3, 0.5, -1.25]) {
        const angles = member.parameterNames.map((_, i) => 0.7 + 0.4 * i);
        const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
        const controls = [{ qubit: member.qubitCount, value: 1 as const }];
        const total = member.qubitCount + 1;
        const circuit = circuitOf(total, [{ ...gate(member.id, qubits, angles), power, controls }]);
        const lowered = circuitOf(total, lowerFor(circuit, native, new Losses()));
        expect(areEqualUpToPhase(lowered, circuit), `${member.id}^${power}`).toBe(true);
      }
    }
  });

  it('keeps open parameters as formulas', () => {
    for (const member of gates.filter(({ parameterNames }) => parameterNames.length > 0)) {
      const parameters = member.parameterNames.map((name) => parameterOf(name));
      const qubits = Array.from({ length: member.qubitCount }, (_, i) => i);
      for (const controls of [[], [{ qubit: member.qubitCount, value: 1 as const }]]) {
        const call = { ...gate(member.id, qubits, parameters), controls };
        const circuit = {
          ...circuitOf(member.qubitCount + 1, [call]),
          parameters: member.parameterNames.map((name) => ({ name, value: null })),
        };
        const lowered = {
          ...circuit,
          operations: lowerFor(circuit, new Set(['h', 'rz', 'cx']), new Losses()),
        };
        for (let seed = 0; seed < 4; seed++) {
          const rng = rngOf(seed, 9);
          const bindings = Object.fromEntries(
            member.parameterNames.map((name) => [name, (rng.uniform() - 0.5) * 14]),
          );
          expect(areEqualUpToPhase(lowered, circuit, bindings), member.id).toBe(true);
        }
      }
    }
  });

  it('hands controls on where the target has them', () => {
    const controls = [
      { qubit: 1, value: 0 as const },
      { qubit: 2, value: 1 as const },
    ];
    const circuit = circuitOf(4, [{ ...gate('cx', [3, 0]), controls }]);
    const target = { native: new Set(['x']), controllable: new Set(['x']), hasAntiControls: true };
    const losses = new Losses();
    expect(lowerFor(circuit, target, losses)).toEqual([
      { ...gate('x', [0]), controls: [...controls, { qubit: 3, value: 1 }] },
    ]);
    expect(losses.all).toEqual([]);
  });
});
