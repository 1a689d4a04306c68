import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('the ahead-of-time kernels', () => {
  it('are what the sources compile to', async () => {
    // By its address: the set-up scripts are plain JavaScript without declarations.
    const script = new URL('../../../main/cli/setup/kernels.js', import.meta.url);
    const { buildKernels } = (await import(script.href)) as {
      readonly buildKernels: () => Promise<string>;
    };
    const file = new URL('../../../main/engine/kernels/kernel-modules.ts', import.meta.url);
    expect(await buildKernels()).toBe(readFileSync(file, 'utf8'));
  });
});
