import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('versions of a circuit', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeEach(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
    await designer.place('h', 0, 0);
    await saved();
  });

  afterEach(async () => {
    await window.close();
  });

  const saved = () =>
    expect.poll(() => window.page.locator('[data-state="saving"]').count()).toBe(0);

  async function changeFile(from: string, to: string): Promise<void> {
    const folder = join(window.home, 'documents');
    const name = readdirSync(folder).find((one) => one.endsWith('.json')) ?? '';
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }

  test('are compared with the one that was kept, by key, and the kept one comes back', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Shift+s');
    await page.getByText('is kept to compare with').waitFor();
    await designer.place('x', 1, 0);
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await page.keyboard.press('Control+Shift+e');
    const difference = page.getByTestId('difference');
    await difference.locator('.line-insert').first().waitFor();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await expect.poll(() => designer.text()).not.toContain('x q[1];');
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('x q[1];');
    expect(window.problems).toEqual([]);
  });

  test('of two windows meet: a tab without changes follows, undo and all', async () => {
    const other = await window.reopen();
    const second = new DesignerPage(other);
    await second.canvas.waitFor();
    await second.editor.waitFor();
    await second.place('z', 2, 0);
    await expect.poll(() => designer.text()).toContain('z q[2];');
    await window.page.bringToFront();
    await window.page.getByRole('grid').focus();
    await window.page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('z q[2];');
    await expect.poll(() => second.text()).not.toContain('z q[2];');
  });

  test('of file and window stay both until it is decided, by key', async () => {
    const { page } = window;
    await changeFile('h q[0];', 'y q[0];');
    await designer.place('x', 1, 0);
    await page.getByRole('dialog', { name: /changed in two places/ }).waitFor();
    const difference = page.getByTestId('difference');
    await expect.poll(() => difference.textContent()).toContain('q[0]');
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('Nothing is saved until you decide').waitFor();
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Alt+v');
    await page.getByRole('button', { name: 'Take theirs' }).last().press('Enter');
    await expect.poll(() => designer.text()).toContain('y q[0];');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await saved();
  });

  test('of a file that was changed can be passed over, and is kept to compare with', async () => {
    const { page } = window;
    await changeFile('h q[0];', 'y q[0];');
    await designer.place('x', 1, 0);
    await page.getByRole('button', { name: 'Keep mine' }).last().click();
    await saved();
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Shift+e');
    await page.getByTestId('difference').locator('.line-delete').first().waitFor();
    const text = await page.getByTestId('difference').textContent();
    expect(text?.replaceAll('\u00a0', ' ')).toContain('y q[0];');
  });
});
