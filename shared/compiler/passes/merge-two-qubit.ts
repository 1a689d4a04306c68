import { type GateOperation, type Operation, qubitsOf } from '../../circuit/circuit.ts';
import { parametersIn } from '../../circuit/expression.ts';
import { matrixOfCall } from '../../circuit/unitary.ts';
import { embed } from '../../gates/product.ts';
import { identity, type Matrix, multiplyMatrices } from '../../math/matrix.ts';
import {
  type Entanglers,
  entanglersOf,
  inInteractions,
  matrixInInteractions,
} from '../entanglers.ts';
import { rewriting } from '../pass.ts';

const anyWay = (): boolean => true;

/** Runs of gates on one pair as one unitary, where that needs fewer interactions. */
export const mergeTwoQubit = rewriting(
  'merge-two-qubit',
  'Merge gates on pairs',
  'Makes the unitary of each run of gates on a pair anew by its Cartan decomposition, where that takes fewer interactions.',
  (circuit, { target }) => {
    const basis = target.basis ?? new Set(['cx', 'u']);
    const merger = new Merger(entanglersOf(basis));
    return { ...circuit, operations: merger.merged(circuit.operations) };
  },
);

/** A run on a pair and its place among the operations. */
interface Block {
  readonly pair: readonly [number, number];
  readonly calls: GateOperation[];
  readonly place: number;
}

class Merger {
  readonly #entanglers: Entanglers;
  readonly #costs = new Map<string, number>();

  constructor(entanglers: Entanglers) {
    this.#entanglers = entanglers;
  }

  merged(operations: readonly Operation[]): Operation[] {
    const parts: (readonly Operation[])[] = [];
    const open = new Map<number, Block>();
    const close = (block: Block | undefined): void => {
      if (block === undefined) return;
      for (const qubit of block.pair) open.delete(qubit);
      parts[block.place] = this.#remade(block);
    };
    for (const operation of operations) {
      const qubits = qubitsOf(operation);
      const [a, b] = qubits as [number, number | undefined];
      const isClosed = operation.kind === 'gate' && isBound(operation);
      const block = qubits.length === 0 ? undefined : open.get(a);
      if (isClosed && block !== undefined && (b === undefined || open.get(b) === block)) {
        block.calls.push(operation);
        continue;
      }
      for (const qubit of qubits) close(open.get(qubit));
      if (isClosed && b !== undefined) {
        const fresh: Block = { pair: [a, b], calls: [operation], place: parts.length };
        open.set(a, fresh).set(b, fresh);
        parts.push([]);
      } else if (operation.kind === 'if') {
        const [body, otherwise] = [this.merged(operation.body), this.merged(operation.otherwise)];
        parts.push([{ ...operation, body, otherwise }]);
      } else parts.push([operation]);
    }
    for (const block of new Set(open.values())) parts[block.place] = this.#remade(block);
    return parts.flat();
  }

  #remade({ pair, calls }: Block): readonly Operation[] {
    const now = calls.reduce((sum, call) => sum + this.#costOf(call), 0);
    if (now < 2 || calls.filter(({ qubits }) => qubits.length === 2).length < 2) return calls;
    const place = (qubit: number): number => (qubit === pair[0] ? 0 : 1);
    const matrix = calls.reduce<Matrix>(
      (done, call) => multiplyMatrices(embed(matrixOfCall(call), call.qubits.map(place), 2), done),
      identity(4),
    );
    const made = matrixInInteractions(matrix, pair, this.#entanglers, anyWay);
    return countPairs(made) < now ? made : calls;
  }

  /** How many native interactions a gate takes. */
  #costOf(call: GateOperation): number {
    if (call.qubits.length < 2) return 0;
    const key = `${call.gate} ${JSON.stringify(call.parameters)}`;
    const known =
      this.#costs.get(key) ??
      countPairs(inInteractions({ ...call, qubits: [0, 1] }, this.#entanglers, anyWay));
    this.#costs.set(key, known);
    return known;
  }
}

function countPairs(calls: readonly GateOperation[]): number {
  return calls.reduce((sum, { qubits }) => sum + (qubits.length === 2 ? 1 : 0), 0);
}

function isBound({ parameters, qubits }: GateOperation): boolean {
  return qubits.length > 0 && parameters.every((one) => parametersIn(one).length === 0);
}
