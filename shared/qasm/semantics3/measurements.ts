import type { Expression3 } from '../syntax3/nodes.ts';
import { compileScalar, convertCode } from './code.ts';
import type { Memory } from './memory.ts';
import type { TargetCode } from './program-steps.ts';
import type { Context } from './scope.ts';
import { compileTarget } from './targets.ts';
import { isScalar, nameOfType } from './types.ts';
import { compileWires } from './wires.ts';

/** `measure q;`, `measure q -> c;` and `c = measure q;`. */
export function compileMeasure(
  context: Context,
  source: Expression3,
  target: Expression3 | null,
  place: { readonly start: number; readonly end: number },
): void {
  if (target === null) {
    const wires = compileWires(context, source);
    const { start, end } = place;
    if (wires !== null) {
      context.pending.push({ kind: 'measure', wires, cells: null, writes: [], start, end });
    }
    return;
  }
  const code = compileTarget(context, target);
  if (code === null) {
    compileWires(context, source);
    return;
  }
  measureInto(context, source, code, place);
}

/** Measures into a variable or a part of one. */
export function measureInto(
  context: Context,
  source: Expression3,
  target: TargetCode,
  place: { readonly start: number; readonly end: number },
): void {
  const wires = compileWires(context, source);
  if (wires === null) return;
  const { type, cells } = target;
  const { start, end } = place;
  if (cells === null || type.kind !== 'bit') {
    measureValue(context, source, target, place);
    return;
  }
  if (wires.size >= 0 && type.width >= 0) {
    if (!hasEqualWidths(context, wires.size, type.width, source, target)) return;
  }
  context.pending.push({ kind: 'measure', wires, cells, writes: target.slots, start, end });
}

function hasEqualWidths(
  context: Context,
  qubits: number,
  bits: number,
  source: Expression3,
  target: TargetCode,
): boolean {
  if (qubits === bits) return true;
  const message = `Measuring needs as many bits as qubits: ${qubits} qubits are measured into ${bits} bits.`;
  context.reporter.error('broadcast-mismatch', message, {
    start: Math.min(source.start, target.start),
    end: Math.max(source.end, target.end),
  });
  return false;
}

/** Measures into what is not made of bits, by way of a variable that is. */
function measureValue(
  context: Context,
  source: Expression3,
  target: TargetCode,
  place: { readonly start: number; readonly end: number },
): void {
  const { start, end } = place;
  const measured = compileScalar(context, {
    kind: 'measure',
    operand: source,
    start,
    end,
    height: 1,
  });
  if (measured === null) return;
  if (!isScalar(target.type)) {
    const message = `An outcome cannot be put into ${nameOfType(target.type)}.`;
    context.reporter.error('wrong-type', message, target);
    return;
  }
  const width = target.type.kind === 'bit' ? target.type.width : -1;
  if (width > 0 && 'width' in measured.type && measured.type.width > 0) {
    if (!hasEqualWidths(context, measured.type.width, width, source, target)) return;
  }
  const value = convertCode(context, measured, target.type);
  if (value === null) return;
  const run = (memory: Memory): void => target.store(memory, value.run(memory));
  context.pending.push({ kind: 'run', run, writes: target.slots, start, end });
}
