import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('controls and gates of one’s own, by keyboard', (open) => {
  test('a wire becomes control, anti-control and neither of the selected gate', async () => {
    const { page } = open;
    await open.designer.place('ry', 0, 0);
    await expect.poll(() => open.designer.text()).toMatch(/ry\(pi ?\/ ?2\) q\[0\];/);
    const ink = await open.designer.inkAt(1, 0);
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Shift+C');
    await expect.poll(() => open.designer.text()).toMatch(/cry\(pi ?\/ ?2\) q\[1\], q\[0\];/);
    await expect.poll(() => open.designer.inkAt(1, 0)).toBeGreaterThan(ink);
    await page.keyboard.press('Shift+C');
    await expect
      .poll(() => open.designer.text())
      .toMatch(/negctrl @ ry\(pi ?\/ ?2\) q\[1\], q\[0\];/);
    await page.keyboard.press('Shift+C');
    await expect.poll(() => open.designer.text()).toMatch(/\nry\(pi ?\/ ?2\) q\[0\];/);
    expect(open.window.problems).toEqual([]);
  });

  test('a selection becomes a gate, and is written out again', async () => {
    const { page } = open;
    await open.designer.place('h', 0, 1);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+g');
    await page.getByRole('textbox', { name: 'Name' }).fill('Bad name');
    await expect.poll(() => page.getByText(/begins with a small letter/).count()).toBe(1);
    await page.getByRole('textbox', { name: 'Name' }).fill('mine');
    await page.keyboard.press('Enter');
    await expect.poll(() => open.designer.text()).toMatch(/gate mine q0 \{/);
    await expect.poll(() => open.designer.text()).toMatch(/\nmine q\[0\];/);
    await page.keyboard.press('Control+Shift+g');
    await expect.poll(() => open.designer.text()).toMatch(/\nh q\[0\];/);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => open.designer.text()).not.toContain('mine');
    expect(open.window.problems).toEqual([]);
  });
});
