import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

const program = `OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[3] q;
bit[3] c;
h q[0];
rx(theta) q[1];
c[0] = measure q[0];
if (c[0]) { x q[1]; h q[1]; }
`;

describeDesigner('the keyboard', (open) => {
  const focus = () =>
    open.page.evaluate(
      () =>
        document.activeElement
          ?.closest('section[aria-label], [data-testid]')
          ?.getAttribute('aria-label') ??
        document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid') ??
        document.activeElement?.tagName,
    );
  /** Accent pixels of the layer above the circuit: the cursor, while the canvas has the keyboard. */
  const cursorInk = () =>
    open.designer.canvas
      .locator('canvas')
      .nth(1)
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas
          .getContext('2d')
          ?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        let ink = 0;
        for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 60) ink += 1;
        return ink;
      });

  test('sees its cursor after every dialog', async () => {
    const { page, designer } = open;
    await designer.write(program);
    await expect.poll(() => designer.text()).toContain('rx(theta)');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Home');
    await expect.poll(cursorInk).toBeGreaterThan(0);
    for (const keys of ['?', 'Alt+i', 'Alt+g', 'Control+Shift+m', 'Control+k', 'F2', 'n']) {
      await page.keyboard.press(keys);
      await page.locator('dialog[open], [cmdk-list]').first().waitFor();
      await expect.poll(cursorInk).toBe(0);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open], [cmdk-list]').first().waitFor({ state: 'detached' });
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.role), { message: keys })
        .toBe('grid');
      await expect.poll(cursorInk, { message: keys }).toBeGreaterThan(0);
    }
  });

  test('comes back from the palette of commands, also after a command', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.type('Zoom to fit');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('y');
    await expect.poll(() => designer.text()).toContain('y q[2];');
    await page.keyboard.press('Control+y');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('y q[2];');
    await page.keyboard.press('Control+y');
    await expect.poll(() => designer.text()).toContain('y q[2];');
    await page.keyboard.press('Control+z');
  });

  test('leaves the text by Tab, and goes round the regions by F6', async () => {
    const { page, designer } = open;
    const before = await designer.text();
    await page.getByTestId('text-editor').click();
    await expect.poll(focus).toBe('text-editor');
    await page.keyboard.press('Tab');
    await expect.poll(focus).not.toBe('text-editor');
    expect(await designer.text()).toBe(before);
    await page.keyboard.press('Alt+e');
    await expect.poll(focus).toBe('text-editor');
    await page.keyboard.press('F6');
    await expect.poll(focus).toBe('Probabilities');
    await page.keyboard.press('F6');
    await expect.poll(focus).toBe('Bloch vectors');
    for (const region of ['Probabilities', 'text-editor']) {
      await page.keyboard.press('Shift+F6');
      await expect.poll(focus).toBe(region);
    }
    await page.keyboard.press('Shift+F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid');
    await page.keyboard.press('Shift+F6');
    await expect.poll(focus).toBe('Gates');
  });

  test('cuts, changes tabs and asks for the menu by the keys of the platform', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+x');
    await expect.poll(() => designer.text()).not.toContain('h q[0];');
    await page.keyboard.press('Control+v');
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu');
    await menu.waitFor();
    const entries = await menu.getByRole('menuitem').allTextContents();
    expect(entries.join()).toContain('Condition on the gate');
    expect(entries.join()).not.toMatch(/Write an own gate out|Open or close the block|Edit angles/);
    const heights = await menu
      .getByRole('menuitem')
      .evaluateAll((all) => all.map((one) => one.scrollHeight > one.clientHeight + 1));
    expect(heights).not.toContain(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('grid');
    await page.keyboard.press('Alt+n');
    await expect
      .poll(() => page.getByRole('tab', { selected: true }).first().textContent())
      .toContain('Circuit 2');
    await page.keyboard.press('Alt+PageDown');
    await expect
      .poll(() => page.getByRole('tab', { selected: true }).first().textContent())
      .toContain('Circuit 1');
  });

  test('undoes only where it is seen', async () => {
    const { page, designer } = open;
    const before = await designer.text();
    await page.keyboard.press('Alt+2');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const keys of ['Control+z', 'Control+z', 'Alt+w', 'Control+Shift+z']) {
      await page.keyboard.press(keys);
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('listbox').waitFor();
    const offered = await page.getByRole('option').allTextContents();
    expect(offered.join('\n')).not.toMatch(/^(Undo|Redo|Close the tab)/m);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+1');
    await designer.editor.waitFor();
    await expect.poll(() => designer.text()).toBe(before);
    expect(open.window.problems).toEqual([]);
  });
});
