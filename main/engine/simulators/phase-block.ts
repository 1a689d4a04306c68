import type { Expression } from '#shared/circuit/expression.ts';
import type { Amplitudes } from './amplitudes.ts';
import type { UnitaryInstruction } from './lowering.ts';
import { paritySign } from './pauli-expectation.ts';

/**
 * A run of diagonal gates that all turn with one parameter: amplitude x is multiplied by
 * exp(−i·parameter·generator[x]). A QAOA cost layer is one of these, whatever its number of couplings.
 */
export interface PhaseBlock {
  readonly kind: 'phase';
  readonly parameter: string;
  /** The gates that were merged. */
  readonly instructions: readonly UnitaryInstruction[];
  /** Made when it is first asked for, once for all blocks with the same couplings. */
  readonly generator: () => Float64Array;
}

/** One term of a generator: weight·(±1 by the parity of the masked bits), plus a constant. */
interface PhaseTerm {
  readonly parameter: string;
  readonly mask: number;
  readonly weight: number;
}

interface MergedGate {
  readonly instruction: UnitaryInstruction;
  readonly term: PhaseTerm;
}

/** Shorter runs are as fast gate by gate. */
const shortestRun = 4;
/** Wider tables cost more memory than they save time. */
const widestTable = 22;

/** Takes runs of such gates out of a list; what is not in a run is handed on as it is. */
export function mergePhases(
  instructions: readonly UnitaryInstruction[],
  qubits: number,
): (UnitaryInstruction | PhaseBlock)[] {
  if (qubits > widestTable) return [...instructions];
  const tables = new Map<string, Float64Array>();
  const result: (UnitaryInstruction | PhaseBlock)[] = [];
  let run: MergedGate[] = [];
  const flush = (): void => {
    if (run.length < shortestRun) result.push(...run.map(({ instruction }) => instruction));
    else result.push(blockOf(run, qubits, tables));
    run = [];
  };
  for (const instruction of instructions) {
    const term = phaseTermOf(instruction);
    if (term === null || (run[0] !== undefined && run[0].term.parameter !== term.parameter))
      flush();
    if (term === null) result.push(instruction);
    else run.push({ instruction, term });
  }
  flush();
  return result;
}

/** RZ and RZZ at a multiple of one parameter; null for everything else. */
function phaseTermOf(instruction: UnitaryInstruction): PhaseTerm | null {
  const { gate, parameters, qubits, power } = instruction;
  if ((gate.id !== 'rz' && gate.id !== 'rzz') || power !== 1 || qubits.length !== gate.qubitCount)
    return null;
  const linear = linearIn(parameters[0] as Expression);
  if (linear === null) return null;
  const mask = qubits.reduce((sum, qubit) => sum | (1 << qubit), 0);
  return { parameter: linear.parameter, mask, weight: linear.factor / 2 };
}

function linearIn(
  expression: Expression,
): { readonly parameter: string; readonly factor: number } | null {
  if (expression.kind === 'parameter') return { parameter: expression.name, factor: 1 };
  if (expression.kind !== 'binary' || expression.operator !== '*') return null;
  const { left, right } = expression;
  return left.kind === 'number' && right.kind === 'parameter'
    ? { parameter: right.name, factor: left.value }
    : null;
}

/** Layers with the same couplings share one table. */
function blockOf(
  run: readonly MergedGate[],
  qubits: number,
  tables: Map<string, Float64Array>,
): PhaseBlock {
  const terms = run.map(({ term }) => term);
  const key = terms.map(({ mask, weight }) => `${mask}:${weight}`).join(' ');
  return {
    kind: 'phase',
    parameter: (terms[0] as PhaseTerm).parameter,
    instructions: run.map(({ instruction }) => instruction),
    generator() {
      const generator = tables.get(key) ?? tableOf(terms, qubits);
      tables.set(key, generator);
      return generator;
    },
  };
}

function tableOf(terms: readonly PhaseTerm[], qubits: number): Float64Array {
  const generator = new Float64Array(2 ** qubits);
  for (const { mask, weight } of terms) {
    for (let x = 0; x < generator.length; x++) {
      generator[x] = (generator[x] as number) + weight * paritySign(x & mask);
    }
  }
  return generator;
}

/** Multiplies amplitude x by exp(−i·angle·generator[x]). */
export function applyPhases({ re, im }: Amplitudes, generator: Float64Array, angle: number): void {
  for (let x = 0; x < generator.length; x++) {
    const phase = -angle * (generator[x] as number);
    const cos = Math.cos(phase);
    const sin = Math.sin(phase);
    const a = re[x] as number;
    const b = im[x] as number;
    re[x] = cos * a - sin * b;
    im[x] = cos * b + sin * a;
  }
}
