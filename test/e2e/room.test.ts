import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';

describeDesigner('the room of the drawing', (open) => {
  const box = async (selector: string) => {
    const found = await open.page.locator(selector).first().boundingBox();
    if (found === null) throw new Error(`${selector} is not shown.`);
    return { ...found, right: found.x + found.width, bottom: found.y + found.height };
  };

  test('is kept with an error and parameters at 1280 and at 1024 pixels', async () => {
    const { page, designer } = open;
    for (const width of [1280, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      await designer.write(`${head}input float theta;\nqubit[2] q;\nrx(theta) q[0];\n`);
      await page.getByRole('slider', { name: 'theta' }).waitFor();
      await designer.write(
        `${head}input float theta;\nqubit[2] q;\nrx(theta) q[0]; nonsense q[1];\n`,
      );
      const note = page.locator('.designer-stale');
      await note.waitFor();
      const [panel, strip, told] = [
        await box('.designer'),
        await box('.parameter-strip'),
        await box('.designer-stale'),
      ];
      expect(strip.right).toBeLessThanOrEqual(panel.right + 1);
      expect(told.right).toBeLessThanOrEqual(panel.right);
      expect(await note.evaluate((one) => one.scrollWidth <= one.clientWidth + 1)).toBe(true);
      expect(await note.textContent()).toContain('the last good circuit');
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('is shared with the overview, which covers nothing', async () => {
    const { page, designer } = open;
    const wide = Array.from({ length: 60 }, (_, i) => `rz(0.${i + 1}) q[0];`).join('\n');
    await designer.write(`${head}qubit[6] q;\nbit[6] c;\n${wide}\n`);
    await page.getByTestId('minimap').waitFor();
    const [canvas, overview] = [
      await box('[data-testid="circuit-canvas"]'),
      await box('[data-testid="minimap"]'),
    ];
    expect(overview.y).toBeGreaterThanOrEqual(canvas.bottom);
  });

  test('is not taken by the card of a gate that was only dropped or edited', async () => {
    const { page, designer } = open;
    await designer.write(`${head}qubit[3] q;\n`);
    await designer.place('h', 0, 0);
    await expect.poll(() => designer.text()).toContain('h q[0];');
    const { x, y } = await designer.pointOf(0, 0);
    await page.mouse.move(x + 3, y + 2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('xyz');
    await expect.poll(() => designer.text()).toContain('z q[1];');
    expect(await page.locator('.gate-card').count()).toBe(0);
    await page.mouse.move(x + 200, y + 120);
    await page.mouse.move(x, y, { steps: 4 });
    await page.locator('.gate-card').waitFor();
    const lowest = await designer.pointOf(2, 0);
    expect((await box('.gate-card')).y).toBeGreaterThan(lowest.y);
    expect(open.window.problems).toEqual([]);
  });
});
