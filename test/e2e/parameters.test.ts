import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

describeDesigner('named parameters', (open) => {
  /** Length of the all-zero outcome's bar; 0 where the histogram leaves it out. */
  const zeros = async (): Promise<number> =>
    (await open.designer.bars()).find(([key]) => key === '000')?.[1] ?? 0;

  test('a name typed as an angle, by keyboard alone, is declared and gets a slider', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Shift+X');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.keyboard.type('2*theta + phi');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/input float theta;\s+input float phi;/);
    await expect.poll(() => designer.text()).toMatch(/rx\(2\s?\*\s?theta \+ phi\) q\[0\];/);
    await page.getByRole('slider', { name: 'theta' }).waitFor();
    // π + π/2 by the values that parameters begin with.
    await expect.poll(() => zeros()).toBeGreaterThan(20);
  });

  test('the views follow a slider that is moved by mouse and by key', async () => {
    const { page } = open;
    await page.getByRole('textbox', { name: 'Value of phi' }).fill('0');
    await page.keyboard.press('Enter');
    await expect.poll(() => zeros()).toBe(0);
    const slider = page.getByRole('slider', { name: 'theta' });
    const box = await slider.boundingBox();
    if (box === null) throw new Error('There is no slider.');
    await page.mouse.click(box.x + 2, box.y + box.height / 2);
    await expect.poll(() => slider.inputValue()).toBe('0');
    await expect.poll(() => zeros()).toBeGreaterThan(20);
    // Moves without a pause are one step of undo.
    await page.waitForTimeout(1000);
    await page.getByRole('grid').focus();
    await page.keyboard.press('a');
    for (let k = 0; k < 25; k++) await page.keyboard.press('ArrowRight');
    const value = page.getByRole('textbox', { name: 'Value of theta' });
    await expect.poll(() => value.inputValue()).toBe('0.785398');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('0.7854');
    // From the slider itself, too.
    await page.keyboard.press('Control+z');
    await expect.poll(() => slider.inputValue()).toBe('0');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => value.inputValue()).toBe('0.785398');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.getByRole('grid').evaluate((e) => e === document.activeElement))
      .toBe(true);
  });

  test('a value may be a formula, a wrong one is told, and renaming goes through the text', async () => {
    const { page, designer } = open;
    const value = page.getByRole('textbox', { name: 'Value of theta' });
    await value.fill('pi/');
    await expect.poll(() => value.getAttribute('aria-invalid')).toBe('true');
    await value.fill('pi/4');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of theta' }).fill('angle1');
    await page.keyboard.press('Enter');
    await expect.poll(() => designer.text()).toMatch(/input float angle1;/);
    await expect.poll(() => designer.text()).toMatch(/rx\(2\s?\*\s?angle1 \+ phi\)/);
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Value of angle1' }).inputValue())
      .toBe('pi/4');
  });

  test('values outlive the window, and exports keep the names', async () => {
    const { window } = open;
    await window.page.locator('.document-state[data-state=saved]').waitFor();
    const page = await window.reopen();
    const value = page.getByRole('textbox', { name: 'Value of angle1' });
    await value.waitFor();
    await expect.poll(() => value.inputValue()).toBe('pi/4');
    await page.getByText('Export', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Format' }).selectOption('qasm3');
    const text = page.getByTestId('export-text');
    await expect.poll(() => text.textContent()).toContain('input float[64] angle1;');
    await page.close();
    expect(window.problems).toEqual([]);
  });
});
