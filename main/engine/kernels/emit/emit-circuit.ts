import { FunctionBuilder, kernelParameters, opcode, valueType } from '../wasm/function-builder.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import {
  type EmitOptions,
  type EmittedCircuit,
  type EmittedPass,
  ModuleEmitter,
  type PassCalls,
} from './module-emitter.ts';

/**
 * log2 of the amplitudes of a cache block. Wide states take the larger one, which saves a pass now and
 * then; narrow ones need blocks for all threads.
 */
const blockBits = { narrow: 13, wide: 14 } as const;
const wideQubits = 21;
/**
 * Words (64 bits each) of the argument block that every pass is given the address of: the real array of
 * the state, the tables, the scratch area of thread 0, and the bytes from one thread's to the next.
 */
export const argumentWords = { state: 0, tables: 1, scratch: 2, scratchStep: 3 } as const;
/** Bytes of the argument block. */
export const argumentBytes = 32;

/** Emits a module for a circuit; null where its constants do not fit one module, or nothing is to be done. */
export function emitCircuit(circuit: LoweredCircuit, options: EmitOptions): EmittedCircuit | null {
  if (circuit.operations.length === 0) return null;
  const emitter = new ModuleEmitter(options);
  const bits = blockBits[circuit.qubits < wideQubits ? 'narrow' : 'wide'];
  const passes = emitter.add(circuit, bits).map((pass, index): EmittedPass => {
    const name = `p${index}`;
    emitter.functions.push({ name, builder: writePass(pass, emitter) });
    return { name, blocks: 2 ** (circuit.qubits - pass.localCount) };
  });
  return emitter.finish(passes);
}

/** (first, last, thread, argument): calls the groups for every block. */
function writePass(
  { calls, outside, isInPlace }: PassCalls,
  { addresses, format }: ModuleEmitter,
): FunctionBuilder {
  const out = new FunctionBuilder(kernelParameters);
  const [block, last, thread, argument] = [0, 1, 2, 3] as const;
  const state = out.local(addresses.type);
  const tables = out.local(addresses.type);
  const scratch = out.local(addresses.type);
  const at = out.local(addresses.type);
  const index = out.local(valueType.i32);
  const word = (k: number): FunctionBuilder =>
    addresses.load(addresses.widen(out.get(argument)), 8 * k);
  word(argumentWords.state).set(state);
  word(argumentWords.tables).set(tables);
  word(argumentWords.scratch);
  addresses.widen(word(argumentWords.scratchStep).get(thread)).op(addresses.multiply);
  out.op(addresses.add).set(scratch);
  out.loop();
  out.i32(0);
  for (const { from, to, length } of outside) {
    out
      .get(block)
      .i32(from)
      .op(opcode.i32ShiftRight)
      .i32(2 ** length - 1)
      .op(opcode.i32And);
    out.i32(to).op(opcode.i32ShiftLeft).op(opcode.i32Or);
  }
  out.set(index);
  addresses.shiftLeft(addresses.widen(out.get(index)), format.elementShift);
  out.get(state).op(addresses.add).set(at);
  for (const call of calls) {
    out
      .get(at)
      .get(index)
      .get(isInPlace ? at : scratch)
      .get(tables)
      .call(call);
  }
  out.get(block).i32(1).op(opcode.i32Add).tee(block).get(last).op(opcode.i32LessUnsigned);
  return out.branchIf(0).end();
}
