import { expect, test } from 'vitest';
import { describeDesigner } from '../support/designer-window.ts';

/** How often a statement stands in the text. */
function times(text: string, statement: string): number {
  return text.split(statement).length - 1;
}

describeDesigner('copies', (open) => {
  async function drag(from: [number, number], to: [number, number], key: string): Promise<void> {
    const { page, designer } = open;
    const [a, b] = [await designer.pointOf(...from), await designer.pointOf(...to)];
    await page.keyboard.down(key);
    await page.mouse.move(a.x, a.y);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up(key);
  }

  test('a drag with Alt makes a row of gates, in one step of undo', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.keyboard.press('h');
    await drag([0, 0], [4, 0], 'Alt');
    for (const q of [0, 1, 2, 3, 4]) {
      await expect.poll(() => designer.text()).toContain(`h q[${q}];`);
      await expect.poll(() => designer.inkAt(q, 0)).toBeGreaterThan(400);
    }
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('h q[1];');
  });

  test('a drag with Ctrl makes one copy where it ends', async () => {
    const { page, designer } = open;
    await drag([0, 0], [3, 0], 'Control');
    await expect.poll(() => designer.text()).toContain('h q[3];');
    expect(await designer.text()).not.toContain('h q[1];');
    await expect.poll(() => designer.text()).toContain('h q[0];');
    await page.keyboard.press('Control+z');
    await expect.poll(() => designer.text()).not.toContain('h q[3];');
  });

  test('the dialog replicates over wires and columns by keyboard alone', async () => {
    const { page, designer } = open;
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+Shift+D');
    await page.getByRole('dialog', { name: 'Replicate 1 operation' }).waitFor();
    await page.keyboard.type('9');
    await page.getByText('There are not that many wires').waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('3');
    await page.keyboard.press('Tab');
    await page.keyboard.type('4');
    await page.getByText('Makes 12 operations of 1.').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => times(await designer.text(), 'h q[')).toBe(12);
    await expect
      .poll(() => page.getByTestId('announcer').textContent())
      .toBe('Replicated: 12 operations.');
  });

  test('a range of columns goes into another circuit by keys', async () => {
    const { page, designer } = open;
    await page.getByRole('grid').focus();
    for (let k = 0; k < 6; k++) await page.keyboard.press('ArrowLeft');
    for (let k = 0; k < 3; k++) await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect
      .poll(() => page.getByTestId('announcer').textContent())
      .toBe('Columns 1 to 3, 9 operations selected.');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Alt+n');
    await page.getByRole('tab', { name: 'Circuit 2' }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Control+v');
    await expect.poll(async () => times(await designer.text(), 'h q[')).toBe(9);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => times(await designer.text(), 'h q[')).toBe(0);
    await page.keyboard.press('Control+v');
    await expect.poll(async () => times(await designer.text(), 'h q[')).toBe(9);
  });

  test('a press above the wires takes whole columns', async () => {
    const { page, designer } = open;
    const [a, b] = [await designer.pointOf(0, 1), await designer.pointOf(0, 2)];
    await page.mouse.move(a.x, a.y - 30);
    await page.mouse.down();
    await page.mouse.move(b.x, b.y - 30, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.press('Delete');
    await expect.poll(async () => times(await designer.text(), 'h q[')).toBe(3);
    expect(open.window.problems).toEqual([]);
  });
});
