import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Disposable, toDisposable } from '#shared/base/disposable.ts';
import { writeDurably } from '../storage/files.ts';

const hostFileSchema = z.object({ address: z.string(), pid: z.number(), token: z.string() });

/** How other commands reach the instance that owns a library. */
export type HostFile = z.infer<typeof hostFileSchema>;

/** Publishes an instance in its library's folder, readable by the owner only, until disposed. */
export async function publishHost(
  folder: string,
  host: Omit<HostFile, 'pid'>,
): Promise<Disposable> {
  const path = join(folder, 'host.json');
  const content: HostFile = { address: host.address, pid: process.pid, token: host.token };
  await writeDurably(path, JSON.stringify(content), { mode: 0o600 });
  return toDisposable(() => {
    if (readHostFile(folder)?.pid === process.pid) rmSync(path, { force: true });
  });
}

/** The instance that published itself last; it may be gone by now. */
export function readHostFile(folder: string): HostFile | null {
  try {
    return hostFileSchema.parse(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')));
  } catch {
    return null;
  }
}
