import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('displays in the drawing', (open) => {
  const cell = (name: RegExp) => open.page.getByRole('gridcell', { name });

  test('show the state on a wire at any column, chosen by keyboard', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('d');
    await expect
      .poll(() => page.getByTestId('announcer').textContent())
      .toContain('The circuit begins later');
    await page.keyboard.type('hx');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('d');
    await page.getByRole('menu', { name: 'Show the state here' }).waitFor();
    await page.keyboard.press('Enter');
    await cell(/^H on q\[0\], column 1, display, Probability of 1: 50\.0 %$/).waitFor({
      state: 'attached',
    });
    const ink = await designer.inkAt(0, 1);
    expect(ink).toBeGreaterThan(100);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('d');
    await page.getByRole('menuitem', { name: 'Bloch vector' }).press('Enter');
    await cell(/column 2, display, Bloch vector: x 1, y 0, z 0/).waitFor({ state: 'attached' });
  });

  test('follow edits before them, and leave with their gate until undo', async () => {
    const { page } = open;
    for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('x');
    await cell(/column 3, display, Bloch vector: x −1, y 0, z 0/).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await cell(/column 2, display, Bloch vector: x 1, y 0, z 0/).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Delete');
    await expect.poll(() => cell(/Probability of 1/).count()).toBe(0);
    await page.keyboard.press('Control+z');
    await cell(/Probability of 1: 50\.0 %/).waitFor({ state: 'attached' });
  });

  test('stand on wires without a gate, too, and go along with their wire', async () => {
    const { page } = open;
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('d');
    await page.getByRole('menuitem', { name: 'Samples' }).press('Enter');
    const samples = /display, Samples: 00[01] 5\d\d, 00[01] (4|5)\d\d/.source;
    const on = (wire: number) => cell(new RegExp(`^Empty, q\\[${wire}\\], column 1, ${samples}`));
    await on(1).waitFor({ state: 'attached' });
    expect(await open.designer.inkAt(1, 1)).toBeGreaterThan(100);
    await page.keyboard.press('Shift+O');
    await cell(/^Empty, q\[2\], column 1, display, Samples/).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await on(1).waitFor({ state: 'attached' });
    await page.keyboard.press('d');
    await page.getByRole('menuitem', { name: 'Take it away' }).press('Enter');
    await expect.poll(() => cell(/Samples/).count()).toBe(0);
    await page.keyboard.press('ArrowUp');
  });

  test('are changed and taken away by a click, and stay over a restart', async () => {
    const { page } = open;
    await page.keyboard.press('Escape');
    const box = await open.designer.canvas.boundingBox();
    if (box === null) throw new Error('There is no canvas.');
    // The first column is as wide as a gate and the display beside it.
    const at = { x: box.x + 88 + 52 + 24, y: box.y + 32 + 23 };
    await page.mouse.click(at.x, at.y);
    await page.getByRole('menuitem', { name: 'Samples' }).click();
    await cell(/column 1, display, Samples: 00[01] 5\d\d, 00[01] (4|5)\d\d/).waitFor({
      state: 'attached',
    });
    await page.locator('.document-state[data-state=saved]').waitFor();
    const again = await open.window.reopen();
    await again
      .getByRole('gridcell', { name: /column 1, display, Samples: 00/ })
      .waitFor({ state: 'attached' });
    await again.close();
    await page.getByRole('grid').focus();
    await page.keyboard.press('d');
    await page.getByRole('menuitem', { name: 'Take it away' }).click();
    await expect.poll(() => cell(/Samples/).count()).toBe(0);
    expect(open.window.problems).toEqual([]);
  });
});
