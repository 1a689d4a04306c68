import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulationRequestSchema } from '#shared/jobs/simulation.ts';
import { simulateSource } from '#engine/simulators/simulate-source.ts';
import { describeCases } from '#test/support/shared-folder.ts';

interface Case {
  readonly id: string;
  readonly language: string;
  readonly qasm_file: string;
  readonly n_qubits: number;
}

/** Why a method may leave a program out. */
const reasons = {
  mps: /more than .* histories|outcomes/,
  stabilizer: /Clifford gates only|more than .* histories|outcomes/,
} as const;

describeCases<Case>(
  'OpenQASM 2 circuits by other methods',
  'cases/circuits/cases.json',
  (cases, folder) => {
    const second = cases.filter((one) => one.language === 'OpenQASM 2' && one.n_qubits <= 12);
    test.each(
      second.flatMap(({ id, qasm_file }) =>
        (['mps', 'stabilizer'] as const).map((method) => [id, method, qasm_file] as const),
      ),
    )('%s: %s agrees with the statevector or says why not', (_, method, file) => {
      const source = readFileSync(join(folder, 'cases/circuits', file), 'utf8');
      const simulate = (which: string) =>
        simulateSource(simulationRequestSchema.parse({ source, language: 2, method: which }), {
          freeBytes: 2 ** 30,
          now: () => 0,
        }).probabilities ?? {};
      let got: Record<string, number>;
      try {
        got = simulate(method);
      } catch (error) {
        expect(String(error)).toMatch(reasons[method]);
        return;
      }
      const exact = simulate('statevector');
      for (const key of new Set([...Object.keys(exact), ...Object.keys(got)])) {
        expect(Math.abs((exact[key] ?? 0) - (got[key] ?? 0))).toBeLessThan(1e-10);
      }
    });
  },
);
