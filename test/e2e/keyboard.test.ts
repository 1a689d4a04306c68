import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the window by keyboard alone', () => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow();
  });

  afterAll(async () => {
    await window.close();
  });

  test('makes a Bell pair, hears of it, and takes it back', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await page.getByRole('button', { name: 'New circuit' }).first().waitFor();
    await page.keyboard.press('Alt+n');
    await designer.canvas.waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('h');
    await expect
      .poll(() => page.getByTestId('announcer').textContent())
      .toContain('Hadamard placed on q[0], column 1');
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await designer.editor.waitFor();
    await expect.poll(() => designer.text()).toMatch(/h q\[0\];\s+cx q\[0\], ?q\[1\];/);
    await expect
      .poll(async () => (await designer.bars()).map(([key]) => key))
      .toEqual(['000', '011']);
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('cx');
  });

  test('leaps to the ends of a wire and the corners of the circuit', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await page.keyboard.press('Alt+n');
    await page.getByRole('grid').focus();
    await page.keyboard.type('hst');
    const statements = async () => (await designer.text()).match(/^\w q\[\d\];$/gm);
    await page.keyboard.press('Home');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('y');
    await expect.poll(statements).toEqual(['s q[0];', 't q[0];', 'y q[2];']);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Delete');
    await page.keyboard.press('End');
    await page.keyboard.type('z');
    await expect
      .poll(async () => (await statements())?.toSorted())
      .toEqual(['t q[0];', 'y q[2];', 'z q[0];']);
  });

  test('reads the figures of a circuit, and goes back to it', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await page.keyboard.press('Alt+n');
    await page.getByRole('grid').focus();
    await page.keyboard.press('t');
    await expect.poll(() => designer.text()).toContain('t q[0];');
    await page.keyboard.press('Alt+i');
    const dialog = page.getByRole('dialog', { name: 'Circuit statistics' });
    await expect
      .poll(() =>
        dialog
          .getByRole('row', { name: /^T count/ })
          .getByRole('cell')
          .textContent(),
      )
      .toBe('1');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid');
  });

  test('turns, moves and removes gates where the cursor is', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await page.keyboard.press('Alt+n');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+Z');
    await expect.poll(() => designer.text()).toContain('rz(pi/2) q[0];');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: /Parameters of RZ/ }).waitFor();
    await page.keyboard.type('3*pi/4');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toContain('rz(3*pi/4) q[0];');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => designer.text()).toContain('rz(3*pi/4) q[1];');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Delete');
    await expect.poll(() => designer.text()).not.toContain('rz');
    await expect
      .poll(() => page.getByTestId('announcer').textContent())
      .toMatch(/RZ .* on q\[1\] removed/);
    await page.keyboard.press('+');
    await expect.poll(() => designer.text()).toContain('qubit[4] q;');
  });

  test('finds every command in the palette', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Type a command').waitFor();
    await page.keyboard.type('hardware');
    await page.getByRole('option', { name: 'Go to Hardware', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hardware', level: 1 }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('Alt+1');
    await page.getByRole('grid').waitFor();
  });
});
