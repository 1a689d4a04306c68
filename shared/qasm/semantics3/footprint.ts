import type { Wires } from './memory.ts';
import type { Step, WireCode } from './program-steps.ts';

const compound: ReadonlySet<string> = new Set(['block', 'if', 'for', 'while', 'switch', 'refuse']);

/** Whether a step holds other steps, or may turn out to have no words in a circuit. */
export function isCompound({ kind }: Step): boolean {
  return compound.has(kind);
}

/** Whether the steps do anything to qubits. */
export function hasQuantum(steps: readonly Step[], seen = new Set<readonly Step[]>()): boolean {
  if (seen.has(steps)) return false;
  seen.add(steps);
  return steps.some((step) => {
    if (step.kind === 'run' || step.kind === 'refuse') return false;
    if (step.kind === 'block' || step.kind === 'for') return hasQuantum(step.body, seen);
    if (step.kind === 'if') return hasQuantum(step.body, seen) || hasQuantum(step.otherwise, seen);
    return !['break', 'continue', 'return'].includes(step.kind);
  });
}

/** Qubits that the steps may touch: all where an operand depends on what is not known. */
export function wiresIn(steps: readonly Step[], all: Wires): Wires {
  const found = new Set<number>();
  let isUnknown = false;
  const add = (wires: readonly WireCode[] | null): void => {
    // A barrier or a delay without operands is on all qubits.
    if (wires === null) isUnknown = true;
    for (const one of wires ?? []) {
      if (one.fixed === undefined) isUnknown = true;
      else one.fixed.forEach((qubit) => found.add(qubit));
    }
  };
  const seen = new Set<readonly Step[]>();
  const visit = (list: readonly Step[]): void => {
    if (seen.has(list)) return;
    seen.add(list);
    for (const step of list) {
      if (step.kind === 'gate') add(step.operands);
      if (step.kind === 'gates') {
        for (const { qubits } of step.operations) qubits.forEach((qubit) => found.add(qubit));
      }
      if (step.kind === 'measure' || step.kind === 'reset') add([step.wires]);
      if (step.kind === 'barrier' || step.kind === 'delay') add(step.wires);
      if ('body' in step) visit(step.body);
      if ('otherwise' in step) visit(step.otherwise);
      if ('before' in step) visit(step.before);
      if (step.kind === 'switch') step.cases.forEach(({ body }) => visit(body));
    }
  };
  visit(steps);
  return isUnknown ? all : [...found].sort((a, b) => a - b);
}
