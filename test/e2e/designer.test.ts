import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the designer', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeAll(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
  });

  // A circuit of its own for every test, in a window that they share.
  beforeEach(async () => {
    await designer.create();
  });

  afterAll(async () => {
    await window.close();
  });

  test('draws a Bell pair by mouse as text, on the canvas and in the histogram', async () => {
    const plainWire = await designer.inkAt(0, 0);
    await designer.place('h', 0, 0);
    await designer.place('cx', 0, 1);
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await expect.poll(() => designer.text()).toMatch(/cx q\[0\], ?q\[1\];/);
    await expect
      .poll(async () => (await designer.bars()).map(([key]) => key))
      .toEqual(['000', '011']);
    const [first, second] = await designer.bars();
    expect(first?.[1]).toBeGreaterThan(50);
    expect(first?.[1]).toBeCloseTo(second?.[1] ?? 0, 0);
    await expect.poll(() => designer.inkAt(0, 0)).toBeGreaterThan(plainWire + 400);
    await expect.poll(() => designer.inkAt(1, 1)).toBeGreaterThan(plainWire + 200);
    expect(window.problems).toEqual([]);
  });

  test('shows what is typed on the canvas and in the histogram', async () => {
    const { page } = window;
    const plainWire = await designer.inkAt(2, 0);
    await page.getByTestId('text-editor').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('x q[2];');
    await expect.poll(() => designer.bars()).toMatchObject([['100', expect.any(Number)]]);
    await expect.poll(() => designer.inkAt(2, 0)).toBeGreaterThan(plainWire + 400);
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'X on q[2], column 1' }).count())
      .toBe(1);
  });

  test('marks an error in the text and keeps the last circuit until it is mended', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    await page.getByTestId('text-editor').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('hh q[1];');
    await page.locator('.squiggly-error').first().waitFor();
    await page.locator('.designer-stale').waitFor();
    await expect
      .poll(() => page.getByRole('gridcell', { name: 'H on q[0], column 1' }).count())
      .toBe(1);
    for (let i = 0; i < 8; i++) await page.keyboard.press('Backspace');
    await expect.poll(() => page.getByText('The text has errors').count()).toBe(0);
  });

  test('takes edits of canvas and text back in one history', async () => {
    const { page } = window;
    const before = await designer.text();
    await designer.place('h', 0, 0);
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.getByTestId('text-editor').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('x q[1];');
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('x q[1];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => designer.text()).toContain('h q[0];');
  });

  test('moves, duplicates and removes with the mouse', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    const from = await designer.pointOf(0, 0);
    const to = await designer.pointOf(1, 0);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => designer.text()).toContain('h q[1];');
    await page.keyboard.down('Alt');
    await page.mouse.move(to.x, to.y);
    await page.mouse.down();
    const copy = await designer.pointOf(2, 0);
    await page.mouse.move(copy.x, copy.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await expect.poll(() => designer.text()).toMatch(/h q\[1\];\s+h q\[2\];|h q\[2\];\s+h q\[1\];/);
    await page.mouse.click(to.x, to.y);
    await page.keyboard.press('Delete');
    await expect.poll(() => designer.text()).not.toContain('h q[1];');
    await expect.poll(() => designer.text()).toContain('h q[2];');
  });

  test('offers what can be done under the right button', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    const at = await designer.pointOf(0, 0);
    await page.mouse.click(at.x, at.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect.poll(() => designer.text()).toMatch(/h q\[0\];\s+h q\[0\];/);
  });

  test('copies what a rubber band took to other wires', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    await designer.place('x', 1, 0);
    const from = await designer.pointOf(2, 0);
    const to = await designer.pointOf(0, 1);
    await page.mouse.move(from.x - 20, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => page.getByRole('gridcell', { selected: true }).count()).toBe(2);
    await page.keyboard.press('Control+c');
    const paste = await designer.pointOf(1, 3);
    await page.mouse.click(paste.x, paste.y);
    await page.keyboard.press('Control+v');
    await expect.poll(() => designer.text()).toMatch(/h q\[1\];\s+x q\[2\];/);
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('x q[2];');
  });

  test('edits a parameter in place', async () => {
    const { page } = window;
    await designer.place('rx', 0, 0);
    const at = await designer.pointOf(0, 0);
    await page.mouse.dblclick(at.x, at.y);
    await page.getByRole('form', { name: /Parameters of RX/ }).waitFor();
    await page.keyboard.type('pi/3 +');
    await page
      .getByRole('form', { name: /Parameters/ })
      .locator('.field-error')
      .waitFor();
    await page.keyboard.type(' 0.1');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/rx\(pi\/3 \+ 0\.1\) q\[0\];/);
  });

  test('shows what a gate does under the pointer and by key', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    await designer.place('x', 1, 0);
    const card = page.getByRole('tooltip');
    const at = await designer.pointOf(1, 0);
    const away = await designer.pointOf(2, 4);
    await page.mouse.move(away.x, away.y);
    await expect.poll(() => card.count()).toBe(0);
    await page.mouse.move(at.x, at.y);
    await expect.poll(() => card.textContent()).toContain('x q[1];');
    await page.mouse.move(away.x, away.y);
    await expect.poll(() => card.count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => card.textContent()).toContain('h q[0];');
    await page.keyboard.press('Escape');
    await expect.poll(() => card.count()).toBe(0);
  });

  test('steps through the circuit column by column, and the views follow', async () => {
    const { page } = window;
    await designer.place('h', 0, 0);
    await designer.place('cx', 0, 1);
    await designer.place('x', 2, 2);
    const keys = async (): Promise<readonly string[]> =>
      (await designer.bars()).map(([key]) => key);
    await expect.poll(keys).toEqual(['100', '111']);
    await page.keyboard.press(',');
    await page.keyboard.press(',');
    await expect
      .poll(() => page.locator('.designer-step').textContent())
      .toBe('Before column 1 of 2');
    await expect.poll(keys).toEqual(['000']);
    await page.getByRole('button', { name: 'Step on' }).click();
    await expect.poll(keys).toEqual(['100', '101']);
    await expect
      .poll(() => page.locator('.inspector-place').first().textContent())
      .toBe('After column 1 of 2');
    // The document is whole all the time.
    await expect.poll(() => designer.text()).toContain('cx q[0]');
    await page.keyboard.press('.');
    await expect.poll(() => page.locator('.designer-step').count()).toBe(0);
    await expect.poll(keys).toEqual(['100', '111']);
    expect(window.problems).toEqual([]);
  });

  test('keeps its panels in the window however many tabs are open', async () => {
    const { page } = window;
    for (let i = 0; i < 14; i++) await page.keyboard.press('Alt+n');
    await expect
      .poll(() => page.getByRole('tab', { name: /^Circuit \d/ }).count())
      .toBeGreaterThan(14);
    const box = await page.getByTestId('text-editor').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
    const palette = await page.locator('[data-item="h"]').boundingBox();
    expect(palette?.x).toBeGreaterThanOrEqual(0);
  });
});

describe.skipIf(!hasBrowser)('the designer after a restart of its window', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeEach(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
  });

  afterEach(async () => {
    await window.close();
  });

  test('opens the circuit again after a restart of the window', async () => {
    await designer.place('h', 0, 0);
    await expect.poll(() => window.page.locator('[data-state="saving"]').count()).toBe(0);
    await window.page.close();
    const again = new DesignerPage(await window.reopen());
    await again.editor.waitFor();
    await expect.poll(() => again.text()).toContain('h q[0];');
  });

  test('undoes and redoes what was done before the window was opened again', async () => {
    await designer.place('h', 0, 0);
    await designer.place('x', 1, 0);
    await expect.poll(() => designer.text()).toContain('x q[1];');
    await window.page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('x q[1];');
    await expect.poll(() => window.page.locator('[data-state="saving"]').count()).toBe(0);
    await window.page.close({ runBeforeUnload: false });
    const page = await window.reopen();
    const again = new DesignerPage(page);
    await again.editor.waitFor();
    await expect.poll(() => again.text()).toContain('h q[0];');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => again.text()).toContain('x q[1];');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => again.text()).not.toContain('h q[0];');
    expect(window.problems).toEqual([]);
  });
});
