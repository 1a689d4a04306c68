import { nearest, standardGateNames } from '#shared/qasm/semantics/suggest.ts';
import { gateById, gateNamed, gates } from '#shared/gates/registry.ts';
import type { NoiseModel, NoiseRule } from '#shared/jobs/noise.ts';
import { AppError } from '#shared/base/errors.ts';

export interface NoiseFault {
  /** "rules[0].on[1]" */
  readonly path: string;
  readonly message: string;
}

/** The gate that a name from elsewhere means: by what people call it, else the nearest by spelling. */
function meantBy(name: string): string | null {
  const word = name.toLowerCase();
  const called = gates.find(({ id, aliases, title }) =>
    [id, title, ...aliases].some((one) => one.toLowerCase() === word),
  );
  return called?.id ?? nearest(name, standardGateNames());
}

/** Rules that could never apply and readings that contradict each other; [] where a model means what it says. */
export function noiseFaults(model: NoiseModel): NoiseFault[] {
  return [...model.rules.flatMap(ruleFaults), ...readoutFaults(model)];
}

/** Throws the first fault of a model. */
export function requireSoundNoise(model: NoiseModel): void {
  const [first] = noiseFaults(model);
  if (first === undefined) return;
  throw new AppError('bad-input', `noise ${first.path}: ${first.message}`, { path: first.path });
}

function ruleFaults(rule: NoiseRule, k: number): NoiseFault[] {
  const path = `rules[${k}]`;
  const faults: NoiseFault[] = [];
  if (typeof rule.on !== 'string') {
    rule.on.forEach((name, i) => {
      if (gateOf(name) !== null) return;
      const meant = meantBy(name);
      const hint = meant === null ? '' : ` Did you mean “${meant}”?`;
      faults.push({
        path: `${path}.on[${i}]`,
        message: `There is no gate “${name.slice(0, 60)}”; rules name gates of the standard libraries, such as cx, and own gates are made of those.${hint}`,
      });
    });
  }
  if (rule.qubits?.length === 0)
    faults.push({ path: `${path}.qubits`, message: 'An empty list of qubits never applies.' });
  if (rule.channel === 'kraus') faults.push(...krausFaults(rule, path));
  if (rule.channel === 'thermal_relaxation' && rule.T2 > 2 * rule.T1) {
    faults.push({
      path: `${path}.T2`,
      message: `Thermal relaxation needs T2 ≤ 2·T1; got T1 = ${rule.T1}, T2 = ${rule.T2}.`,
    });
  }
  return faults;
}

/** The gate that a rule's name stands for in either language. */
export function gateOf(name: string) {
  return gateById(name) ?? gateNamed(name, 3);
}

function krausFaults(rule: Extract<NoiseRule, { channel: 'kraus' }>, path: string): NoiseFault[] {
  const side = rule.matrices[0]?.length ?? 0;
  const qubits = Math.log2(side);
  const isSquare = rule.matrices.every(
    (rows) => rows.length === side && rows.every((row) => row.length === side),
  );
  if (!isSquare || !Number.isInteger(qubits) || qubits < 1 || qubits > krausQubits) {
    const sizes = rule.matrices.map((rows) => `${rows.length}×${rows[0]?.length ?? 0}`);
    return [
      {
        path: `${path}.matrices`,
        message: `Kraus matrices must all be 2^k × 2^k with one k from 1 to ${krausQubits}, every row as long as there are rows; got ${sizes.slice(0, 4).join(', ')}${sizes.length > 4 ? ', …' : ''}.`,
      },
    ];
  }
  if (qubits === 1) return [];
  const arities = aritiesOf(rule.on);
  if (arities === null || arities.includes(qubits)) return [];
  return [
    {
      path: `${path}.on`,
      message: `A channel on ${qubits} qubits never follows these gates, which have ${[...new Set(arities)].join(', ')}. Use matrices for one qubit, or gates of ${qubits} qubits.`,
    },
  ];
}

const krausQubits = 4;

/** Numbers of qubits of the gates that a rule names; null: any. */
function aritiesOf(on: NoiseRule['on']): number[] | null {
  if (on === 'all') return null;
  if (on === '1q') return [1];
  if (on === '2q') return [2];
  return on.flatMap((name) => gateOf(name)?.qubitCount ?? []);
}

function readoutFaults({ readout }: NoiseModel): NoiseFault[] {
  const seen = new Set<number>();
  return readout.flatMap(({ qubit }, k) => {
    if (!seen.has(qubit)) {
      seen.add(qubit);
      return [];
    }
    return [
      { path: `readout[${k}].qubit`, message: `Qubit ${qubit} has a readout error already.` },
    ];
  });
}
