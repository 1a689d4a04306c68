import { expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('views and notes', (open) => {
  test('freeform keeps a gate where it is put, by mouse and by key, without a word in the text', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    for (const key of ['l', 'l']) await page.keyboard.press(key);
    await expect.poll(() => page.getByRole('button', { name: /^View Freeform/ }).count()).toBe(1);
    await designer.place('h', 0, 0);
    await designer.place('x', 1, 4);
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 5' }).count())
      .toBe(1);
    await expect.poll(() => designer.inkAt(1, 4)).toBeGreaterThan(400);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 4' }).count())
      .toBe(1);
    expect(await designer.text()).not.toContain('barrier');
    await designer.place('z', 1, 3);
    // The order is kept: what stood there moves on.
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 5' }).count())
      .toBe(1);
    await page.keyboard.press('Control+z');
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 4' }).count())
      .toBe(1);
  });

  test('layers stand together and are numbered, left-aligned closes the gaps', async () => {
    const { page } = open;
    await page.getByRole('button', { name: /^View Freeform/ }).click();
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 1' }).count())
      .toBe(1);
    await page.getByRole('grid').focus();
    await page.keyboard.press('l');
    await expect.poll(() => page.getByRole('button', { name: /^View Layers/ }).count()).toBe(1);
    await page.keyboard.press('l');
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[1], column 4' }).count())
      .toBe(1);
  });

  test('a note is written by key, read aloud, taken back and kept over a restart', async () => {
    const { page, designer } = open;
    const at = await designer.pointOf(0, 0);
    await page.mouse.click(at.x, at.y);
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'Note on H on q[0]' }).waitFor();
    await page.keyboard.type('Makes the superposition');
    await page.keyboard.press('Enter');
    const cell = page.getByRole('gridcell', { name: /H on q\[0\].*note: Makes the superposition/ });
    await expect.poll(() => cell.count()).toBe(1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell.count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => cell.count()).toBe(1);
    await page.keyboard.press('Shift+N');
    await page.getByRole('textbox', { name: 'Note' }).fill('Preparation');
    await page.getByRole('button', { name: 'Save the note' }).click();
    const column = page.getByRole('gridcell', { name: /note on the column: Preparation/ });
    await expect.poll(() => column.count()).toBe(1);
    await page.locator('.document-state[data-state=saved]').waitFor();
    const again = await open.window.reopen();
    await new DesignerPage(again).editor.waitFor();
    await again
      .getByRole('gridcell', { name: /note: Makes the superposition/ })
      .waitFor({ state: 'attached' });
    await again
      .getByRole('gridcell', { name: 'X on q[1], column 4' })
      .waitFor({ state: 'attached' });
    await again.close();
    expect(open.window.problems).toEqual([]);
  });
});
