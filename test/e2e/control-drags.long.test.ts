import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('controls, by the mouse', (open) => {
  async function dragBetween(
    from: { x: number; y: number },
    to: { x: number; y: number },
  ): Promise<void> {
    const { mouse } = open.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(to.x, to.y - 6, { steps: 5 });
    await mouse.move(to.x, to.y, { steps: 2 });
    await mouse.up();
  }

  test('come from the handle of the gate in hand', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+Y');
    const gate = await designer.pointOf(0, 0);
    await page.mouse.click(gate.x, gate.y);
    await dragBetween({ x: gate.x, y: gate.y + 23 }, await designer.pointOf(2, 0));
    await expect.poll(() => designer.text()).toMatch(/cry\(pi ?\/ ?2\) q\[2\], q\[0\];/);
    await expect.poll(() => designer.inkAt(2, 0)).toBeGreaterThan(100);
  });

  test('turn into anti-controls and back by a click on the dot', async () => {
    const { page, designer } = open;
    const dot = await designer.pointOf(2, 0);
    await page.mouse.click(dot.x, dot.y);
    await expect.poll(() => designer.text()).toMatch(/negctrl @ ry\(pi ?\/ ?2\) q\[2\], q\[0\];/);
    await page.mouse.click(dot.x, dot.y);
    await expect.poll(() => designer.text()).toMatch(/cry\(pi ?\/ ?2\) q\[2\], q\[0\];/);
  });

  test('go when their dot is dragged out of the wires, and gates when they are', async () => {
    const { page, designer } = open;
    const dot = await designer.pointOf(2, 0);
    await page.keyboard.press('Escape');
    await dragBetween(dot, { x: dot.x, y: dot.y + 90 });
    await expect.poll(() => designer.text()).toMatch(/\nry\(pi ?\/ ?2\) q\[0\];/);
    const gate = await designer.pointOf(0, 0);
    await dragBetween(gate, { x: 150, y: 300 });
    await expect.poll(() => designer.text()).not.toContain('ry(');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('ry(');
  });

  test('come from the palette, dragged and by key', async () => {
    const { page, designer } = open;
    await designer.place('control', 1, 0);
    await expect.poll(() => designer.text()).toMatch(/cry\(pi ?\/ ?2\) q\[1\], q\[0\];/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-item="anti-control"]').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/negctrl @ |ctrl\(|negctrl/);
    await designer.place('control', 1, 5);
    await page.getByText('There is no gate in column 6').waitFor();
    expect(open.window.problems).toEqual([]);
  });
});
