import type { Operation, Register } from './circuit.ts';

/** One invertible change of a circuit. Indices count in `circuit.operations` before the change. */
export type CircuitEdit =
  /** Puts operations before the one at `index` (length = at the end). */
  | { readonly kind: 'insert'; readonly index: number; readonly operations: readonly Operation[] }
  | { readonly kind: 'remove'; readonly indices: readonly number[] }
  | { readonly kind: 'replace'; readonly index: number; readonly operation: Operation }
  /** Takes the operation at `from` out and puts `operation` (moved to other wires) before `to`. */
  | {
      readonly kind: 'move';
      readonly from: number;
      readonly to: number;
      readonly operation: Operation;
    }
  | { readonly kind: 'add-register'; readonly of: 'qubit' | 'bit'; readonly register: Register }
  /** Only unused wires at the end may be taken away. */
  | {
      readonly kind: 'resize-register';
      readonly of: 'qubit' | 'bit';
      readonly name: string;
      readonly size: number;
    }
  | {
      readonly kind: 'rename-register';
      readonly of: 'qubit' | 'bit';
      readonly name: string;
      readonly to: string;
    };
