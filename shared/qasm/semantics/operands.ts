import type { OperandSyntax } from '../syntax/nodes.ts';
import { isWholeNumber } from '../syntax/tokens.ts';
import type { Environment } from './environment.ts';
import type { Reporter } from './reporter.ts';

/** One wire (`size` null) or a whole register of `size` wires beginning at wire `first`. */
export interface Wires {
  readonly first: number;
  readonly size: number | null;
  readonly syntax: OperandSyntax;
}

const kindNames = { qubit: 'quantum register', bit: 'classical register' } as const;
const declarations = { qubit: 'qreg', bit: 'creg' } as const;

/** The wires that an operand names; null with a problem where it names none of that kind. */
export function resolveOperand(
  operand: OperandSyntax,
  of: 'qubit' | 'bit',
  environment: Environment,
  reporter: Reporter,
): Wires | null {
  const name = operand.name.text;
  const thing = environment.find(name);
  if (thing === null) {
    return reporter.error(
      'undeclared-name',
      `“${name}” is not declared here. Declare it before with “${declarations[of]} ${name}[size];”.`,
      operand.name,
    );
  }
  if (thing.kind === 'gate') {
    const message = `“${name}” is a gate; a ${kindNames[of]} was expected here.`;
    return reporter.error('wrong-kind', message, operand.name);
  }
  if (thing.of !== of) {
    const message = `“${name}” is a ${kindNames[thing.of]}; a ${kindNames[of]} was expected here.`;
    return reporter.error('wrong-kind', message, operand.name);
  }
  if (operand.index === null) return { first: thing.offset, size: thing.size, syntax: operand };
  // A malformed index was reported when it was read; no wire can be told from it.
  if (!isWholeNumber(operand.index)) return null;
  const index = Number(operand.index.text);
  if (index >= thing.size) {
    const range = thing.size === 1 ? 'only 0' : `0 to ${thing.size - 1}`;
    return reporter.error(
      'index-out-of-range',
      `${name}[${operand.index.text}] is not there: “${name}” has ${thing.size} wires, so indices go ${thing.size === 1 ? 'no further than 0' : `from ${range}`}.`,
      operand.index,
    );
  }
  return { first: thing.offset + index, size: null, syntax: operand };
}

/** All operands, or null after every fault in them was reported. */
export function resolveOperands(
  operands: readonly OperandSyntax[],
  environment: Environment,
  reporter: Reporter,
): Wires[] | null {
  const wires: Wires[] = [];
  let faulty = false;
  for (const operand of operands) {
    const found = resolveOperand(operand, 'qubit', environment, reporter);
    if (found === null) faulty = true;
    else wires.push(found);
  }
  return faulty ? null : wires;
}

/** How often a statement over these operands is repeated: registers run in step, single wires stay. */
export function broadcastSize(wires: readonly Wires[], reporter: Reporter): number | null {
  let size: number | null = null;
  let leader: Wires | null = null;
  for (const operand of wires) {
    if (operand.size === null) continue;
    if (size !== null && leader !== null && size !== operand.size) {
      return reporter.error(
        'broadcast-mismatch',
        `Registers used together must have one size: “${leader.syntax.name.text}” has ${size}, “${operand.syntax.name.text}” has ${operand.size}.`,
        operand.syntax,
      );
    }
    size = operand.size;
    leader = operand;
  }
  return size ?? 1;
}

/** Reports two operands that share a wire at the same time. */
export function areDistinct(wires: readonly Wires[], reporter: Reporter): boolean {
  for (let i = 1; i < wires.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [wires[j] as Wires, wires[i] as Wires];
      const overlap = a.first < b.first + (b.size ?? 1) && b.first < a.first + (a.size ?? 1);
      if (!overlap) continue;
      const name = textOf(b.size === null ? b : a);
      reporter.error(
        'duplicate-qubit',
        `${name} is used twice by one gate. Its qubits must differ.`,
        b.syntax,
      );
      return false;
    }
  }
  return true;
}

function textOf(wires: Wires): string {
  const { name, index } = wires.syntax;
  return index === null ? `“${name.text}”` : `${name.text}[${index.text}]`;
}
