import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real disk of its own that a test can fill, free and make read-only. */
export interface SmallDisk {
  readonly path: string;
  fill(): void;
  free(): void;
  makeReadOnly(isReadOnly: boolean): void;
  remove(): void;
}

/** Mounts one; null, where this user may not mount (only root on Linux may). */
export function mountSmallDisk(bytes: number): SmallDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const path = mkdtempSync(join(tmpdir(), 'ketbench-disk-'));
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status === 0;
  if (!mount(`size=${bytes}`)) {
    rmSync(path, { recursive: true });
    return null;
  }
  const ballast = join(path, 'ballast');
  return {
    path,
    fill() {
      const { bavail, bsize } = statfsSync(path);
      try {
        writeFileSync(ballast, new Uint8Array(bavail * bsize));
      } catch {
        // Full is what it was to be.
      }
    },
    free: () => rmSync(ballast, { force: true }),
    makeReadOnly: (isReadOnly) => void mount(`remount,size=${bytes},${isReadOnly ? 'ro' : 'rw'}`),
    remove() {
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
