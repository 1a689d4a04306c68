import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  { list: 'kernelModules', entry: 'index.ts', what: 'Passes and sums over states' },
  {
    list: 'shotModules',
    entry: 'shots.ts',
    what: 'Noisy shots, which import the segments of a circuit',
  },
];

/** Compiles one variant of an entry; the same sources give the same bytes. */
async function compile(entry, { precision, relaxed }) {
  const variant = [
    `export const F32: bool = ${precision === 'f32'};`,
    `export const RELAXED: bool = ${relaxed};`,
    `export type real = ${precision};`,
  ].join('\n');
  let binary = null;
  const features = ['simd', 'threads', ...(relaxed ? ['relaxed-simd'] : [])];
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
      '--maximumMemory=65536',
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
  if (error !== null) throw new Error(error.message, { cause: stderr });
  return binary;
}

/** The generated file: for each entry a module a variant, as base64. */
export async function buildKernels() {
  const parts = [
    '/* Written by “npm run build:kernels” from assembly/: WebAssembly modules in base64. */',
  ];
  for (const { list, entry, what } of entries) {
    const lines = [];
    for (const variant of variants) {
      const name = `${variant.precision}-${variant.relaxed ? 'relaxed' : 'portable'}`;
      const text = Buffer.from(await compile(entry, variant)).toString('base64');
      lines.push(`  '${name}':\n    '${text}',`);
    }
    parts.push(`/** ${what}. */\nexport const ${list} = {\n${lines.join('\n')}\n} as const;`);
  }
  return `${parts.join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(output, await buildKernels());
}
