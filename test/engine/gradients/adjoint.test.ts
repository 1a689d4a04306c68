import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelFlag } from '#shared/base/cancel.ts';
import { rngOf } from '#shared/base/rng.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import { adjointGradient } from '#engine/gradients/adjoint.ts';
import { inWorkshop, ownCrew } from '#engine/kernels/workshop.ts';
import { providePlatform } from '#engine/platform.ts';
import { statevector } from '#engine/simulators/dense.ts';
import { type CompiledCircuit, compileCircuit, runCompiled } from '#engine/simulators/evaluator.ts';
import { observePauli } from '#engine/simulators/observe.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { parametrisedCircuit } from '#test/support/parametrised-circuits.ts';

beforeAll(() => providePlatform(nodePlatform));
afterAll(() => ownCrew().dispose());

const go = new CancelFlag();

function valueAt(
  compiled: CompiledCircuit,
  bindings: Record<string, number>,
  text: string,
): number {
  const register = runCompiled(compiled, bindings, statevector, null, go);
  return register.expectation(parseObservable(text, compiled.qubits), new Map());
}

describe('the adjoint gradient', () => {
  it.each([6, 12, 14])('is the slope of the expectation on %i qubits', (qubits) => {
    const text = 'Z0*Z1 + 0.5*X2*Y3 - 0.25*Y0 + 0.75*Z5*X4';
    for (let seed = 0; seed < 6; seed++) {
      const circuit = parametrisedCircuit(seed, qubits);
      const compiled = compileCircuit(circuit, false);
      const rng = rngOf(seed, 77);
      const bindings = Object.fromEntries(
        compiled.parameterNames.map((name) => [name, 3 * rng.uniform()]),
      );
      inWorkshop({}, () => {
        const { value, gradient } = adjointGradient(
          compiled,
          bindings,
          (state, into) => observePauli(parseObservable(text, qubits), state, into),
          go,
        );
        expect(value).toBeCloseTo(valueAt(compiled, bindings, text), 11);
        const h = 1e-4;
        compiled.parameterNames.forEach((name, k) => {
          const at = (shift: number): number =>
            valueAt(compiled, { ...bindings, [name]: (bindings[name] as number) + shift }, text);
          const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
          expect(gradient[k]).toBeCloseTo(slope, 8);
        });
      });
    }
  });
});
