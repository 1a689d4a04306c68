import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('finding', (open) => {
  test('goes from gate to gate by key, counts them, and says where it is', async () => {
    const { page } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.type('hxh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('h');
    await page.keyboard.press('Control+f');
    const field = page.getByRole('textbox', { name: 'Find in the circuit' });
    await expect.poll(() => field.evaluate((e) => e === document.activeElement)).toBe(true);
    await page.keyboard.type('hadamard');
    await expect.poll(() => page.getByRole('search').getByRole('status').textContent()).toBe('3');
    await page.keyboard.press('Enter');
    const said = () => page.getByTestId('announcer').textContent();
    await expect.poll(said).toMatch(/^1 of 3: H on q\[\d\], column 1\.$/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.poll(said).toBe('3 of 3: H on q[0], column 3.');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(said).toMatch(/^2 of 3/);
    await field.fill('q[1]');
    await page.getByRole('button', { name: 'Next (F3)' }).click();
    await expect.poll(said).toMatch(/^1 of 1: H on q\[1\]/);
    await field.fill('toffoli');
    await expect.poll(() => page.getByRole('search').textContent()).toContain('None');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('search').count()).toBe(0);
    await expect
      .poll(() => page.getByRole('grid').evaluate((e) => e === document.activeElement))
      .toBe(true);
  });

  test('favourites stand first in the palette, by the star and by key, also after a restart', async () => {
    const { page } = open;
    const favourites = page.getByRole('region', { name: 'Favourites' });
    await page.locator('[data-item="ccx"]').hover();
    await page.getByRole('button', { name: 'Make Toffoli a favourite' }).click();
    await favourites.locator('[data-item="ccx"]').waitFor();
    await page.getByRole('button', { name: /^T: / }).focus();
    await page.keyboard.press('*');
    await expect.poll(() => favourites.locator('[data-item]').count()).toBe(2);
    const again = await open.window.reopen();
    await again.getByRole('region', { name: 'Favourites' }).locator('[data-item="t"]').waitFor();
    await again.close();
    await favourites.locator('[data-item="ccx"]').focus();
    await page.keyboard.press('*');
    await expect.poll(() => favourites.locator('[data-item]').count()).toBe(1);
    expect(open.window.problems).toEqual([]);
  });
});
