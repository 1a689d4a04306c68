import { valueOfBits } from '../../circuit/condition.ts';
import type { Condition, Operation } from '../../circuit/circuit.ts';
import type { QuilLine } from './quil-tokens.ts';

/** The label that an instruction names; “@” where it names none. */
export function labelIn(line: QuilLine): string {
  return line.tokens.find(({ kind }) => kind === 'label')?.text ?? '@';
}

/** Where a label stands at or behind a line; −1 where it does not. */
export function indexOfLabel(lines: readonly QuilLine[], label: string, from: number): number {
  for (let i = from; i < lines.length; i++) {
    const line = lines[i] as QuilLine;
    if (line.tokens[0]?.text === 'LABEL' && labelIn(line) === label) return i;
  }
  return -1;
}

/** What is done where every bit is as wanted, and what where one is not. */
export function conditional(
  tests: readonly { readonly bit: number; readonly value: 0 | 1 }[],
  then: Operation[],
  otherwise: Operation[],
  line: QuilLine,
): Operation[] {
  const byBit = new Map<number, 0 | 1>();
  for (const { bit, value } of tests) {
    // Two tests that contradict each other let nothing through.
    if ((byBit.get(bit) ?? value) !== value) return otherwise;
    byBit.set(bit, value);
  }
  if (then.length === 0 && otherwise.length === 0) return [];
  const bits = [...byBit.keys()].sort((a, b) => a - b);
  const value = valueOfBits(bits.map((bit) => byBit.get(bit) ?? 0));
  const condition: Condition = { bits, value };
  const origin = { start: line.start, end: line.end };
  if (then.length > 0) return [{ kind: 'if', condition, body: then, otherwise, origin }];
  return [
    {
      kind: 'if',
      condition: { ...condition, negated: true },
      body: otherwise,
      otherwise: [],
      origin,
    },
  ];
}
