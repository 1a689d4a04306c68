import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#main/project.ts';
import { temporaryFolder } from '#test/support/temporary-app.ts';

/** What electron-builder looks for in Electron's folder; the binary itself is not run. */
const pieces = [
  'electron',
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'LICENSE',
  'LICENSES.chromium.html',
  'locales/en-US.pak',
  'resources/placeholder',
];

/**
 * The fuse wire of Electron's binary (Electron's documentation, “Electron Fuses”): a sentinel, the version, the
 * length and a character a fuse, 0 off and 1 on; here all as they are not to be.
 */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wireAsShipped = '10100001';
const wireAsReleased = '01001100';

test.runIf(process.platform === 'linux')(
  '`npm run dist -- --dir` packs the application where Electron’s binary can be had',
  () => {
    const folder = temporaryFolder();
    const electron = join(folder.path, 'electron');
    for (const piece of pieces) {
      mkdirSync(dirname(join(electron, piece)), { recursive: true });
      writeFileSync(join(electron, piece), '#!/bin/sh\n');
      chmodSync(join(electron, piece), 0o755);
    }
    const wire = `${sentinel}${String.fromCharCode(1, wireAsShipped.length)}${wireAsShipped}`;
    writeFileSync(join(electron, 'electron'), `#!/bin/sh\n: ${wire}\n`);
    writeFileSync(join(electron, 'version'), 'v45.4.1');
    const output = join(folder.path, 'release');
    const outcome = spawnSync(
      process.execPath,
      [
        join(projectRoot, 'main', 'cli', 'setup.js'),
        'dist',
        '--dir',
        `--config.directories.output=${output}`,
      ],
      {
        cwd: projectRoot,
        encoding: 'utf8',
        timeout: 120_000,
        env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron },
      },
    );
    const told = `${outcome.stdout}${outcome.stderr}`;
    expect(told).not.toContain('Missing');
    expect([outcome.status, told]).toStrictEqual([0, told]);
    const packed = readFileSync(join(output, 'linux-unpacked', 'ketbench'), 'latin1');
    const start = packed.indexOf(sentinel) + sentinel.length + 2;
    expect(packed.slice(start, start + wireAsReleased.length)).toBe(wireAsReleased);
    const archive = join(output, 'linux-unpacked', 'resources', 'app.asar');
    const asar = join(projectRoot, 'node_modules', '@electron', 'asar', 'bin', 'asar.js');
    const listed = spawnSync(process.execPath, [asar, 'list', archive], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    });
    const names = new Set(listed.stdout.split('\n'));
    for (const name of [
      '/package.json',
      '/dist/main/index.js',
      '/dist/main/workers/job.js',
      '/dist/main/workers/simulate.js',
      '/dist/preload/index.cjs',
      '/dist/renderer/index.html',
      '/node_modules/fastify/package.json',
    ]) {
      expect([name, names.has(name)]).toStrictEqual([name, true]);
    }
    expect([...names].filter((name) => /^\/(test|shared|renderer)\//.test(name))).toStrictEqual([]);
    folder.remove();
  },
  240_000,
);
