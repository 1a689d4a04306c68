import { controlled } from '#shared/math/matrix.ts';
import { superoperatorOf } from '../../noise/channels.ts';
import { type TransferMatrix, transferMatrixOf } from '../pauli-transfer.ts';
import type { UnitaryStep } from '../register.ts';

/**
 * What conjugation by a Clifford gate does to every Pauli string on its qubits (controls first):
 * U·P·U† = (−1)^negative[P] · image[P]. Strings are indexed as in pauli-transfer.ts.
 */
export interface CliffordTable {
  readonly qubitCount: number;
  readonly image: Uint8Array;
  readonly negative: Uint8Array;
}

/** No gate on more qubits is looked at: those of the registry that are wider are not Clifford. */
const widest = 3;
const tolerance = 1e-9;
/** Gates come again and again with the same matrices; a full memory starts anew. */
const remembered = 4096;
const memory = new Map<string, CliffordTable | null>();

/** The table of a step, or null where it maps some Pauli string to a sum of several. */
export function cliffordTableOf({ matrix, controls, targets }: UnitaryStep): CliffordTable | null {
  if (controls.length + targets.length > widest) return null;
  const key = `${controls.length} ${matrix.re.join(' ')} ${matrix.im.join(' ')}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= remembered) memory.clear();
  const unitary = controls.length === 0 ? matrix : controlled(matrix, controls.length);
  const table = tableFrom(transferMatrixOf(superoperatorOf([unitary])));
  memory.set(key, table);
  return table;
}

function tableFrom({ qubitCount, entries }: TransferMatrix): CliffordTable | null {
  const strings = 4 ** qubitCount;
  const image = new Uint8Array(strings);
  const negative = new Uint8Array(strings);
  for (let q = 0; q < strings; q++) {
    let found = -1;
    for (let p = 0; p < strings; p++) {
      if (Math.abs(Math.abs(entries[p * strings + q] as number) - 1) < tolerance) found = p;
    }
    if (found < 0) return null;
    image[q] = found;
    negative[q] = (entries[found * strings + q] as number) < 0 ? 1 : 0;
  }
  return { qubitCount, image, negative };
}
