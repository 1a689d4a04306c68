import type { GateOperation } from '../../circuit/circuit.ts';
import type { Expression } from '../../circuit/expression.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { Stretch } from '../syntax3/nodes.ts';
import type { Cell, Content, Memory, Wires } from './memory.ts';
import type { Type } from './types.ts';
import type { Scalar } from './values.ts';

/** An expression that was understood: its type and how it is computed. */
export interface Code extends Stretch {
  readonly type: Type;
  readonly run: (memory: Memory) => Content;
  /** Its value where it does not depend on anything; it is the same for every run. */
  readonly constant?: Scalar;
  /** What it says of all bits of a variable, where it compares them with a constant. */
  readonly comparison?: {
    readonly slot: number;
    readonly value: bigint;
    readonly isNegated: boolean;
  };
  /** The formula over inputs and gate parameters, where it is a real number. */
  readonly formula?: (memory: Memory) => Expression | null;
}

/** Qubits that an operand names. Size -1: known only when it runs. */
export interface WireCode extends Stretch {
  readonly size: number;
  readonly isRegister: boolean;
  readonly run: (memory: Memory) => Wires;
  /** Known where the operand depends on nothing. */
  readonly fixed?: Wires;
  readonly text: string;
}

/** Where an outcome or a value is put. */
export interface TargetCode extends Stretch {
  readonly type: Type;
  readonly store: (memory: Memory, value: Content) => void;
  /** What stands there now; indices in it are worked out again. */
  readonly load: (memory: Memory) => Content;
  /** The single bits, first = least significant; null where it is not made of bits. */
  readonly cells: ((memory: Memory) => readonly Cell[]) | null;
  /** Variables that may change. */
  readonly slots: readonly number[];
}

export interface GateSymbol {
  readonly kind: 'gate';
  readonly name: string;
  /** The name in the circuit. */
  readonly gate: string;
  readonly parameterCount: number;
  readonly qubitCount: number;
  readonly isUserDefined: boolean;
  /** Of a gate of the program's own: its matrix with these angles. */
  readonly matrix?: (angles: readonly number[]) => Matrix;
}

export interface ModifierCode {
  readonly kind: 'inv' | 'pow' | 'ctrl' | 'negctrl';
  /** Exponent or number of controls. */
  readonly argument: Code | null;
}

export interface GateStep extends Stretch {
  readonly kind: 'gate';
  readonly symbol: GateSymbol;
  readonly parameters: readonly Code[];
  readonly modifiers: readonly ModifierCode[];
  readonly operands: readonly WireCode[];
  /** Gates of the program's own that have the name of a built-in one. */
  readonly ownNames: ReadonlySet<string>;
}

/** One step of a program whose names and types are settled. */
export type Step =
  | GateStep
  /** Gates that depend on nothing, written out when they were read, without their place in the text. */
  | (Stretch & { readonly kind: 'gates'; readonly operations: readonly GateOperation[] })
  | (Stretch & {
      readonly kind: 'run';
      readonly run: (memory: Memory) => void;
      readonly writes: readonly number[];
      /** Declares bits without a value: in a circuit they are bits like all others. */
      readonly isBareDeclaration?: true;
    })
  | (Stretch & {
      readonly kind: 'measure';
      readonly wires: WireCode;
      readonly cells: ((memory: Memory) => readonly Cell[]) | null;
      readonly writes: readonly number[];
    })
  | (Stretch & { readonly kind: 'reset'; readonly wires: WireCode })
  | (Stretch & { readonly kind: 'barrier'; readonly wires: readonly WireCode[] | null })
  | (Stretch & {
      readonly kind: 'delay';
      readonly label: string;
      readonly wires: readonly WireCode[] | null;
      /** Seconds. */
      readonly duration: Code;
    })
  | (Stretch & {
      readonly kind: 'block';
      readonly body: readonly Step[];
      /** Variables that end with the block. */
      readonly locals: readonly number[];
      /** A subroutine's body: `return` ends it. */
      readonly isCall: boolean;
      /** The subroutine that is called: places in the body count from its declaration. */
      readonly callee?: string;
      readonly isBox?: true;
      /** Seconds that a box is given. */
      readonly duration?: Code;
    })
  | (Stretch & {
      readonly kind: 'if';
      readonly condition: Code;
      readonly body: readonly Step[];
      readonly otherwise: readonly Step[];
    })
  | (Stretch & {
      readonly kind: 'for';
      readonly name: string;
      readonly slot: number;
      readonly values: (memory: Memory) => Iterable<Scalar>;
      readonly body: readonly Step[];
    })
  | (Stretch & {
      readonly kind: 'while';
      readonly before: readonly Step[];
      readonly condition: Code;
      readonly body: readonly Step[];
    })
  | (Stretch & {
      readonly kind: 'switch';
      readonly subject: Code;
      readonly cases: readonly {
        readonly labels: readonly bigint[];
        readonly body: readonly Step[];
      }[];
      readonly otherwise: readonly Step[];
    })
  | (Stretch & { readonly kind: 'break' | 'continue' | 'return' | 'end' })
  | (Stretch & { readonly kind: 'refuse'; readonly message: string });

/** Variables that the steps may change, nested ones included. */
export function writesOf(steps: readonly Step[]): Set<number> {
  const slots = new Set<number>();
  // Subroutines that call each other twice would be walked through 2^n times.
  const seen = new Set<readonly Step[]>();
  const visit = (list: readonly Step[]): void => {
    if (seen.has(list)) return;
    seen.add(list);
    for (const step of list) {
      if (step.kind === 'run' || step.kind === 'measure')
        step.writes.forEach((one) => slots.add(one));
      if ('body' in step) visit(step.body);
      if ('otherwise' in step) visit(step.otherwise);
      if ('before' in step) visit(step.before);
      if (step.kind === 'for') slots.add(step.slot);
      if (step.kind === 'switch') for (const one of step.cases) visit(one.body);
    }
  };
  visit(steps);
  return slots;
}
