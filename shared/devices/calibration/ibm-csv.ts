import { AppError } from '../../base/errors.ts';
import {
  type CalibrationFormat,
  GateReadings,
  middleOf,
  placeOf,
  type Readings,
} from './readings.ts';

/** Columns of gates by how their headings begin, and what the platform calls them. */
const oneQubit: Readonly<Record<string, string>> = {
  'id error': 'id',
  'z-axis rotation (rz) error': 'rz',
  '√x (sx) error': 'sx',
  'pauli-x error': 'x',
  'rx error': 'rx',
};
const twoQubit: Readonly<Record<string, string>> = {
  'cnot error': 'cx',
  'ecr error': 'ecr',
  'cz error': 'cz',
  'rzz error': 'rzz',
};
const micro = 1e-6;
const nano = 1e-9;

/**
 * The table that IBM's platform offers for download, one row a qubit; pairs stand as "0_1:0.0057;…" or,
 * since Heron, as "1:0.0057;…". It says neither its machine nor, but for its name, its date.
 */
export const ibmCsv: CalibrationFormat = {
  id: 'ibm-csv',
  title: 'IBM calibration table (CSV)',
  summary: 'Downloaded from the page of a QPU on IBM Quantum Platform.',
  read(text) {
    const rows = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    const header = fieldsOf(rows[0] ?? '').map((name) => name.trim().toLowerCase());
    if (header[0] !== 'qubit' || !header.includes('t1 (us)')) return null;
    return readingsOf(header, rows.slice(1).map(fieldsOf));
  },
};

function readingsOf(header: readonly string[], rows: readonly (readonly string[])[]): Readings {
  const qubits = rows.map((row) => qubitOf(row[0] ?? ''));
  const column = (name: string, scale = 1): Map<string, number | null> | null => {
    const at = header.indexOf(name);
    if (at < 0) return null;
    return new Map(rows.map((row, k) => [String(qubits[k]), numberIn(row[at], name, scale)]));
  };
  const readout = column('readout assignment error') ?? new Map<string, number | null>();
  const length = middleOf(column('readout length (ns)', nano)?.values() ?? []);
  return {
    device: null,
    qubits: qubits.length,
    calibratedAt: null,
    ...named('T1', column('t1 (us)', micro)),
    ...named('T2', column('t2 (us)', micro)),
    read1Given0: column('prob meas1 prep0') ?? readout,
    read0Given1: column('prob meas0 prep1') ?? readout,
    ...(length === null ? {} : { readoutDuration: length }),
    gates: gatesOf(header, rows, qubits, column),
  };
}

function gatesOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  qubits: readonly number[],
  column: (name: string, scale?: number) => ReadonlyMap<string, number | null> | null,
): Readings['gates'] {
  const read = new GateReadings();
  const lengths = column('single-qubit gate length (ns)', nano);
  for (const [name, gate] of Object.entries(oneQubit)) {
    for (const [place, value] of column(name) ?? []) read.error(gate, place, value);
    // Turns about z are made in software.
    if (gate === 'rz' || !header.includes(name)) continue;
    for (const [place, value] of lengths ?? []) read.duration(gate, place, value);
  }
  const times = header.findIndex((name) => /^gate (?:time|length) \(ns\)$/.test(name));
  for (const [name, gate] of Object.entries(twoQubit)) {
    const at = header.indexOf(name);
    if (at < 0) continue;
    rows.forEach((row, k) => {
      const qubit = qubits[k] as number;
      for (const [place, value] of pairsIn(row[at] ?? '', qubit)) read.error(gate, place, value);
      // One column of times speaks of the machine's one interaction; fractional ones share it.
      const own = gate === 'rzz' || times < 0 ? '' : (row[times] ?? '');
      for (const [place, value] of pairsIn(own, qubit)) {
        read.duration(gate, place, value === null ? null : value * nano);
      }
    });
  }
  return read.gates;
}

/** "0_1:0.0057;0_2:0.006" or "1:0.0057;2:0.006" of qubit 0. */
function pairsIn(text: string, qubit: number): [string, number | null][] {
  return text
    .split(/[;,]/)
    .filter((one) => one.includes(':'))
    .map((one) => {
      const [on = '', value = ''] = one.split(':').map((part) => part.trim());
      const ends = on.split('_').map(qubitOf);
      return [placeOf(ends.length === 1 ? [qubit, ...ends] : ends), numberIn(value, on, 1)];
    });
}

function qubitOf(text: string): number {
  const found = /^\s*Q?(\d+)\s*$/i.exec(text)?.[1];
  if (found !== undefined) return Number(found);
  throw new AppError('bad-input', `A row names its qubit by a number from 0; got “${text}”.`, {
    qubit: text,
  });
}

/** Null where a field is empty. */
function numberIn(text: string | undefined, what: string, scale: number): number | null {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  if (Number.isFinite(value)) return value * scale;
  throw new AppError('bad-input', `“${what}” is a number; got “${trimmed}”.`, { column: what });
}

/** Fields of a line, quotes taken off; none holds a line break. */
function fieldsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

function named<K extends string, V>(key: K, value: V | null): Partial<Record<K, V>> {
  return value === null ? {} : ({ [key]: value } as Record<K, V>);
}
