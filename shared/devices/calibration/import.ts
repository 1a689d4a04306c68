import { AppError } from '../../base/errors.ts';
import { type DeviceRecord, type Figure, figureAt, isOnTwo } from '../device.ts';
import { placeOf, type Reading, type Readings } from './readings.ts';
import { calibrationFormats } from './registry.ts';

export interface ImportedCalibration {
  /** The record with the file's figures and date. */
  readonly device: DeviceRecord;
  /** The id of the file's format. */
  readonly format: string;
  /** What of the file was left out, and what the record keeps. */
  readonly notes: readonly string[];
}

/**
 * A machine as a calibration file has it. `at` is its date where the file has none; `source` names the
 * file. What the file does not say stays as the record has it; places that its figures leave out are out
 * of use. A file of another machine, or with figures that cannot be, is `bad-input` and says which.
 */
export function importCalibration(
  record: DeviceRecord,
  text: string,
  { at, source }: { readonly at?: string; readonly source: string },
): ImportedCalibration {
  const { readings, format } = read(text);
  requireSameMachine(record, readings);
  const calibratedAt = dateOf(readings.calibratedAt ?? at);
  const own = new Set(record.gates.map(({ gate }) => gate));
  const lost = [...readings.gates.keys()].filter((gate) => !own.has(gate));
  const silent = record.gates.filter(({ gate, error }) => !readings.gates.has(gate) && error !== 0);
  const notes = [
    ...(lost.length === 0 ? [] : [`${record.name} has no gate ${lost.join(', ')} here: left out.`]),
    ...(silent.length === 0
      ? []
      : [`The file says nothing of ${silent.map(({ gate }) => gate).join(', ')}: kept as it was.`]),
  ];
  return { device: withReadings(record, readings, { calibratedAt, source }), format, notes };
}

function read(text: string): { readonly readings: Readings; readonly format: string } {
  const json = jsonOrNull(text);
  for (const { id, read: take } of calibrationFormats) {
    const readings = take(text, json);
    if (readings !== null) return { readings, format: id };
  }
  const known = calibrationFormats.map(({ title }) => title).join('; ');
  const what = json === null ? 'neither JSON nor such a table' : 'JSON of another kind';
  throw new AppError('bad-input', `This is no calibration file: ${what}. Known are: ${known}.`, {});
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function dateOf(text: string | undefined): string {
  if (text === undefined) {
    throw new AppError(
      'bad-input',
      'The file does not say when the machine was calibrated; give the date (--at 2026-05-05T21:32:03Z).',
      { option: 'at' },
    );
  }
  if (!Number.isNaN(Date.parse(text))) return text;
  throw new AppError('bad-input', `A date is written as 2026-05-05T21:32:03Z; got “${text}”.`, {
    date: text,
  });
}

/** By its name where the file has one, and by its qubits and pairs. */
function requireSameMachine(
  record: DeviceRecord,
  { device, qubits: count, ...readings }: Readings,
): void {
  if (device !== null && !isNamed(record, device)) {
    throw new AppError('bad-input', `The file is of “${device}”, not of ${record.name}.`, {
      device,
    });
  }
  if (count !== null && count !== record.qubits) {
    throw new AppError(
      'bad-input',
      `The file is of a machine of ${count} qubits; ${record.name} has ${record.qubits}.`,
      { qubits: count },
    );
  }
  const pairs = new Set(record.couplings?.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  for (const [what, reading] of figuresOf(readings)) {
    if (typeof reading === 'number') {
      requirePossible(what, '', reading);
      continue;
    }
    for (const [place, value] of reading) {
      const qubits = place.split(' ').map(Number);
      const isThere =
        qubits.every((qubit) => qubit >= 0 && qubit < record.qubits) &&
        (qubits.length === 1 || record.couplings === null || pairs.has(place));
      if (!isThere) {
        const wrong = qubits.length === 1 ? `qubit ${place}` : `the pair ${qubits.join('–')}`;
        throw new AppError(
          'bad-input',
          `The file speaks of ${wrong} (${what}), which ${record.name} with its ${record.qubits} qubits does not have. Is it another machine’s?`,
          { place, figure: what },
        );
      }
      if (value !== null) requirePossible(what, place, value);
    }
  }
}

function* figuresOf(
  readings: Omit<Readings, 'device' | 'qubits'>,
): Generator<readonly [string, Reading]> {
  for (const what of ['T1', 'T2', 'read1Given0', 'read0Given1', 'readoutDuration'] as const) {
    const reading = readings[what];
    if (reading !== undefined) yield [what, reading];
  }
  for (const [gate, { error, duration }] of readings.gates) {
    if (error !== undefined) yield [`${gate} error`, error];
    if (duration !== undefined) yield [`${gate} duration`, duration];
  }
}

function requirePossible(what: string, place: string, value: number): void {
  const isTime = /duration$|^T\d$/i.test(what);
  const isPossible = isTime
    ? value >= 0 && Number.isFinite(value) && (value > 0 || !/^T\d$/.test(what))
    : value >= 0 && value <= 1;
  if (isPossible) return;
  const wanted = isTime ? 'a number of seconds above 0' : 'a probability from 0 to 1';
  throw new AppError(
    'bad-input',
    `${what}${place === '' ? '' : ` at ${place.replace(' ', '–')}`} is ${value}; it should be ${wanted}.`,
    { figure: what, place, value },
  );
}

/** "ibm_torino" is "ibm-torino"; IonQ's "qpu.forte-1" is “IonQ Forte 1”. */
function isNamed({ id, name }: DeviceRecord, device: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/^qpu\./, '')
      .replaceAll(/[^a-z0-9]/g, '');
  const [said, ...own] = [device, id, name].map(plain);
  return own.some((one) => one === said || one.endsWith(said as string));
}

function withReadings(
  record: DeviceRecord,
  readings: Readings,
  dated: Pick<DeviceRecord, 'calibratedAt' | 'source'>,
): DeviceRecord {
  const qubits = Array.from({ length: record.qubits }, (_, qubit) => [[qubit]]);
  const pairs = record.couplings?.map(([a, b]) => [
    [a, b],
    [b, a],
  ]);
  const { readout } = record;
  return {
    ...record,
    ...dated,
    gates: record.gates.map((own) => {
      const places = isOnTwo(own.gate) ? (pairs ?? [[[0, 1]]]) : qubits;
      const found = readings.gates.get(own.gate);
      return {
        gate: own.gate,
        error: figureOf(found?.error, places, own.error),
        duration:
          found?.duration === undefined
            ? own.duration
            : figureOf(found.duration, places, own.duration ?? [], true),
      };
    }),
    T1: figureOf(readings.T1, qubits, record.T1),
    T2: figureOf(readings.T2, qubits, record.T2),
    readout: {
      read1Given0: figureOf(readings.read1Given0, qubits, readout.read1Given0),
      read0Given1: figureOf(readings.read0Given1, qubits, readout.read0Given1),
      duration: readings.readoutDuration ?? readout.duration,
    },
  };
}

/** Place by place, each under any of its names; one number where that is the same everywhere. */
function figureOf(
  reading: Reading | undefined,
  places: readonly (readonly (readonly number[])[])[],
  own: Figure,
  keepsOwn = false,
): Figure {
  if (reading === undefined) return own;
  if (typeof reading === 'number') return reading;
  const values = places.map((names, k) => {
    const name = names.map(placeOf).find((one) => reading.has(one));
    if (name !== undefined) return reading.get(name) ?? null;
    return keepsOwn ? figureAt(own, k) : null;
  });
  const [first] = values;
  const isSame = first !== undefined && first !== null && values.every((one) => one === first);
  return isSame ? first : values;
}
