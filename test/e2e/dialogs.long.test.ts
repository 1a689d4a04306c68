import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { prepareAxe, seriousFaults } from '../support/axe.ts';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const program = `OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[3] q;
bit[3] c;
rx(theta) q[0];
c[0] = measure q[0];
if (c[0]) { x q[1]; h q[1]; }
`;

/** How each state of the window is reached by key from a circuit with the focus on its grid. */
const states: readonly (readonly [name: string, keys: readonly string[], role: string])[] = [
  ['the list of circuits', ['Alt+g'], 'dialog'],
  ['the comparison', ['Control+Shift+e'], 'dialog'],
  ['the problems', ['Control+Shift+m'], 'dialog'],
  ['the palette', ['Control+k'], 'listbox'],
  ['the replication', ['Control+a', 'Control+Shift+d'], 'dialog'],
  ['the name of a gate', ['Control+a', 'Control+g'], 'dialog'],
  ['the name of a register', ['F2'], 'dialog'],
  ['the block around a gate', ['Control+Home', 'k'], 'dialog'],
  ['the loop around a gate', ['Control+Home', 'e'], 'dialog'],
  ['the bit of a measurement', ['Control+Home', 'ArrowRight', 'Enter'], 'dialog'],
  ['the statistics', ['Alt+i'], 'dialog'],
  ['the menu', ['Control+Home', 'Shift+F10'], 'menu'],
  ['a run', ['F11', 'F11', 'F11'], 'toolbar'],
];

describe.skipIf(!hasBrowser).each([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['high contrast', { forcedColors: 'active' }],
] as const)('in the %s window', (_, options) => {
  let window: TestWindow;

  beforeAll(async () => {
    window = await openTestWindow(options);
    await prepareAxe(window.page);
  });

  afterAll(async () => {
    await window.close();
  });

  afterEach(async () => {
    for (let i = 0; i < 2; i++) await window.page.keyboard.press('Escape');
  });

  test('the start page has nothing serious', async () => {
    await window.page.getByRole('heading', { name: 'New from a template' }).waitFor();
    await window.page.getByRole('button', { name: /Bell pair/ }).waitFor();
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('a circuit with blocks and parameters has nothing serious', async () => {
    const designer = new DesignerPage(window.page);
    await designer.create();
    await designer.write(program);
    await window.page
      .getByRole('gridcell', { name: /^Block if/ })
      .first()
      .waitFor({ state: 'attached' });
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test.each(states)('%s has nothing serious', async (_name, keys, role) => {
    const { page } = window;
    await page.getByRole('grid').focus();
    for (const key of keys) await page.keyboard.press(key);
    await page
      .getByRole(role as 'dialog')
      .first()
      .waitFor();
    await expect.poll(() => page.getByRole('status', { name: /Opening|Loading/ }).count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
  });
});

describe.skipIf(!hasBrowser)('a system that asks for high contrast and little motion', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeAll(async () => {
    window = await openTestWindow({ forcedColors: 'active', reducedMotion: 'reduce' });
    designer = new DesignerPage(window.page);
    await designer.create();
  });

  afterAll(async () => {
    await window.close();
  });

  test('gets drawings in its own colours: ink on the wires, bars, and the text', async () => {
    const plain = await designer.inkAt(0, 0);
    await designer.place('h', 0, 0);
    await expect.poll(() => designer.inkAt(0, 0)).toBeGreaterThan(plain + 100);
    await expect.poll(() => designer.contrastAt(0, 0)).toBeGreaterThan(7);
    const bar = window.page.locator('.bars-bar').first();
    const colours = await bar.evaluate((element) => [
      getComputedStyle(element).backgroundColor,
      getComputedStyle(document.body).backgroundColor,
    ]);
    expect(colours[0]).not.toBe(colours[1]);
    await window.page.locator('.monaco-editor.hc-light, .monaco-editor.hc-black').first().waitFor();
  });

  test('sees nothing move for longer than a moment', async () => {
    await window.page.keyboard.press('Alt+g');
    await window.page.getByRole('dialog').waitFor();
    const longest = await window.page.evaluate(() => {
      const seconds = (text: string): number =>
        Math.max(...text.split(',').map((one) => Number.parseFloat(one) || 0));
      return Math.max(
        ...Array.from(document.querySelectorAll('*'), (element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element);
          return Math.max(seconds(animationDuration), seconds(transitionDuration));
        }),
      );
    });
    expect(longest).toBeLessThan(0.02);
  });
});
