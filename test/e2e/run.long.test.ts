import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const program = `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
c[0] = measure q[0];
if (c[0] == 1) {
x q[1];
} else {
z q[1];
}
for int i in [0:2] {
t q[0];
h q[1];
}
`;

describe.skipIf(!hasBrowser)('stepping through a program', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeEach(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
    await designer.write(program);
    await window.page
      .getByRole('gridcell', { name: /^Block for int i/ })
      .first()
      .waitFor({ state: 'attached' });
  });

  afterEach(async () => {
    expect(window.problems).toEqual([]);
    await window.close();
  });

  const place = () => window.page.locator('.run-place').textContent();

  async function chances(): Promise<readonly number[]> {
    return (await designer.bars()).map(([, width]) => width);
  }

  test('goes into branches and rounds by key, forwards and back, on one seed', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    await page.keyboard.press('F11');
    await expect.poll(place).toBe('Step 1, before line 5: h q[0];');
    await page.keyboard.press('F11');
    await expect.poll(place).toContain('c[0] = measure q[0];');
    await page.keyboard.press('F11');
    // The way that was taken is the one that the measured bit says.
    await expect.poll(place).toMatch(/[xz] q\[1\];$/);
    const bit = (await place())?.includes('x q[1];') === true ? 1 : 0;
    await expect.poll(() => page.locator('.run-bits').textContent()).toBe(`c = 0${bit}`);
    await expect.poll(async () => (await chances()).length).toBe(1);
    await page.keyboard.press('F11');
    await expect.poll(place).toMatch(/i = 0: t q\[0\];$/);
    await page.keyboard.press('F11');
    await expect.poll(place).toMatch(/i = 0: h q\[1\];$/);
    await page.keyboard.press('F10');
    await expect.poll(place).toMatch(/i = 1: t q\[0\];$/);
    await page.keyboard.press('Alt+F10');
    await expect.poll(place).toMatch(/i = 0: h q\[1\];$/);
    await expect.poll(() => designer.said()).toMatch(/i = 0: h q\[1\];$/);
    await page.keyboard.press('Shift+F11');
    await expect.poll(place).toBe('At the end of the run.');
    await page.keyboard.press('Alt+F5');
    await expect.poll(() => page.locator('.run-strip').count()).toBe(0);
  });

  test('runs to breakpoints that were set in the margin, in every round', async () => {
    const { page } = window;
    const line = page.locator('.margin-view-overlays > div').filter({ hasText: /^13$/ });
    const box = await line.boundingBox();
    await page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
    await page.locator('.editor-breakpoint').waitFor();
    await page.getByRole('button', { name: /Step through/ }).click();
    await expect.poll(place).toContain('Step 1');
    const on = page.getByRole('button', { name: /next breakpoint/ });
    await on.click();
    await expect.poll(place).toMatch(/line 13, i = 0: t/);
    await on.click();
    await expect.poll(place).toMatch(/line 13, i = 1: t/);
    await page.getByRole('button', { name: /previous breakpoint/ }).click();
    await expect.poll(place).toMatch(/line 13, i = 0: t/);
    await expect.poll(() => page.locator('.editor-next').count()).toBeGreaterThan(0);
  });

  test('keeps a breakpoint that was set on a gate by key, and leaves with it', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    await page.keyboard.press('F9');
    await expect.poll(() => designer.said()).toBe('Breakpoint on line 5.');
    await page.locator('.editor-breakpoint').waitFor();
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await page.close({ runBeforeUnload: false });
    const again = await window.reopen();
    await again.locator('.editor-breakpoint').waitFor();
    await again.getByRole('grid').focus();
    await again.keyboard.press('F9');
    await expect.poll(() => again.locator('.editor-breakpoint').count()).toBe(0);
  });

  test('takes another way on another seed', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    const seen = new Set<string>();
    for (let number = 1; number <= 8 && seen.size < 2; number++) {
      if (number === 1) await page.keyboard.press('F11');
      else await seed.fill(String(number));
      await expect.poll(place).toContain('Step 1,');
      await page.keyboard.press('F11');
      await expect.poll(place).toContain('Step 2,');
      await page.keyboard.press('F11');
      await expect.poll(place).toContain('Step 3,');
      seen.add((await place())?.includes('x q[1]') === true ? 'x' : 'z');
    }
    expect(seen.size).toBe(2);
  });
});
