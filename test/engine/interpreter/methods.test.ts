import { describe, expect, test } from 'vitest';
import { noiseModelSchema } from '#shared/jobs/noise.ts';
import { type SimulationResult, simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';

const head = 'OPENQASM 3.1;\ninclude "stdgates.inc";\n';

function run(source: string, request: Record<string, unknown> = {}, freeBytes = 2 ** 30) {
  const parsed = simulationRequestSchema.parse({ source: head + source, ...request });
  return simulateSource(parsed, { freeBytes, now: () => 0 });
}

/** Every outcome has the same probability in both, to 1e-10. */
function expectSame(a: SimulationResult, b: SimulationResult): void {
  const [left, right] = [a.probabilities ?? {}, b.probabilities ?? {}];
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    expect(Math.abs((left[key] ?? 0) - (right[key] ?? 0))).toBeLessThan(1e-10);
  }
}

/** Tosses until heads, corrects by what came, and counts rounds; Clifford gates only. */
const loop = `
qubit[3] q; bit[2] c; bit done = "0"; uint[4] rounds = 0;
while (!bool(done) && rounds < 5) {
  reset q[0];
  h q[0]; cx q[0], q[1];
  done = measure q[0];
  rounds += 1;
  if (done) { x q[2]; } else { s q[1]; h q[1]; }
}
for uint i in [0:1] { if (rounds == i + 1) { cz q[1], q[2]; } c[i] = measure q[i + 1]; }
`;
const turned = loop.replace('s q[1];', 'ry(0.7 * rounds) q[1];');

const noise = (channel: Record<string, unknown>) =>
  noiseModelSchema.parse({
    rules: [channel],
    readout: [{ qubit: 0, p_read1_given0: 0.02, p_read0_given1: 0.05 }],
  });
const flips = noise({ channel: 'bit_flip', p: 0.05 });
const damping = noise({ channel: 'amplitude_damping', gamma: 0.1 });

describe('loops, conditions and counters', () => {
  test.each(['density', 'mps', 'stabilizer'])('%s agrees with the statevector', (method) => {
    expectSame(run(loop, { method }), run(loop, { method: 'statevector' }));
  });

  test('angles that depend on what was counted agree between density, mps and statevector', () => {
    const exact = run(turned, { method: 'statevector' });
    for (const method of ['density', 'mps']) expectSame(run(turned, { method }), exact);
    expect(() => run(turned, { method: 'stabilizer' })).toThrow(/Clifford gates only/);
  });

  test.each([
    ['trajectories', damping, turned],
    ['trajectories', flips, loop],
    ['stabilizer', flips, loop],
  ])('%s draws noise shot by shot and agrees with the density matrix', (method, model, source) => {
    const shots = 3000;
    const exact = run(source, { method: 'density', noise: model }).probabilities ?? {};
    const options = { method, noise: model, shots, observables: ['Z1', 'X2'] };
    const got = run(source, options);
    const { counts } = got;
    for (const [key, p] of Object.entries(exact)) {
      const off = Math.abs((counts?.[key] ?? 0) / shots - p);
      expect(off).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / shots) + 2 / shots);
    }
    const means = run(source, { ...options, method: 'density' }).expectations;
    got.expectations?.forEach(({ value, stderr }, i) => {
      const tolerance = 5 * Math.hypot(stderr ?? 0, means?.[i]?.stderr ?? 0) + 5 / shots;
      expect(Math.abs((value ?? Number.NaN) - (means?.[i]?.value ?? Number.NaN))).toBeLessThan(
        tolerance,
      );
    });
  });

  test('auto draws noise where measurements split density matrices too far, and only there', () => {
    const options = { method: 'auto', noise: damping, shots: 200, seed: 1 };
    expect(run(turned, options)).toMatchObject({ method: 'density', warnings: [] });
    // Room for two matrices of 3 qubits, which a measurement takes.
    const narrow = run(turned, options, 2 * 16 * 4 ** 3);
    expect(narrow.method).toBe('trajectories');
    expect(narrow.methodReason).toMatch(/split density matrices of 3 qubits too far/);
    const total = Object.values(narrow.counts ?? {}).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(200);
    const { shots: _, ...exactly } = options;
    expect(() => run(turned, exactly, 2 * 16 * 4 ** 3)).toThrow(/histories/);
  });

  test('noise that must be drawn asks for shots, and some registers hold none', () => {
    expect(() => run(loop, { method: 'trajectories', noise: flips })).toThrow(/--shots/);
    expect(() => run(loop, { method: 'mps', noise: flips, shots: 5 })).toThrow(/density/);
    const options = { method: 'stabilizer', noise: damping, shots: 5 };
    expect(() => run(loop, options)).toThrow(/Pauli noise only/);
    expect(() => run(loop, { method: 'pauli' })).toThrow(/step by step|no circuit holds/);
  });

  test('auto follows wide programs by stabilizers where it can, else as a matrix product state', () => {
    const wide = loop.replace('qubit[3] q;', 'qubit[3] q; qubit[57] r; h r[56];');
    const clifford = run(wide);
    expect(clifford.method).toBe('stabilizer');
    expectSame(clifford, run(loop));
    const free = run(wide.replace('h r[56];', 'ry(0.3) r[56];'));
    expect(free.method).toBe('mps');
    expect(free.measured.bondDimension).toBeGreaterThan(0);
    expectSame(free, run(loop));
    const noisy = run(loop, { noise: damping, shots: 10 }, 1500);
    expect(noisy.method).toBe('trajectories');
  });
});
