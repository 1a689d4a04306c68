import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const versions = [
  ['OpenQASM 3', 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\n'],
  ['OpenQASM 2', 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\n'],
] as const;

describe.skipIf(!hasBrowser)('problems in the text', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeAll(async () => {
    window = await openTestWindow();
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    designer = new DesignerPage(window.page);
    await designer.create();
  });

  afterAll(async () => {
    await window.close();
  });

  test.each(versions)('of %s are mended by key where they stand', async (_, head) => {
    const { page } = window;
    await designer.write(`${head}hh q[0];`);
    await page.locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('ArrowLeft');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+.');
    await page.getByText('Write “h”').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/^h q\[0\];$/m);
    await expect.poll(() => page.locator('.squiggly-error').count()).toBe(0);
  });

  test('are listed, mended from the list, and copied', async () => {
    const { page } = window;
    await designer.write(`${versions[0][1]}hh q[0];\nx q[7];\n`);
    await page.getByRole('button', { name: '2 errors' }).click();
    const dialog = page.getByRole('dialog', { name: '2 problems' });
    await dialog.getByRole('button', { name: 'Copy the list' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')).toHaveLength(4);
    expect(copied).toMatch(/^4:1 error /m);
    await dialog.getByRole('button', { name: 'Write “h”' }).click();
    await page.getByRole('dialog', { name: '1 problem' }).waitFor();
    await page.getByRole('button', { name: /error 5:/ }).press('Enter');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('End');
    await page.keyboard.type(' // seen');
    await expect.poll(() => designer.text()).toContain('x q[7]; // seen');
    expect(window.problems).toEqual([]);
  });
});
