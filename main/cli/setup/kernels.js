import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assemblyscript from 'assemblyscript';
import asc from 'assemblyscript/asc';
import { root } from './paths.js';

const folder = join(root, 'main', 'engine', 'kernels');
const sources = join(folder, 'assembly');
const output = join(folder, 'kernel-modules.ts');

/** The builds that are shipped: both precisions, with and without relaxed SIMD. */
const variants = ['f32', 'f64'].flatMap((precision) =>
  [true, false].map((relaxed) => ({ precision, relaxed })),
);

/** What is compiled by itself, and what it is. */
const entries = [
  { list: 'kernelModules', entry: 'index.ts', isWide: false, what: 'Passes and sums over states' },
  {
    list: 'wideModules',
    entry: 'index.ts',
    isWide: true,
    what: 'The same with addresses of 64 bits',
  },
  {
    list: 'shotModules',
    entry: 'shots.ts',
    isWide: false,
    what: 'Noisy shots, which import the segments of a circuit',
  },
  {
    list: 'frameModules',
    entry: 'frames.ts',
    isWide: false,
    what: 'Pauli frames, which compute with bits: one build is all there is',
    only: 'f64-portable',
  },
];

/** The compiler's own number of each target; its command line knows the first only. */
const targets = { narrow: 1, wide: 2 };
let target = targets.narrow;
Object.defineProperty(Object.getPrototypeOf(assemblyscript.newOptions()), 'target', {
  get: () => target,
  set() {
    // What the command line sets is left alone.
  },
});

/** The import of a shared memory, up to its flags. */
const importedMemory = Buffer.from('\x03env\x06memory\x02', 'latin1');
const wideFlag = 4;

/** The compiler writes 64-bit code but declares its memory as a 32-bit one, which the flag makes good. */
function declareWide(binary) {
  const at = Buffer.from(binary).indexOf(importedMemory) + importedMemory.length;
  binary[at] |= wideFlag;
}

/** Compiles one variant of an entry; the same sources give the same bytes. */
async function compile({ entry, isWide }, { precision, relaxed }) {
  target = isWide ? targets.wide : targets.narrow;
  const variant = [
    `export const F32: bool = ${precision === 'f32'};`,
    `export const RELAXED: bool = ${relaxed};`,
    `export type real = ${precision};`,
  ].join('\n');
  let binary = null;
  const features = [
    'simd',
    'threads',
    ...(relaxed ? ['relaxed-simd'] : []),
    ...(isWide ? ['memory64'] : []),
  ];
  const { error, stderr } = await asc.main(
    [
      entry,
      '--outFile=out.wasm',
      '-O3',
      '--noAssert',
      '--runtime=stub',
      '--importMemory',
      '--sharedMemory',
      '--initialMemory=16',
      `--maximumMemory=${isWide ? 262144 : 65536}`,
      // What it would find is the memory's own declaration.
      ...(isWide ? ['--noValidate'] : []),
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: async (name) => {
        const path = relative(sources, join(sources, name));
        if (path === 'variant.ts') return variant;
        return readFile(join(sources, path), 'utf8').catch(() => null);
      },
      writeFile: (_, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(error.message, { cause: String(stderr.toBuffer()) });
  if (isWide) declareWide(binary);
  return binary;
}

/** The generated file: for each entry a module a variant, as base64. */
export async function buildKernels() {
  const parts = [
    '/* Written by “npm run build:kernels” from assembly/: WebAssembly modules in base64. */',
  ];
  for (const one of entries) {
    const lines = [];
    for (const variant of variants) {
      const name = `${variant.precision}-${variant.relaxed ? 'relaxed' : 'portable'}`;
      if (one.only !== undefined && one.only !== name) continue;
      const text = Buffer.from(await compile(one, variant)).toString('base64');
      lines.push(`  '${name}':\n    '${text}',`);
    }
    parts.push(
      `/** ${one.what}. */\nexport const ${one.list} = {\n${lines.join('\n')}\n} as const;`,
    );
  }
  return `${parts.join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(output, await buildKernels());
}
