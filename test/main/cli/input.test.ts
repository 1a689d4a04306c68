import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { includeBeside, readText } from '../../../main/cli/input.ts';

const folder = mkdtempSync(join(tmpdir(), 'ketbench-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function at(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('files on the command line', () => {
  it('are read as UTF-8 text', () => {
    expect(readText(at('text.qasm', 'OPENQASM 3.0; // π'))).toBe('OPENQASM 3.0; // π');
  });

  it('are refused with a reason where they are no texts', () => {
    expect(() => readText(at('zero.qasm', Uint8Array.of(65, 0, 66)))).toThrow(/byte 1 is zero/);
    expect(() => readText(at('latin.qasm', Uint8Array.of(65, 0xe9, 66)))).toThrow(/not UTF-8/);
    mkdirSync(join(folder, 'folder.qasm'));
    expect(() => readText(join(folder, 'folder.qasm'))).toThrow(/is a folder, not a file/);
    expect(() => readText(join(folder, 'none.qasm'))).toThrow(/there is no such file/);
    expect(() => readText(join(folder, 'text.qasm', 'x'))).toThrow(/is no folder/);
  });

  it.skipIf(process.platform === 'win32')('never wait for a named pipe', () => {
    const pipe = join(folder, 'pipe.qasm');
    execFileSync('sh', ['-c', `mkfifo '${pipe}'`]);
    expect(() => readText(pipe)).toThrow(/is a named pipe/);
    const include = includeBeside(join(folder, 'main.qasm'));
    expect(include('pipe.qasm')).toBeNull();
    expect(include('text.qasm')).toBe('OPENQASM 3.0; // π');
  });
});
