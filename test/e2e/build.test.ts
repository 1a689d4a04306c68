import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '#main/project.ts';
import { hasBrowser, openTestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the files of the window', () => {
  test('are built for use, whatever the environment of the one who starts it says', async () => {
    const window = await openTestWindow();
    await window.close();
    const folder = join(projectRoot, 'dist', 'renderer', 'assets');
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(3);
    // React's development build calls its elements so.
    const slow = scripts.filter((name) =>
      readFileSync(join(folder, name), 'utf8').includes('jsxDEV'),
    );
    expect(slow).toEqual([]);
  });
});
