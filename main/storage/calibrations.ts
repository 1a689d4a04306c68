import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceRecordSchema, isNewer } from '#shared/devices/calibration/kept.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { writeDurably } from './files.ts';
import type { Notify } from './stored-document.ts';
import { namesIn } from './sweep.ts';

/**
 * Calibrations that are kept in a library, one file each: calibrations/DEVICE/DATE.json. They are only ever
 * added, whole at once, so that commands may read them without opening the library. A damaged one is left
 * out and told.
 */
export function readCalibrations(folder: string, notify: Notify): DeviceRecord[] {
  const root = join(folder, 'calibrations');
  return namesIn(root).flatMap((device) =>
    namesIn(join(root, device))
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .flatMap((name) => {
        const path = join(root, device, name);
        try {
          return [deviceRecordSchema.parse(JSON.parse(readFileSync(path, 'utf8')))];
        } catch {
          notify('warning', `${path} is damaged and left out. Import that calibration again.`);
          return [];
        }
      }),
  );
}

/** The calibrations of the library that this process owns. */
export class Calibrations {
  readonly #folder: string;
  #kept: readonly DeviceRecord[];

  constructor(folder: string, notify: Notify) {
    this.#folder = folder;
    this.#kept = readCalibrations(folder, notify);
  }

  /** Of all machines, of each the oldest first. */
  all(): readonly DeviceRecord[] {
    return this.#kept;
  }

  /** Keeps one on disk; one of the same machine and moment is replaced. */
  async keep(record: DeviceRecord): Promise<void> {
    const folder = join(this.#folder, 'calibrations', record.id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const at = new Date(record.calibratedAt).toISOString();
    await writeDurably(join(folder, `${at.replaceAll(':', '')}.json`), JSON.stringify(record));
    const others = this.#kept.filter(
      (one) => one.id !== record.id || isNewer(one, record) || isNewer(record, one),
    );
    this.#kept = [...others, record].toSorted((a, b) =>
      isNewer(a, b) ? 1 : isNewer(b, a) ? -1 : 0,
    );
  }
}
