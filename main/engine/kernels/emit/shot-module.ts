import { FunctionBuilder, opcode, valueType } from '../wasm/function-builder.ts';
import type { LoweredCircuit } from './lower-steps.ts';
import { type EmitOptions, type EmittedCircuit, ModuleEmitter } from './module-emitter.ts';

/** Words of the argument block of `prepare` and `shots`; addresses of what the names say. */
export const shotWords = {
  tables: 0,
  scratch: 1,
  scratchStep: 2,
  /** The state after each segment where nothing happened. */
  checkpoints: 3,
  /** Per shot and one more: where its events start, as an address. */
  eventStarts: 4,
  /** Per shot a number in [0, 1) that draws its outcome. */
  uniforms: 5,
  outcomes: 6,
  /** Per block of shots a table of summed probabilities. */
  sums: 7,
  shotCount: 8,
  /** Terms of the observables, and their end. */
  terms: 9,
  termsEnd: 10,
  /** Per shot and observable its value. */
  values: 11,
} as const;

/** Words of an event: after which segment, and the Pauli string as masks of its X and Z parts. */
export const eventWords = { segment: 0, flips: 1, signs: 2 } as const;
export const wordsPerEvent = 3;

/** Words of a term: masks, whether it has an odd number of Y, the observable's offset in bytes, coefficient (f64). */
export const termWords = { flips: 0, signs: 1, isOdd: 2, offset: 3, coefficient: 4 } as const;
export const bytesPerTerm = 24;

export interface ShotModuleOptions extends EmitOptions {
  readonly qubits: number;
  /** Shots of one block; their probabilities are summed up in their order. */
  readonly blockShots: number;
  readonly observableCount: number;
}

/** Bytes of one state: real part, gap, imaginary part. */
export function stateBytes({ qubits, precision, stateGap }: ShotModuleOptions): number {
  return Math.ceil((stateGap + 2 ** qubits * (precision === 'f32' ? 4 : 8)) / 64) * 64;
}

/**
 * A module that runs noisy shots of a circuit in segments: a shot starts from the state before its
 * first event, runs the segments from there and applies its Pauli strings between them, adds up its
 * probabilities and draws an outcome. Null where the constants do not fit.
 */
export function emitShots(
  segments: readonly LoweredCircuit[],
  options: ShotModuleOptions,
): EmittedCircuit | null {
  const emitter = new ModuleEmitter(options);
  const calls = segments.map((segment) =>
    emitter.add(segment, options.qubits).flatMap((pass) => pass.calls),
  );
  const { functions } = emitter;
  const add = (builder: FunctionBuilder, name: string | null = null): number =>
    functions.push({ name, builder }) - 1;
  const format = new StateFormat(options);
  const error = add(writePauli(format));
  const expectation = add(writeExpectation(format));
  add(writePrepare(format, calls), 'prepare');
  add(writeShots(format, calls, { error, expectation }, options), 'shots');
  return emitter.finish([]);
}

/** How amplitudes are addressed and computed with, in scalars. */
class StateFormat {
  readonly size: number;
  readonly gap: number;
  readonly bytes: number;
  readonly shift: number;
  readonly isSingle: boolean;
  readonly type: number;

  constructor(options: ShotModuleOptions) {
    this.isSingle = options.precision === 'f32';
    this.shift = this.isSingle ? 2 : 3;
    this.size = 2 ** options.qubits;
    this.gap = options.stateGap;
    this.bytes = stateBytes(options);
    this.type = this.isSingle ? valueType.f32 : valueType.f64;
  }

  load(out: FunctionBuilder, offset = 0): FunctionBuilder {
    return out.memory(this.isSingle ? opcode.f32Load : opcode.f64Load, this.shift, offset);
  }

  store(out: FunctionBuilder, offset = 0): FunctionBuilder {
    return out.memory(this.isSingle ? opcode.f32Store : opcode.f64Store, this.shift, offset);
  }

  /** A load made double precision. */
  loadDouble(out: FunctionBuilder, offset = 0): FunctionBuilder {
    this.load(out, offset);
    return this.isSingle ? out.op(opcode.f64PromoteF32) : out;
  }

  /** state + index·bytes. */
  address(out: FunctionBuilder, state: number, index: number): FunctionBuilder {
    return out.get(state).get(index).i32(this.shift).op(opcode.i32ShiftLeft).op(opcode.i32Add);
  }
}

/** 1 − 2·parity(index AND mask), as i32. */
function pushSign(out: FunctionBuilder, index: number, mask: number): FunctionBuilder {
  return out
    .i32(1)
    .get(index)
    .get(mask)
    .op(opcode.i32And)
    .op(opcode.i32PopulationCount)
    .i32(1)
    .op(opcode.i32And)
    .i32(1)
    .op(opcode.i32ShiftLeft)
    .op(opcode.i32Subtract);
}

/** (state, flips, signs): the Pauli string on the state, up to a phase of all. */
function writePauli(format: StateFormat): FunctionBuilder {
  const out = new FunctionBuilder(3);
  const [state, flips, signs] = [0, 1, 2] as const;
  const i = out.local(valueType.i32);
  const j = out.local(valueType.i32);
  const atI = out.local(valueType.i32);
  const atJ = out.local(valueType.i32);
  const signI = out.local(format.type);
  const signJ = out.local(format.type);
  const kept = out.local(format.type);
  const convert = format.isSingle ? opcode.f32ConvertI32 : opcode.f64ConvertI32;
  const multiply = format.isSingle ? opcode.f32Multiply : opcode.f64Multiply;
  out.loop();
  out.get(i).get(flips).op(opcode.i32Xor).set(j);
  out.get(i).get(j).op(opcode.i32LessOrEqualUnsigned).when();
  format.address(out, state, i).set(atI);
  format.address(out, state, j).set(atJ);
  pushSign(out, i, signs).op(convert).set(signI);
  pushSign(out, j, signs).op(convert).set(signJ);
  // Entry j ^ flips of the result is entry j times its sign.
  for (const offset of [0, format.gap]) {
    format.load(out.get(atI), offset).get(signI).op(multiply).set(kept);
    out.get(atI);
    format.load(out.get(atJ), offset).get(signJ).op(multiply);
    format.store(out, offset);
    format.store(out.get(atJ).get(kept), offset);
  }
  out.end();
  out.get(i).i32(1).op(opcode.i32Add).tee(i).i32(format.size).op(opcode.i32LessUnsigned);
  out.branchIf(0).end();
  return out;
}

/** (state, flips, signs, isOdd) → Σ ±Re⟨j|i⟩ or, for an odd number of Y, ±Im: the string's value but for a sign. */
function writeExpectation(format: StateFormat): FunctionBuilder {
  const out = new FunctionBuilder(4, valueType.f64);
  const [state, flips, signs, isOdd] = [0, 1, 2, 3] as const;
  const i = out.local(valueType.i32);
  const atI = out.local(valueType.i32);
  const atJ = out.local(valueType.i32);
  const j = out.local(valueType.i32);
  const sum = out.local(valueType.f64);
  const part = out.local(valueType.f64);
  const product = (a: number, offsetA: number, b: number, offsetB: number): void => {
    format.loadDouble(out.get(a), offsetA);
    format.loadDouble(out.get(b), offsetB).op(opcode.f64Multiply);
  };
  out.loop();
  out.get(i).get(flips).op(opcode.i32Xor).set(j);
  format.address(out, state, i).set(atI);
  format.address(out, state, j).set(atJ);
  out.get(isOdd).when();
  product(atJ, format.gap, atI, 0);
  product(atJ, 0, atI, format.gap);
  out.op(opcode.f64Subtract).set(part);
  out.op(opcode.else);
  product(atJ, 0, atI, 0);
  product(atJ, format.gap, atI, format.gap);
  out.op(opcode.f64Add).set(part);
  out.end();
  out.get(part);
  pushSign(out, i, signs).op(opcode.f64ConvertI32).op(opcode.f64Multiply);
  out.get(sum).op(opcode.f64Add).set(sum);
  out.get(i).i32(1).op(opcode.i32Add).tee(i).i32(format.size).op(opcode.i32LessUnsigned);
  out.branchIf(0).end();
  return out.get(sum);
}

/** The scratch area of this thread: where its state lies. */
function setScratch(out: FunctionBuilder, thread: number, argument: number, scratch: number): void {
  const word = (index: number): FunctionBuilder => out.get(argument).i32Load(4 * index);
  word(shotWords.scratch);
  word(shotWords.scratchStep).get(thread).op(opcode.i32Multiply).op(opcode.i32Add).set(scratch);
}

function callSegment(
  out: FunctionBuilder,
  calls: readonly number[],
  state: number,
  tables: number,
): void {
  for (const call of calls) out.get(state).i32(0).get(state).get(tables).call(call);
}

/** (first, last, thread, argument): runs the segments on |0…0⟩ and keeps the state after each. */
function writePrepare(
  format: StateFormat,
  segments: readonly (readonly number[])[],
): FunctionBuilder {
  const out = new FunctionBuilder(4);
  const [thread, argument] = [2, 3] as const;
  const state = out.local(valueType.i32);
  const tables = out.local(valueType.i32);
  setScratch(out, thread, argument, state);
  out
    .get(argument)
    .i32Load(4 * shotWords.tables)
    .set(tables);
  out.get(state).i32(0).i32(format.bytes).fillMemory();
  out.get(state);
  if (format.isSingle) out.f64(1).op(opcode.f32DemoteF64);
  else out.f64(1);
  format.store(out);
  segments.forEach((calls, k) => {
    callSegment(out, calls, state, tables);
    out.get(argument).i32Load(4 * shotWords.checkpoints);
    out.i32(k * format.bytes).op(opcode.i32Add);
    out.get(state).i32(format.bytes).copyMemory();
  });
  return out;
}

interface Helpers {
  readonly error: number;
  readonly expectation: number;
}

/** (first, last, thread, argument): runs the shots of blocks [first, last). */
function writeShots(
  format: StateFormat,
  segments: readonly (readonly number[])[],
  helpers: Helpers,
  options: ShotModuleOptions,
): FunctionBuilder {
  const out = new FunctionBuilder(4);
  const [block, last, thread, argument] = [0, 1, 2, 3] as const;
  const i32 = (): number => out.local(valueType.i32);
  const [state, tables, shot, shotEnd, event, eventEnd, start, sums] = [
    i32(),
    i32(),
    i32(),
    i32(),
    i32(),
    i32(),
    i32(),
    i32(),
  ] as const;
  const word = (index: number): FunctionBuilder => out.get(argument).i32Load(4 * index);
  const locals = { state, argument, shot, sums };
  setScratch(out, thread, argument, state);
  word(shotWords.tables).set(tables);
  out.loop();
  out.get(block).i32(options.blockShots).op(opcode.i32Multiply).tee(shot);
  out.i32(options.blockShots).op(opcode.i32Add).set(shotEnd);
  // The last block may be short.
  word(shotWords.shotCount).get(shotEnd).op(opcode.i32LessUnsigned).when();
  word(shotWords.shotCount).set(shotEnd);
  out.end();
  word(shotWords.sums);
  out
    .get(block)
    .i32(8 * format.size)
    .op(opcode.i32Multiply)
    .op(opcode.i32Add)
    .set(sums);
  out.loop();
  indexed(out, argument, shotWords.eventStarts, shot, 2);
  out.tee(start).i32Load(0).set(event);
  out.get(start).i32Load(4).set(eventEnd);
  out.i32(segments.length - 1).set(start);
  out.get(event).get(eventEnd).op(opcode.i32LessUnsigned).when();
  out
    .get(event)
    .i32Load(4 * eventWords.segment)
    .set(start);
  out.end();
  out.get(state);
  word(shotWords.checkpoints);
  out.get(start).i32(format.bytes).op(opcode.i32Multiply).op(opcode.i32Add);
  out.i32(format.bytes).copyMemory();
  segments.forEach((calls, k) => {
    out.get(start).i32(k).op(opcode.i32LessUnsigned).when();
    callSegment(out, calls, state, tables);
    out.end();
    writeEvents(out, { state, event, eventEnd }, k, helpers.error);
  });
  writeDraw(out, format, locals);
  if (options.observableCount > 0) writeValues(out, locals, helpers.expectation, options);
  out.get(shot).i32(1).op(opcode.i32Add).tee(shot).get(shotEnd).op(opcode.i32LessUnsigned);
  out.branchIf(0).end();
  out.get(block).i32(1).op(opcode.i32Add).tee(block).get(last).op(opcode.i32LessUnsigned);
  return out.branchIf(0).end();
}

/** The address that a word of the argument block names, plus index·2^shift. */
function indexed(
  out: FunctionBuilder,
  argument: number,
  name: number,
  index: number,
  shift: number,
): FunctionBuilder {
  out.get(argument).i32Load(4 * name);
  return out.get(index).i32(shift).op(opcode.i32ShiftLeft).op(opcode.i32Add);
}

/** Applies the events of this shot that follow segment k. */
function writeEvents(
  out: FunctionBuilder,
  { state, event, eventEnd }: Readonly<Record<'state' | 'event' | 'eventEnd', number>>,
  k: number,
  error: number,
): void {
  out.block().loop();
  out.get(event).get(eventEnd).op(opcode.i32GreaterOrEqualUnsigned).branchIf(1);
  out
    .get(event)
    .i32Load(4 * eventWords.segment)
    .i32(k)
    .op(opcode.i32NotEqual)
    .branchIf(1);
  out.get(state);
  out.get(event).i32Load(4 * eventWords.flips);
  out.get(event).i32Load(4 * eventWords.signs);
  out.call(error);
  out
    .get(event)
    .i32(4 * wordsPerEvent)
    .op(opcode.i32Add)
    .set(event)
    .branch(0);
  out.end().end();
}

interface ShotLocals {
  readonly state: number;
  readonly argument: number;
  readonly shot: number;
  readonly sums: number;
}

/** Adds |ψ|² to the sums, and counts the basis states below the one that the shot's number falls into. */
function writeDraw(
  out: FunctionBuilder,
  format: StateFormat,
  { state, argument, shot, sums }: ShotLocals,
): void {
  const index = out.local(valueType.i32);
  const at = out.local(valueType.i32);
  const target = out.local(valueType.i32);
  const below = out.local(valueType.i32);
  const uniform = out.local(valueType.f64);
  const reached = out.local(valueType.f64);
  const probability = out.local(valueType.f64);
  indexed(out, argument, shotWords.uniforms, shot, 3).memory(opcode.f64Load, 3, 0).set(uniform);
  out.f64(0).set(reached);
  out.i32(0).set(index);
  out.i32(0).set(below);
  out.get(state).set(at);
  out.get(sums).set(target);
  out.loop();
  for (const offset of [0, format.gap]) {
    format.loadDouble(out.get(at), offset);
    format.loadDouble(out.get(at), offset).op(opcode.f64Multiply);
  }
  out.op(opcode.f64Add).set(probability);
  out.get(target).get(target).memory(opcode.f64Load, 3, 0).get(probability).op(opcode.f64Add);
  out.memory(opcode.f64Store, 3, 0);
  out.get(reached).get(probability).op(opcode.f64Add).tee(reached);
  out.get(uniform).op(opcode.f64LessOrEqual).get(below).op(opcode.i32Add).set(below);
  out.get(target).i32(8).op(opcode.i32Add).set(target);
  out
    .get(at)
    .i32(2 ** format.shift)
    .op(opcode.i32Add)
    .set(at);
  out.get(index).i32(1).op(opcode.i32Add).tee(index).i32(format.size).op(opcode.i32LessUnsigned);
  out.branchIf(0).end();
  indexed(out, argument, shotWords.outcomes, shot, 2).get(below).memory(opcode.i32Store, 2, 0);
}

/** Adds coefficient·expectation of every term to the values of the shot, which start at 0. */
function writeValues(
  out: FunctionBuilder,
  { state, argument, shot }: ShotLocals,
  expectation: number,
  { observableCount }: ShotModuleOptions,
): void {
  const term = out.local(valueType.i32);
  const values = out.local(valueType.i32);
  const at = out.local(valueType.i32);
  const word = (index: number): FunctionBuilder => out.get(argument).i32Load(4 * index);
  word(shotWords.values);
  out
    .get(shot)
    .i32(8 * observableCount)
    .op(opcode.i32Multiply)
    .op(opcode.i32Add)
    .set(values);
  word(shotWords.terms).set(term);
  out.loop();
  out
    .get(values)
    .get(term)
    .i32Load(4 * termWords.offset)
    .op(opcode.i32Add)
    .tee(at);
  out.get(at).memory(opcode.f64Load, 3, 0);
  out.get(state);
  out.get(term).i32Load(4 * termWords.flips);
  out.get(term).i32Load(4 * termWords.signs);
  out.get(term).i32Load(4 * termWords.isOdd);
  out.call(expectation);
  out
    .get(term)
    .memory(opcode.f64Load, 3, 4 * termWords.coefficient)
    .op(opcode.f64Multiply);
  out.op(opcode.f64Add).memory(opcode.f64Store, 3, 0);
  out.get(term).i32(bytesPerTerm).op(opcode.i32Add).tee(term);
  word(shotWords.termsEnd).op(opcode.i32LessUnsigned).branchIf(0).end();
}
