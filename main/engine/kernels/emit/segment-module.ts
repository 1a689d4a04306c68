import { FunctionBuilder, kernelParameters, opcode } from '../wasm/function-builder.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import { type EmitOptions, type EmittedCircuit, ModuleEmitter } from './module-emitter.ts';

/**
 * A module with one function `segment`: (k, 0, state, tables) applies the k-th circuit to a state that
 * fits into a cache. Null where the constants do not fit.
 */
export function emitSegments(
  segments: readonly LoweredCircuit[],
  qubits: number,
  options: EmitOptions,
): EmittedCircuit | null {
  const emitter = new ModuleEmitter(options);
  const calls = segments.map((segment) =>
    emitter.add(segment, qubits).flatMap((pass) => pass.calls),
  );
  emitter.functions.push({ name: 'segment', builder: writeSegment(calls) });
  return emitter.finish([]);
}

function writeSegment(segments: readonly (readonly number[])[]): FunctionBuilder {
  const out = new FunctionBuilder(kernelParameters);
  const [segment, none, state, tables] = [0, 1, 2, 3] as const;
  segments.forEach((calls, k) => {
    out.get(segment).i32(k).op(opcode.i32Equal).when();
    for (const call of calls) out.get(state).get(none).get(state).get(tables).call(call);
    out.end();
  });
  return out;
}
