import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

interface Example {
  readonly kind: string;
  readonly title: string;
}

const index = JSON.parse(readFileSync('assets/examples/index.json', 'utf8')) as readonly Example[];
const circuits = index.filter(({ kind }) => kind === 'circuit').map(({ title }) => title);

describe.skipIf(!hasBrowser)('the gallery of examples', () => {
  let window: TestWindow;
  const elsewhere: string[] = [];

  beforeAll(async () => {
    window = await openTestWindow();
    window.page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isOwn = ['127.0.0.1', 'localhost'].includes(hostname) || protocol === 'blob:';
      if (!isOwn && protocol !== 'data:') elsewhere.push(request.url());
    });
  });

  afterAll(async () => {
    await window.close();
  });

  test('has what a newcomer looks for', () => {
    expect(circuits).toHaveLength(12);
  });

  test.each(circuits)('opens and simulates: %s', async (title) => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await page.getByRole('heading', { level: 1 }).or(page.getByRole('tablist').first()).waitFor();
    await page.keyboard.press('Alt+g');
    const dialog = page.getByRole('dialog', { name: 'Open a circuit' });
    await dialog.getByRole('button', { name: new RegExp(`^${title}`) }).click();
    await page.getByRole('tab', { name: title, selected: true }).waitFor();
    await designer.editor.waitFor();
    await expect.poll(async () => (await designer.bars()).length).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.squiggly-error').count()).toBe(0);
    await expect.poll(() => page.getByText('The text has errors').count()).toBe(0);
    expect(window.problems).toEqual([]);
    expect(elsewhere).toEqual([]);
  });
});
