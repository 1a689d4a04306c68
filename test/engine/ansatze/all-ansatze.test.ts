import { describe, expect, test } from 'vitest';
import { type Ansatz, type AnsatzSettings } from '#engine/ansatze/ansatz.ts';
import { ansatze } from '#engine/ansatze/registry.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import { driveNow } from '#engine/programs/drive.ts';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { denseBackend } from '#test/support/dense-backend.ts';
import { askGradient } from '#test/support/parametrised-circuits.ts';
import { hamiltonianOf } from '#test/support/hamiltonians.ts';

const context = { seed: 1, cancel: new CancelFlag() };
const chain = (n: number) =>
  hamiltonianOf(
    Array.from(
      { length: n - 1 },
      (_, q) => `0.7*X${q}*X${q + 1} + Y${q}*Y${q + 1} - Z${q}*Z${q + 1}`,
    ).join(' + ') + ' + 0.3*Z0 - 0.2*X1*Y0 + 2',
    n,
  );
const own =
  'include "stdgates.inc"; input float a; input float b; qubit[3] q; ry(a) q[0]; cx q[0], q[1]; rz(a*b) q[1]; rx(b) q[2];';

function settingsOf({ parameters, id }: Ansatz, given: AnsatzSettings = {}): AnsatzSettings {
  const source = id === 'circuit' ? { qasm: own } : {};
  return objectSchemaOf(parameters, () => null).parse({ ...source, ...given });
}

function circuitOf(id: string, n: number, given: AnsatzSettings = {}): Circuit {
  const found = ansatze.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found.circuit(chain(n), settingsOf(found, given), new Map());
}

/** ⟨O⟩ and its slopes at a row. */
function slopesAt(circuit: Circuit, at: Float64Array, observable: string, n: number) {
  const backend = denseBackend();
  const { sum } = hamiltonianOf(observable, n);
  const answer = driveNow(askGradient(circuit, at, { kind: 'pauli', sum }), backend, context);
  backend.dispose();
  return answer;
}

const point = (circuit: Circuit, seed = 3) => {
  const rng = rngOf(seed);
  return Float64Array.from(circuit.parameters, () => 2 * rng.normal());
};

test('ansätze are sorted, each is there once and in the catalog', () => {
  const ids = ansatze.map(({ id }) => id);
  const known = [...ids].sort((a, b) => (a < b ? -1 : 1));
  expect(ids).toEqual(known);
  expect(jobEngine.catalog('ansatz').map(({ id }) => id)).toEqual(ids);
});

/** Spin orbitals come in pairs. */
const widthOf = ({ id }: Ansatz): number => (id === 'uccsd' ? 4 : 3);

describe.each(ansatze.map((one) => [one.id, one] as const))('%s', (_, ansatz) => {
  const n = widthOf(ansatz);
  const circuit = ansatz.circuit(chain(n), settingsOf(ansatz), new Map());

  test('has gates alone, on the qubits of the Hamiltonian, with every parameter in use', () => {
    expect(qubitCountOf(circuit)).toBe(n);
    expect(circuit.operations.every(({ kind }) => kind === 'gate')).toBe(true);
    const names = circuit.parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const used = JSON.stringify(circuit.operations);
    for (const name of names) expect(used).toContain(`"${name}"`);
    expect(names.length).toBeGreaterThan(0);
  });

  test('is unitary: the identity stays 1', () => {
    expect(slopesAt(circuit, point(circuit), '1', n).value).toBeCloseTo(1, 12);
  });

  test('has the gradients of difference quotients', () => {
    const at = point(circuit);
    const observable = 'Z0*Z1 + 0.5*X2 - Y0*X1';
    const { gradient } = slopesAt(circuit, at, observable, n);
    at.forEach((_x, k) => {
      const step = 1e-5;
      const moved = (by: number) =>
        slopesAt(circuit, at.with(k, (at[k] as number) + by), observable, n).value as number;
      expect(gradient[k]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 7);
    });
  });

  test('takes a single qubit, and says of settings that do not fit what was expected', () => {
    if (ansatz.id === 'circuit') {
      expect(() => ansatz.circuit(chain(2), settingsOf(ansatz), new Map())).toThrow(/3 qubits.*2/);
      const measured = { qasm: 'qubit[3] q; bit b; b = measure q[0];' };
      expect(() => ansatz.circuit(chain(3), measured, new Map())).toThrow(/gates alone.*measure/);
      expect(() => ansatz.circuit(chain(3), {}, new Map())).toThrow(/“qasm”.*or “file”/);
      return;
    }
    if (ansatz.id === 'uccsd') {
      expect(() => circuitOf(ansatz.id, 3)).toThrow(/even number of qubits.*there are 3 qubits/);
      expect(() => circuitOf(ansatz.id, 4, { electrons: [3, 1] })).toThrow(/\[3, 1\] electrons/);
      expect(() => circuitOf(ansatz.id, 4, { electrons: [2, 0] })).toThrow(/nothing to excite/);
      return;
    }
    const one = ansatz.circuit(hamiltonianOf('X0 + Z0', 1), settingsOf(ansatz), new Map());
    expect(qubitCountOf(one)).toBe(1);
    if (ansatz.id === 'symmetry-preserving') {
      expect(() => circuitOf(ansatz.id, 2, { particles: 3 })).toThrow(/at most 2 particles, not 3/);
    } else {
      expect(() => circuitOf(ansatz.id, 2, { initialState: '0' })).toThrow(/has 1 letters/);
      expect(() => circuitOf(ansatz.id, 2, { initialState: '0a' })).toThrow(/has a “a”/);
    }
  });
});

test.each([
  // n·rotations·(layers + 1) angles; couplings·layers two-qubit gates.
  ['efficient-su2', { layers: 3 }, 4 * 2 * 4, { cx: 9 }],
  ['real-amplitudes', { layers: 3, entanglement: 'circular' }, 4 * 4, { cx: 12 }],
  ['real-amplitudes', { layers: 1, entanglement: 'full' }, 4 * 2, { cx: 6 }],
  ['hardware-efficient', { layers: 2 }, 4 * 2 * 3, { cz: 6 }],
  ['two-local', { layers: 2, rotations: 'rx-ry-rz', coupling: 'iswap' }, 4 * 3 * 3, { iswap: 6 }],
  // Nine angles a brick, three bricks a layer, three a qubit at the end.
  ['brickwork', { layers: 2 }, 9 * 3 * 2 + 3 * 4, { rxx: 6, ryy: 6, rzz: 6 }],
  ['symmetry-preserving', { layers: 2 }, 2 * (3 + 4), { x: 2, rxx: 6, ryy: 6, rz: 8 }],
  // A double of eight strings and two singles of two.
  ['uccsd', {}, 3, { x: 2, rz: 8 + 2 + 2 }],
] as const)(
  '%s with %o has as many parameters and gates as its family',
  (id, given, count, gates) => {
    const circuit = circuitOf(id, 4, given);
    expect(circuit.parameters).toHaveLength(count);
    expect(statisticsOf(circuit).gateCounts).toMatchObject(gates);
  },
);

test('the Hamiltonian variational circuit has a time for each group of commuting terms and layer', () => {
  const of = (text: string) =>
    ansatze
      .find(({ id }) => id === 'hamiltonian-variational')
      ?.circuit(hamiltonianOf(text, 3), { layers: 2 }, new Map());
  expect(of('Z0*Z1 + Z1*Z2 + X0 + X1 + X2')?.parameters).toHaveLength(4);
  expect(of('Z0*Z1 + Z1*Z2')?.parameters).toHaveLength(4);
  expect(of('X0*X1 + Y0*Y1 + Z0*Z1 + Z2')?.parameters).toHaveLength(6);
});

test('particles are kept whatever the angles', () => {
  for (const [particles, entanglement] of [
    [0, 'linear'],
    [1, 'full'],
    [2, 'circular'],
    [4, 'linear'],
  ] as const) {
    const circuit = circuitOf('symmetry-preserving', 4, { particles, entanglement });
    const number = (text: string) => slopesAt(circuit, point(circuit), text, 4).value;
    const total = '2 - 0.5*Z0 - 0.5*Z1 - 0.5*Z2 - 0.5*Z3';
    expect(number(total)).toBeCloseTo(particles, 12);
    // ⟨N²⟩ = ⟨N⟩²: no other number has weight.
    const pairs = '0.5*Z0*Z1 + 0.5*Z0*Z2 + 0.5*Z0*Z3 + 0.5*Z1*Z2 + 0.5*Z1*Z3 + 0.5*Z2*Z3';
    expect(number(`5 - 2*Z0 - 2*Z1 - 2*Z2 - 2*Z3 + ${pairs}`)).toBeCloseTo(particles ** 2, 12);
  }
});
