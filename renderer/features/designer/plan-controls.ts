import { columnsOf } from '#shared/circuit/blocks.ts';
import {
  type Circuit,
  type Control,
  type GateOperation,
  nameOfIndex,
  qubitsOf,
} from '#shared/circuit/circuit.ts';
import { underControls, withAllControls } from '#shared/circuit/controlled-forms.ts';
import type { Cell, Plan } from './plan.ts';

type Refused = { readonly refusal: string };

/** A gate with every control apart from it. */
function apartFrom(call: GateOperation): GateOperation {
  const [plain, ...more] = withAllControls(call);
  return plain !== undefined && more.length === 0 ? plain : call;
}

/** What a wire is to a gate: its control (1), its anti-control (0), or null. */
export function controlOn(call: GateOperation, row: number): Control['value'] | null {
  return (apartFrom(call).controls ?? []).find(({ qubit }) => qubit === row)?.value ?? null;
}

/**
 * Makes a wire the control (1) or anti-control (0) of a gate, or (null) takes it away as such.
 * Controls that belong to the gate itself (cx) count as well.
 */
export function planControlValue(
  circuit: Circuit,
  index: number,
  row: number,
  value: Control['value'] | null,
): Plan | Refused {
  const call = circuit.operations[index];
  if (call?.kind !== 'gate') return { refusal: 'Only gates have controls.' };
  const apart = apartFrom(call);
  if (apart.qubits.includes(row)) return { refusal: 'The gate acts on this wire itself.' };
  const { controls = [], origin: _, ...bare } = apart;
  const others = controls.filter(({ qubit }) => qubit !== row);
  const next = value === null ? others : [...others, { qubit: row, value }];
  const operation = underControls(bare, next);
  return { edits: [{ kind: 'replace', index, operation }], selection: [index] };
}

/** The next state of a wire as control of a gate: none, control, anti-control, none. */
export function planControl(circuit: Circuit, index: number, row: number): Plan | Refused {
  const call = circuit.operations[index];
  const before = call?.kind === 'gate' ? controlOn(call, row) : null;
  return planControlValue(circuit, index, row, before === null ? 1 : before === 1 ? 0 : null);
}

/** A control that is put on a wire: it goes to the nearest gate of the column. */
export function planControlAt(
  circuit: Circuit,
  { row, column }: Cell,
  value: Control['value'],
  columns: readonly number[] = columnsOf(circuit),
): Plan | Refused {
  const distance = (index: number): number => {
    const rows = qubitsOf(circuit.operations[index] as GateOperation);
    return Math.min(...rows.map((one) => Math.abs(one - row)));
  };
  const [nearest] = circuit.operations
    .flatMap((one, index) => (one.kind === 'gate' && columns[index] === column ? [index] : []))
    .toSorted((a, b) => distance(a) - distance(b));
  if (nearest !== undefined) return planControlValue(circuit, nearest, row, value);
  const wire = nameOfIndex(circuit.qubitRegisters, row);
  return { refusal: `There is no gate in column ${column + 1} that ${wire} could control.` };
}
