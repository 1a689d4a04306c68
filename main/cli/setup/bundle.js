import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './paths.js';

/** Electron starts JavaScript: the main process, its workers and the preload script, each in one piece. */
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = ['electron', ...Object.keys(dependencies), /^node:/].map((name) =>
  typeof name === 'string' ? new RegExp(`^${name}(/|$)`) : name,
);
const common = { configFile: false, root, logLevel: 'warn', publicDir: false };

await build({
  ...common,
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: {
        index: 'main/index.ts',
        'workers/job': 'main/workers/job.ts',
        'workers/simulate': 'main/workers/simulate.ts',
        'workers/read': 'main/workers/read.ts',
        'workers/forecast': 'main/workers/forecast.ts',
        'workers/kernel': 'main/workers/kernel.ts',
      },
      external,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});

// A sandboxed preload script is CommonJS in one file: it cannot import.
await build({
  ...common,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: { index: 'main/preload/index.ts' },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
