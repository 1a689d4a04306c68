import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const program = `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[1] c;
c[0] = measure q[0];
if (c[0]) {
  x q[1];
  h q[1];
}
`;
/** Where the parts of the block in column 1 stand, in world units (renderer/features/designer/blocks.ts). */
const label = 170;
const firstGate = 244;
const behindFirst = 268;

describe.skipIf(!hasBrowser)('blocks in the drawing', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeEach(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
    await designer.write(program);
    await cell(/^Block if \(c\[0\]\), 2 operations, open/).waitFor({ state: 'attached' });
  });

  afterEach(async () => {
    await window.close();
  });

  function cell(name: RegExp) {
    return window.page.getByRole('gridcell', { name });
  }

  async function pointOn(x: number): Promise<{ x: number; y: number }> {
    const box = await designer.canvas.boundingBox();
    return { x: (box?.x ?? 0) + x, y: (await designer.pointOf(1, 0)).y };
  }

  test('close and open by mouse, and stay so after a restart', async () => {
    const { page } = window;
    const at = await pointOn(label);
    await page.mouse.dblclick(at.x, at.y);
    await cell(/if \(c\[0\]\).*closed, column 2/).waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await page.close({ runBeforeUnload: false });
    const again = await window.reopen();
    await again
      .getByRole('gridcell', { name: /if \(c\[0\]\).*closed, column 2/ })
      .waitFor({ state: 'attached' });
    expect(window.problems).toEqual([]);
  });

  test('take gates in and give them away by mouse', async () => {
    const { page } = window;
    const tile = page.locator('[data-item="z"]');
    const from = await tile.boundingBox();
    const to = await pointOn(behindFirst);
    await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
    await page.mouse.down();
    await page.mouse.move(to.x - 10, to.y, { steps: 4 });
    await page.mouse.move(to.x, to.y);
    await page.mouse.up();
    await expect.poll(() => designer.text()).toMatch(/x q\[1\];\s+z q\[1\];\s+h q\[1\];/);
    const first = await pointOn(firstGate);
    await page.mouse.click(first.x, first.y);
    await page.keyboard.press('Delete');
    await expect.poll(() => designer.text()).not.toContain('x q[1];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).toContain('x q[1];');
  });

  test('are read, opened, walked and edited by keyboard', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('f');
    await expect.poll(() => designer.said()).toBe('if (c[0]): closed.');
    await page.keyboard.press('f');
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(() => designer.said()).toBe('X on q[1], 1 of 2 in if (c[0]).');
    await page.keyboard.press('z');
    await expect.poll(() => designer.text()).toMatch(/x q\[1\];\s+z q\[1\];\s+h q\[1\];/);
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Delete');
    await expect.poll(() => designer.text()).not.toContain('x q[1];');
    await expect.poll(() => designer.text()).toContain('z q[1];');
  });

  test('lead to the text where the drawing cannot change them', async () => {
    const { page } = window;
    await designer.write(program.replace('if (c[0])', 'for int i in [0:1]'));
    await cell(/^Block for int i in/).waitFor({ state: 'attached' });
    await page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Alt+ArrowRight');
    await page.keyboard.press('Delete');
    await page.getByText('the change would be made in every round').waitFor();
    await page.keyboard.press('Alt+t');
    await page.keyboard.type('y q[0];');
    await expect.poll(() => designer.text()).toMatch(/\{\s+y q\[0\];\s+h q\[1\];/);
  });
});
