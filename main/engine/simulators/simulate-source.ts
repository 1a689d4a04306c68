import { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { simulateCircuit } from './simulate.ts';

export interface SimulationContext {
  readonly cancel?: CancelFlag;
  /** Bytes that the run may take at its peak. */
  readonly freeBytes: number;
  /** Seconds on a clock that only moves forward. */
  readonly now: () => number;
  /** Text of an included file, or null where there is none. */
  readonly include?: (path: string) => string | null;
}

/**
 * Reads OpenQASM text and simulates it (CONTRACT §2). A program with errors is a `bad-input` error
 * whose details carry all diagnostics.
 */
export function simulateSource(
  request: SimulationRequest,
  context: SimulationContext,
): SimulationResult {
  const started = context.now();
  const document = parseDocument(request.source, {
    ...(request.language === undefined ? {} : { language: request.language }),
    ...(context.include === undefined ? {} : { include: context.include }),
    lenient: true,
  });
  if (document.circuit === null) {
    const first = document.diagnostics.find((one) => one.severity === 'error');
    throw new AppError('bad-input', first?.message ?? 'The program has errors.', {
      diagnostics: document.diagnostics,
    });
  }
  const numbers = numericParameters(request.parameters);
  const result = simulateCircuit(document.circuit, {
    qubits: qubitCountOf(document.circuit),
    method: request.method,
    precision: request.precision,
    shots: request.shots ?? null,
    seed: request.seed,
    noise: request.noise ?? null,
    bindings: numbers,
    probabilities: request.probabilities,
    state: request.state,
    bloch: request.bloch,
    observables: request.observables,
    cancel: context.cancel ?? new CancelFlag(),
    freeBytes: context.freeBytes,
    now: context.now,
    started,
  });
  return result;
}

function numericParameters(parameters: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (typeof value !== 'number') {
        throw new AppError(
          'bad-input',
          `Parameter “${name}” must be a number; got ${JSON.stringify(value)}.`,
          { parameter: name },
        );
      }
      return [name, value];
    }),
  );
}
