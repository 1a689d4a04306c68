import { basename } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import type { Drift } from '#shared/devices/calibration/drift.ts';
import { calibrationFormats } from '#shared/devices/calibration/registry.ts';
import { typicalFigures } from '#shared/devices/device.ts';
import type { RequestOutput } from '#shared/ipc/contract.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { readText } from '../input.ts';
import { formatTable, shortNumber } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench calibration …`: what is known of a machine, and newer figures of it. */
export const command: Command = {
  usage: 'calibration show DEVICE | calibration import DEVICE FILE [--at DATE]',
  summary: 'Show a machine’s calibration, or import a newer one from a file.',
  help: `What is imported is kept in the library. The newest one, by its own date, is what --noise, --target,
jobs and estimates take from then on; the date stands in their results. Jobs keep the one that they were
submitted with. --at gives the date of a file that has none (2026-05-05T21:32:03Z).
Formats: ${calibrationFormats.map(({ title }) => title).join('; ')}.`,
  arguments: [2, 3],
  options: { at: { type: 'string' } },
  async run(invocation) {
    const [action, id, file] = invocation.positionals;
    const isKnown = file === undefined ? action === 'show' : action === 'import';
    if (!isKnown || id === undefined) {
      throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
    }
    // A file that is not there is told before the library is opened.
    const text = file === undefined ? null : readText(file);
    const session = await openSession();
    try {
      if (text === null || file === undefined) await show(session, invocation, id);
      else await take(session, invocation, { id, text, file });
      return 0;
    } finally {
      await session.close();
    }
  },
};

async function show(session: Session, invocation: Invocation, deviceId: string): Promise<void> {
  const found = await session.request('calibrations.show', { deviceId });
  const { device, ...about } = found;
  invocation.print({ ...device, ...about }, () => spoken(found));
}

async function take(
  session: Session,
  invocation: Invocation,
  { id, text, file }: { readonly id: string; readonly text: string; readonly file: string },
): Promise<void> {
  const at = textOption(invocation, 'at') ?? dateIn(file);
  const found = await session.request('calibrations.import', {
    deviceId: id,
    text,
    source: file === '-' ? 'standard input' : basename(file),
    ...(at === undefined ? {} : { at }),
  });
  const { device, ...about } = found;
  invocation.print({ ...device, ...about }, () =>
    [...found.notes, spoken(found)].map((line) => line.trimEnd()).join('\n'),
  );
}

/** IBM's tables carry their date in their name: ibm_fez_calibrations_2026-05-05T21_32_03Z.csv. */
function dateIn(file: string): string | undefined {
  const found = /(\d{4}-\d\d-\d\d)(?:T(\d\d)[_:-]?(\d\d)[_:-]?(\d\d))?/.exec(basename(file));
  if (found === null) return undefined;
  const [, day, hour = '00', minute = '00', second = '00'] = found;
  return `${day}T${hour}:${minute}:${second}Z`;
}

function spoken({ device, from, kept, recordedAt, drift }: Found): string {
  const { oneQubitError, twoQubitError, readoutError, times } = typicalFigures(device);
  const seconds = Object.entries(times).map(([name, value]) => [name, `${shortNumber(value)} s`]);
  const figures = [
    ['machine', `${device.name} (${device.qubits} qubits)`],
    [
      'calibrated',
      `${device.calibratedAt} (${from === 'record' ? 'known to Ketbench' : 'imported'})`,
    ],
    ['source', device.source],
    ['one-qubit error', shortNumber(oneQubitError)],
    ['two-qubit error', shortNumber(twoQubitError)],
    ['readout error', shortNumber(readoutError)],
    ...seconds,
    ...(kept.length === 0 ? [] : [['kept', kept.join(', ')]]),
  ];
  if (drift.length === 0) return formatTable(figures);
  const rows = drift.map((one) => [one.figure, ...changeOf(one)]);
  return [
    formatTable(figures),
    `\nagainst the record of ${recordedAt} (medians)`,
    formatTable([['figure', 'before', 'after', 'most'], ...rows]),
  ].join('\n');
}

type Found = RequestOutput<'calibrations.show'>;

function changeOf({ unit, before, after, most, lost, regained }: Drift): string[] {
  const said = (value: number): string => `${shortNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
  const places = [
    ...(most === null ? [] : [`${most.place}: ${said(most.before)} to ${said(most.after)}`]),
    ...(lost.length === 0 ? [] : [`out of use: ${lost.join(' ')}`]),
    ...(regained.length === 0 ? [] : [`back: ${regained.join(' ')}`]),
  ];
  return [said(before), said(after), places.join('; ')];
}
