import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { writeDurably } from '../storage/files.ts';
import { birthOf, isRunning } from '../storage/process-mark.ts';

const hostFileSchema = z.object({
  address: z.string(),
  pid: z.number(),
  token: z.string(),
  /** Tells the process from a later one with its number. */
  born: z.string().nullable().default(null),
});

/** How other commands reach the instance that owns a library. */
export type HostFile = z.infer<typeof hostFileSchema>;

/** Publishes an instance in its library's folder, readable by the owner only, until disposed. */
export async function publishHost(
  folder: string,
  host: Pick<HostFile, 'address' | 'token'>,
): Promise<Disposable> {
  const path = join(folder, 'host.json');
  const { address, token } = host;
  const content: HostFile = { address, pid: process.pid, token, born: birthOf(process.pid) };
  await writeDurably(path, JSON.stringify(content), { mode: 0o600 });
  return toDisposable(() => {
    if (readHostFile(folder)?.pid === process.pid) rmSync(path, { force: true });
  });
}

/** The instance that published itself last; it may be gone by now. */
export function readHostFile(folder: string): HostFile | null {
  return readOrNull(join(folder, 'host.json'), hostFileSchema);
}

/** The instance that has published itself and still runs. */
export function runningHost(folder: string): HostFile | null {
  const found = readHostFile(folder);
  return found !== null && isRunning(found) ? found : null;
}

const doorSchema = z.object({
  port: z.int().gte(1).lte(65_535),
  token: z.string().min(32),
  cookie: z.string().min(32),
});

/** Where a host listened and what let in: a window that was open then finds its way back. */
export type Door = z.infer<typeof doorSchema>;

/** The door of the last host that served windows, or null. */
export function readDoor(folder: string): Door | null {
  return readOrNull(join(folder, 'door.json'), doorSchema);
}

/** Keeps a door for the next start, readable by the owner only. */
export async function keepDoor(folder: string, door: Door): Promise<void> {
  await writeDurably(join(folder, 'door.json'), JSON.stringify(door), { mode: 0o600 });
}

function readOrNull<S extends z.ZodType>(path: string, schema: S): z.infer<S> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
