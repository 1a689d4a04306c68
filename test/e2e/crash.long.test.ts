import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { temporaryFolder } from '../support/temporary-app.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('a crash', () => {
  let window: TestWindow;
  const home = temporaryFolder();

  beforeEach(async () => {
    window = await openTestWindow({ home: { ...home, remove: () => undefined } });
  });
  afterEach(async () => {
    await window.close();
    home.remove();
  });

  /** Ends host and window in the middle of it, and starts both again on the same library. */
  async function crash(): Promise<DesignerPage> {
    await window.killHost();
    await window.close();
    window = await openTestWindow({ home: { ...home, remove: () => undefined } });
    const again = new DesignerPage(window.page);
    await again.editor.waitFor();
    return again;
  }

  test('right after an edit takes that edit at most, and nothing of the undo stack before it', async () => {
    const designer = new DesignerPage(window.page);
    await designer.create();
    for (const [row, gate] of ['h', 'x', 'y'].entries()) await designer.place(gate, row, 0);
    await designer.place('z', 0, 1);
    // At once: the last edit may still be on its way, all before it may not.
    const again = await crash();
    await expect.poll(() => again.text()).toMatch(/h q\[0\];\s+x q\[1\];\s+y q\[2\];/);
    const undo = window.page.getByRole('button', { name: 'Undo' });
    for (const gate of ['y q[2];', 'x q[1];', 'h q[0];']) {
      while ((await again.text()).includes(gate)) {
        await undo.click();
        await window.page.waitForFunction(() => document.readyState === 'complete');
      }
    }
    await expect.poll(() => undo.isDisabled()).toBe(true);
    await window.page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => again.text()).toContain('h q[0];');
  });

  test('leaves what was typed and the tabs as they were', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await designer.create();
    await designer.write('OPENQASM 3.0;\nqubit q;\n// first\n');
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await page.keyboard.press('Alt+n');
    await page.getByRole('tab', { name: 'Circuit 2' }).waitFor();
    await designer.place('h', 0, 0);
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    const settings = (): string => readFileSync(join(home.path, 'settings.json'), 'utf8');
    await expect.poll(() => /"openDocuments":\["[^"]+","[^"]+"\]/.test(settings())).toBe(true);
    await crash();
    await window.page.getByRole('tab', { name: 'Circuit 2', selected: true }).waitFor();
    await window.page.getByRole('tab', { name: 'Circuit 1' }).click();
    await expect.poll(() => new DesignerPage(window.page).text()).toContain('// first');
  });
});
