import { describe, expect, test } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { numberOf } from '#shared/circuit/expression.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { gates } from '#shared/gates/registry.ts';
import { distanceUpToPhase } from '#shared/math/matrix.ts';
import { drawInstance } from '#engine/mitigation/instances.ts';
import { runSpec } from '#test/support/run-spec.ts';

interface Row {
  readonly raw: { readonly value: number };
  readonly steps: readonly { readonly facts: Record<string, number> }[];
  readonly mitigated: { readonly value: number; readonly stderr: number };
}

const circuit =
  'ry(0.5) q[0]; rx(0.8) q[1]; cx q[0], q[1]; rz(0.4) q[1]; u3(0.3, 0.2, 0.7) q[0]; cz q[1], q[2]; ry(0.9) q[2]; cp(0.4) q[0], q[2]; cx q[2], q[1]; t q[1];';

function rowsOf(
  noise: object | undefined,
  mitigation: readonly object[],
  more: object = {},
): Row[] {
  const qasm = `OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; ${circuit}`;
  const observables = ['Z0*Z1', 'X0*X2 + 0.3*Z1', 'Y1'];
  const spec = {
    algorithm: 'expectation',
    problem: { kind: 'circuit', qasm, observables },
    seed: 3,
    noise,
    mitigation,
    ...more,
  };
  return (runSpec(spec).result as { observables: Row[] }).observables;
}

/** exp(−iεZZ/2) behind every two-qubit gate: a coherent error. */
function overRotation(epsilon: number) {
  const [c, s] = [Math.cos(epsilon / 2), Math.sin(epsilon / 2)];
  const phases = [-s, s, s, -s];
  const matrix = phases.map((im, r) => phases.map((_, k) => (r === k ? [c, im] : [0, 0])));
  return { rules: [{ on: '2q', channel: 'kraus', matrices: [matrix] }] };
}

const ideal = rowsOf(undefined, []);

test('the circuit has something to lose', () => {
  for (const { raw } of ideal) expect(Math.abs(raw.value)).toBeGreaterThan(0.05);
});

describe('random instances of a circuit', () => {
  const few = gates.filter(({ qubitCount }) => qubitCount >= 1 && qubitCount <= 3);

  test.each(few.map((one) => [one.id, one] as const))(
    'letters around “%s” change nothing',
    (id, one) => {
      const rng = rngOf(5);
      const qubits = Array.from({ length: one.qubitCount }, (_, q) => q);
      const call = gate(
        id,
        qubits,
        one.parameterNames.map((_, k) => numberOf(0.3 + 0.5 * k)),
      );
      const plain = circuitOf(one.qubitCount, [call, gate('h', [0]), call]);
      const owed = ['id', 'x', 'z', 'y'];
      for (let k = 0; k < 6; k++) {
        const draws = { before: () => rng.below(4 ** one.qubitCount), after: () => [] };
        const made = drawInstance(plain, draws);
        const rest = qubits.map((q) => gate(owed[made.frame.at([q])] as string, [q]));
        const whole = { ...made.circuit, operations: [...made.circuit.operations, ...rest] };
        expect(distanceUpToPhase(unitaryOf(whole), unitaryOf(plain))).toBeLessThan(1e-9);
      }
    },
  );

  test('without noise have the values of the circuit itself', () => {
    const mitigation = [{ technique: 'twirl', instances: 6 }];
    rowsOf(undefined, mitigation).forEach((row, k) => {
      expect(row.mitigated.value).toBeCloseTo(ideal[k]?.raw.value as number, 12);
      expect(row.mitigated.stderr).toBeLessThan(1e-7);
    });
  });
});

describe('Pauli twirling', () => {
  test('turns a coherent error, which adds up, into a random one, which does not', () => {
    const spec = (mitigation: readonly object[]) => ({
      algorithm: 'expectation',
      problem: {
        kind: 'circuit',
        qasm: `OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; h q[0]; h q[1]; ${'cz q[0], q[1]; '.repeat(12)}`,
        observables: ['X0'],
      },
      seed: 1,
      noise: overRotation(0.1),
      mitigation,
    });
    const one = (mitigation: readonly object[]) =>
      (runSpec(spec(mitigation)).result as { observables: Row[] }).observables[0] as Row;
    const raw = one([]).raw.value;
    const twirled = one([{ technique: 'twirl', instances: 60 }]).mitigated;
    expect(raw).toBeLessThan(0.4);
    // Twelve random errors with cos ε of the signal left by each.
    expect(Math.abs(twirled.value - Math.cos(0.1) ** 12)).toBeLessThan(5 * twirled.stderr);
  });
});

describe('probabilistic error cancellation', () => {
  const noise = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.01 }] };

  test('is unbiased where the noise is of Pauli errors, materialised letters included', () => {
    const rows = rowsOf(noise, [{ technique: 'pec', samples: 1500 }]);
    rows.forEach((row, k) => {
      const truth = ideal[k]?.raw.value as number;
      expect(Math.abs(row.mitigated.value - truth)).toBeLessThan(4 * row.mitigated.stderr);
      expect(row.mitigated.stderr).toBeLessThan(0.05);
    });
  });

  test('states the product of one-norms', () => {
    const one = {
      algorithm: 'expectation',
      problem: {
        kind: 'circuit',
        qasm: 'OPENQASM 3.0; include "stdgates.inc"; qubit q; x q;',
        observables: ['Z0'],
      },
      noise: { rules: [{ on: '1q', channel: 'pauli_depolarizing', p: 0.01 }] },
      mitigation: [{ technique: 'pec', samples: 10 }],
      seed: 1,
    };
    const { observables } = runSpec(one).result as { observables: Row[] };
    expect(observables[0]?.steps[0]?.facts['gamma']).toBeCloseTo(1.0202702702702702, 12);
  });

  test('is refused where its cost is above its samples, and says what noise it cannot take out', () => {
    const much = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.3 }] };
    expect(() => rowsOf(much, [{ technique: 'pec', samples: 100 }])).toThrow(/gamma².*“zne”/);
    const damping = { rules: [{ on: 'all', channel: 'amplitude_damping', gamma: 0.01 }] };
    const spec = {
      algorithm: 'expectation',
      problem: {
        kind: 'circuit',
        qasm: 'OPENQASM 3.0; include "stdgates.inc"; qubit q; x q;',
        observables: ['Z0'],
      },
      noise: damping,
      mitigation: [{ technique: 'pec', samples: 10 }],
      seed: 1,
    };
    expect(runSpec(spec).warnings.join()).toMatch(/not of Pauli errors alone/);
  });
});
