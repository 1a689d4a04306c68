import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('wires', (open) => {
  test('come above, below and go again by key, with a question where gates would go', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+O');
    await expect.poll(() => designer.text()).toMatch(/qubit\[4\] q;[^]*x q\[2\];/);
    await page.keyboard.press('o');
    await expect.poll(() => designer.text()).toMatch(/qubit\[5\] q;[^]*x q\[3\];/);
    await page.keyboard.press('Shift+Delete');
    await expect.poll(() => designer.text()).toMatch(/qubit\[4\] q;[^]*x q\[2\];/);
    await page.keyboard.press('Shift+Delete');
    await page.getByRole('dialog', { name: 'Remove the wire q[2]?' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(() => designer.text()).toContain('x q[2];');
    await page.keyboard.press('Shift+Delete');
    await page.getByRole('button', { name: 'Remove it with 1 operation' }).click();
    await expect.poll(() => designer.text()).toMatch(/qubit\[3\] q;/);
    expect(await designer.text()).not.toContain('x q');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toMatch(/qubit\[4\] q;[^]*x q\[2\];/);
  });

  test('move by key and by the mouse, and undo is one step', async () => {
    const { page, designer } = open;
    await page.keyboard.press('ArrowDown');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Alt+Shift+ArrowUp');
    await expect.poll(() => designer.text()).not.toContain('x q[2];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('x q[2];');
    const from = await designer.pointOf(2, 0);
    const to = await designer.pointOf(0, 0);
    await page.mouse.move(from.x - 90, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x - 90, to.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => designer.text()).toContain('x q[0];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('x q[2];');
  });

  test('are renamed with their register by F2 and by a double click on the name', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'New name' }).fill('data');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/qubit\[4\] data;[^]*x data\[2\];/);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    const at = await designer.pointOf(4, 0);
    await page.mouse.dblclick(at.x - 90, at.y);
    const name = page.getByRole('textbox', { name: 'New name' });
    await expect.poll(() => name.inputValue()).toBe('c');
    await name.fill('data');
    await page.getByText('“data” is taken already.').waitFor();
    await name.fill('out');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/bit\[3\] out;/);
  });

  test('offer all of this under the right button', async () => {
    const { page, designer } = open;
    const at = await designer.pointOf(0, 0);
    await page.mouse.click(at.x - 90, at.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Insert a wire above' }).click();
    await expect.poll(() => designer.text()).toMatch(/qubit\[5\] data;[^]*x data\[3\];/);
    expect(open.window.problems).toEqual([]);
  });
});
