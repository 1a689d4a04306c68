import { CancelFlag } from '#shared/base/cancel.ts';
import { AppError } from '#shared/base/errors.ts';
import { bitCountOf, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { SimulationRequest, SimulationResult } from '#shared/jobs/simulation.ts';
import { modernCircuit, parseDocument } from '#shared/qasm/document.ts';
import { writeCircuit } from '#shared/qasm/semantics3/program.ts';
import { readInputs } from './inputs.ts';
import { simulateProgram } from './simulate-program.ts';
import { type ShotSink, withRows, WrittenRows } from '../simulators/shot-rows.ts';
import type { SimulationWatch } from '../simulators/simulator.ts';
import { simulateCircuit, type SimulationOptions, withKernels } from '../simulators/simulate.ts';

export interface SimulationContext {
  readonly cancel?: CancelFlag;
  /** Bytes that the run may take at its peak. */
  readonly freeBytes: number;
  /** Seconds on a clock that only moves forward. */
  readonly now: () => number;
  /** Text of an included file, or null where there is none. */
  readonly include?: (path: string) => string | null;
  /** Is handed every shot, one bit a bit; `counts` is then given over few bits only. */
  readonly sink?: ShotSink;
  readonly watch?: SimulationWatch | undefined;
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
  if (context.sink !== undefined && request.shots === undefined)
    throw new AppError('bad-input', 'Writing shots to a file needs their number (--shots).');
  const written =
    context.sink === undefined ? null : new WrittenRows(context.sink, bitCountOf(document.circuit));
  const options: SimulationOptions = {
    qubits: qubitCountOf(document.circuit),
    method: request.method,
    precision: request.precision,
    shots: request.shots ?? null,
    seed: request.seed,
    noise: request.noise ?? null,
    bindings: {},
    probabilities: request.probabilities,
    state: request.state,
    bloch: request.bloch,
    observables: request.observables,
    targetError: request.targetError,
    threads: request.threads ?? null,
    isPortable: request.kernel === 'portable',
    view: request.view,
    path: request.path,
    sink: written ?? undefined,
    watch: context.watch,
    cancel: context.cancel ?? new CancelFlag(),
    freeBytes: context.freeBytes,
    now: context.now,
    started,
  };
  if (document.modern === null) {
    readInputs([], request.parameters);
    return withRows(simulateCircuit(document.circuit, options), options, written);
  }
  const { program } = document.modern;
  const inputs = readInputs(program.state.inputs, request.parameters);
  // Without values for its inputs a program is written as it was when it was read.
  const writing =
    (inputs.size === 0 ? document.modern.writing : null) ??
    writeCircuit(program, document.tree, inputs);
  const [fault] = writing.faults;
  if (fault !== undefined) throw new AppError('bad-input', fault.problem.message);
  if (!writing.isWhole) {
    const result = withKernels(options, () => simulateProgram(program, inputs, options));
    return withRows(result, options, written);
  }
  if (written !== null) written.known = writing.knownBits;
  const result = simulateCircuit(modernCircuit(program, writing), options);
  return withRows(withKnownBits(result, writing.knownBits), options, written);
}

/** Bits whose value no measurement decides: the circuit alone leaves them 0. */
function withKnownBits(
  result: SimulationResult,
  known: ReadonlyMap<number, 0 | 1>,
): SimulationResult {
  if (known.size === 0) return result;
  const renamed = (table: Readonly<Record<string, number>>): Record<string, number> => {
    const sums: Record<string, number> = {};
    for (const [key, value] of Object.entries(table)) {
      const bits = [...key];
      for (const [bit, is] of known) bits[bits.length - 1 - bit] = String(is);
      const name = bits.join('');
      sums[name] = (sums[name] ?? 0) + value;
    }
    return sums;
  };
  return {
    ...result,
    ...(result.probabilities === undefined ? {} : { probabilities: renamed(result.probabilities) }),
    ...(result.counts === undefined ? {} : { counts: renamed(result.counts) }),
  };
}
