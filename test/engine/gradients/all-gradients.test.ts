import { describe, expect, test } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate } from '#shared/circuit/build.ts';
import { parameterOf } from '#shared/circuit/expression.ts';
import { gates } from '#shared/gates/registry.ts';
import { qaoaCircuit } from '#engine/qaoa/circuit.ts';
import { gradientMethods } from '#engine/gradients/registry.ts';
import { driveNow } from '#engine/programs/drive.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { Program } from '#engine/programs/program.ts';
import { compileCircuit } from '#engine/simulators/evaluator.ts';
import { askGradient, parametrisedCircuit } from '#test/support/parametrised-circuits.ts';
import { denseBackend } from '#test/support/dense-backend.ts';

const context = { seed: 1, cancel: new CancelFlag() };

function exactly<T>(program: Program<T>): T {
  const answerer = denseBackend();
  return driveNow(program, answerer, context);
}

/** The program with shots for its slopes. */
function* withShots<T>(program: Program<T>, shots: readonly number[]): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    step = program.next(yield ask.kind === 'gradients' ? { ...ask, shots } : ask);
  }
  return step.value;
}

/** The program, with the shots of its expectations written down. */
function* recorded<T>(program: Program<T>, seen: Set<number | undefined>): Program<T> {
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    if (step.value.kind === 'expectations') seen.add(step.value.shots);
    step = program.next(yield step.value);
  }
  return step.value;
}

const point = (seed: number) => Float64Array.of(0.37 + seed / 10, -0.81);
const open = gates.filter((one) => one.parameterNames.length > 0);
const seeds = Array.from({ length: Math.ceil(open.length / 6) + 12 }, (_, seed) => seed);

describe.each(gradientMethods.map((method) => [method.id, method] as const))(
  'gradient %s',
  (_, method) => {
    test('agrees with the adjoint sweep on random circuits of all parametrised gates', () => {
      for (const seed of seeds) {
        const circuit = parametrisedCircuit(seed, 3 + (seed % 2));
        const adjoint = exactly(askGradient(circuit, point(seed)));
        const program = askGradient(circuit, point(seed));
        const got = exactly(method.lower?.(program, rngOf(seed)) ?? program);
        expect(got.value).toBeCloseTo(adjoint.value, 10);
        adjoint.gradient.forEach((slope, k) => {
          const off = Math.abs((got.gradient[k] as number) - slope);
          // Random directions differ by chance, and are biased by the square of their width.
          const chance = method.id === 'spsa' ? 5 : 1;
          const bias = method.id === 'spsa' ? 0.15 : 0;
          const stated = method.isExact ? 1e-9 : chance * (got.errors?.[k] ?? 0) + bias;
          expect(off).toBeLessThanOrEqual(stated);
        });
      }
    });

    test('takes a diagonal observable', () => {
      const circuit = parametrisedCircuit(3, 3);
      const rng = rngOf(4);
      const values = Float64Array.from({ length: 8 }, () => rng.normal());
      const observable: Observable = { kind: 'diagonal', values };
      const adjoint = exactly(askGradient(circuit, point(0), observable));
      const program = askGradient(circuit, point(0), observable);
      const got = exactly(method.lower?.(program, rngOf(1)) ?? program);
      adjoint.gradient.forEach((slope, k) => {
        const stated = method.isExact ? 1e-9 : 5 * (got.errors?.[k] ?? 0) + 0.15;
        expect(Math.abs((got.gradient[k] as number) - slope)).toBeLessThan(stated);
      });
    });

    test('gives the same bits for the same seed', () => {
      const circuit = parametrisedCircuit(2, 3);
      const results = [1, 2].map(() => {
        const program = askGradient(circuit, point(1));
        return exactly(method.lower?.(program, rngOf(7)) ?? program);
      });
      expect(results[0]).toEqual(results[1]);
    });

    if (method.lower !== null) {
      test('agrees with the exact slope within its error bars where values come from shots', () => {
        const circuit = parametrisedCircuit(1, 3);
        const adjoint = exactly(askGradient(circuit, point(0)));
        const shots = denseBackend(4000);
        const program = askGradient(circuit, point(0));
        const lowered = method.lower?.(program, rngOf(3)) ?? program;
        const got = driveNow(lowered, shots, context);
        adjoint.gradient.forEach((slope, k) => {
          const error = got.errors?.[k] ?? 0;
          expect(error).toBeGreaterThan(0);
          const bias = method.isExact ? 0 : 0.2;
          expect(Math.abs((got.gradient[k] as number) - slope)).toBeLessThan(5 * error + bias);
        });
      });

      test('takes the shots that slopes are given, and more of them make an error smaller', () => {
        const circuit = parametrisedCircuit(1, 3);
        const seen = new Set<number | undefined>();
        const errorsOf = (given: readonly number[]) => {
          const program = withShots(askGradient(circuit, point(0)), given);
          const lowered = method.lower?.(program, rngOf(3)) ?? program;
          return driveNow(recorded(lowered, seen), denseBackend(10), context).errors ?? [];
        };
        const [few, many] = [errorsOf([100, 100]), errorsOf([100, 10_000])];
        expect(seen).toEqual(new Set([10_000, 100]));
        expect(many[1]).toBeLessThan(few[1] ?? 0);
      });
    }
  },
);

test('they agree where cost layers are merged into phases', () => {
  const rng = rngOf(5);
  const pairs = [0, 1, 2, 3, 4].flatMap((i) =>
    [0, 1, 2, 3, 4].filter((j) => j > i).map((j) => [i, j, rng.normal()] as const),
  );
  const ising = { offset: 0.3, h: Float64Array.from({ length: 5 }, () => rng.normal()), J: pairs };
  const shape = { layers: 2, mixer: 'x', initialState: 'uniform', groups: [] } as const;
  const circuit = qaoaCircuit(ising, shape);
  const merged = compileCircuit(circuit, false).steps.filter(({ kind }) => kind === 'phase');
  expect(merged).toHaveLength(2);
  const at = Float64Array.of(0.4, -0.7, 0.9, 0.3);
  const adjoint = exactly(askGradient(circuit, at));
  for (const { isExact, lower } of gradientMethods) {
    if (!isExact || lower === null) continue;
    const got = exactly(lower(askGradient(circuit, at), rng));
    expect(got.value).toBeCloseTo(adjoint.value, 10);
    adjoint.gradient.forEach((slope, k) =>
      expect(Math.abs(slope - (got.gradient[k] as number))).toBeLessThan(1e-9),
    );
  }
});

test('simultaneous perturbation is right in the mean over directions', () => {
  const circuit = parametrisedCircuit(4, 3);
  const adjoint = exactly(askGradient(circuit, point(4)));
  const spsa = gradientMethods.find(({ id }) => id === 'spsa');
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  const runs = seeds.map((seed) => {
    const program = askGradient(circuit, point(4));
    return exactly(spsa?.lower?.(program, rngOf(seed, 9)) ?? program);
  });
  adjoint.gradient.forEach((slope, k) => {
    const mean = runs.reduce((sum, { gradient }) => sum + (gradient[k] as number), 0) / 100;
    const error = runs.reduce((sum, { errors }) => sum + (errors?.[k] ?? 0), 0) / 100 / 10;
    expect(Math.abs(mean - slope)).toBeLessThan(5 * error + 0.02 * (1 + Math.abs(slope)));
  });
});

describe('gradients of powers', () => {
  const powered = (name: string, power: number) => ({
    ...circuitOf(3, [
      gate('h', [0]),
      { ...gate(name, [0], [parameterOf('a')]), power },
      gate('cx', [0, 1]),
      { ...gate('u', [1], [parameterOf('b'), 0.3, parameterOf('a')]), power: -1 },
    ]),
    parameters: [
      { name: 'a', value: null },
      { name: 'b', value: null },
    ],
  });

  test.each(['rx', 'p', 'ry'])(
    'of %s agree between the methods that know the generator',
    (name) => {
      for (const power of [3, -2]) {
        const results = gradientMethods
          .filter(({ id }) => id === 'parameter-shift' || id === 'hadamard-test')
          .map(({ lower }) => {
            const program = askGradient(powered(name, power), point(2));
            return exactly(lower?.(program, rngOf(1)) ?? program).gradient;
          });
        results[0]?.forEach((slope, k) => {
          expect(Math.abs(slope - (results[1]?.[k] ?? Number.NaN))).toBeLessThan(1e-9);
        });
        const differences = gradientMethods.find(({ id }) => id === 'finite-difference');
        const program = askGradient(powered(name, power), point(2));
        const near = exactly(differences?.lower?.(program, rngOf(1)) ?? program);
        results[0]?.forEach((slope, k) => {
          const off = Math.abs(slope - (near.gradient[k] as number));
          expect(off).toBeLessThanOrEqual(near.errors?.[k] ?? 0);
        });
      }
    },
  );

  test('a power without a rule is refused with advice', () => {
    const program = askGradient(powered('rx', 0.5), point(0));
    const shift = gradientMethods.find(({ id }) => id === 'parameter-shift');
    expect(() => exactly(shift?.lower?.(program, rngOf(1)) ?? program)).toThrow(
      /finite-difference/,
    );
  });
});
