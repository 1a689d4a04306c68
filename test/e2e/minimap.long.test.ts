import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('the overview of a large circuit', (open) => {
  test('comes with the gates, takes the view along and goes by key', async () => {
    const { page } = open;
    const minimap = page.getByTestId('minimap');
    const left = (): Promise<number> =>
      minimap.locator('.overview-seen').evaluate((frame: HTMLElement) => frame.offsetLeft);
    await page.getByRole('grid').focus();
    await expect.poll(() => minimap.count()).toBe(0);
    await page.keyboard.type('hxyztshxyztshxyztshxyzts');
    await minimap.waitFor();
    const box = await minimap.boundingBox();
    if (box === null) throw new Error('The overview is not shown.');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await expect.poll(left).toBe(0);
    await page.mouse.move(box.x + box.width - 10, box.y + 10, { steps: 4 });
    await expect.poll(left).toBeGreaterThan(40);
    await page.mouse.up();
    await expect.poll(() => minimap.getAttribute('aria-hidden')).toBe('true');
    await page.keyboard.press('Shift+M');
    await expect.poll(() => minimap.count()).toBe(0);
    await expect
      .poll(async () => {
        const again = await open.window.reopen();
        await again.getByRole('gridcell').first().waitFor({ state: 'attached' });
        const count = await again.getByTestId('minimap').count();
        await again.close();
        return count;
      })
      .toBe(0);
    expect(open.window.problems).toEqual([]);
  });

  test('a gate placed far from what the text shows brings its statement into sight', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.type('hxyztshxyztshxyzts');
    await expect.poll(() => designer.text()).toContain('s q[0];');
    for (let k = 0; k < 60; k++) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('u');
    await expect.poll(() => designer.text()).toMatch(/U\(pi/);
  });
});
