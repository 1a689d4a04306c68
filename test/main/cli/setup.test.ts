import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '#main/project.ts';

/** Runs a line of JavaScript beside the set-up scripts, which are plain JavaScript without types. */
function evaluate(code: string): unknown {
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

describe('the lock file', () => {
  test('gets a stub for each optional package of another platform, and no other', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/tool': {
          optionalDependencies: { '@tool/linux-x64': '1.2.3', '@tool/win32-arm64-msvc': '^1.2.3' },
        },
        'node_modules/@tool/linux-x64': { version: '1.2.3' },
      },
    };
    const stubs = evaluate(
      `import { missingStubs } from './main/cli/setup/lock.js';
       console.log(JSON.stringify(missingStubs(${JSON.stringify(lock)})));`,
    );
    expect(stubs).toStrictEqual({
      'node_modules/@tool/win32-arm64-msvc': {
        version: '1.2.3',
        optional: true,
        os: ['win32'],
        cpu: ['arm64'],
      },
    });
  });
});

describe('the scripts of set-up', () => {
  test('use nothing but Node, so that they run before anything is installed', () => {
    const scripts = [
      'bin',
      'start',
      'setup',
      'setup/build',
      'setup/dependencies',
      'setup/electron',
      'setup/lock',
      'setup/node',
      'setup/paths',
    ];
    for (const name of scripts) {
      const text = readFileSync(join(projectRoot, 'main', 'cli', `${name}.js`), 'utf8');
      const imported = Array.from(text.matchAll(/from '([^']+)'/g), ([, target]) => target ?? '');
      expect(imported.filter((target) => !/^(node:|\.)/.test(target))).toStrictEqual([]);
    }
  });

  test('say in one line what there is no step for', () => {
    const script = join(projectRoot, 'main', 'cli', 'setup.js');
    const { status, stderr } = spawnSync(process.execPath, [script, 'nonsense'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toBe('error setup: There is no step “nonsense”: use build or dist.\n');
  });
});
