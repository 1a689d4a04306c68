import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { IonqEmulator } from '../support/ionq-emulator.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('running on hardware', () => {
  let emulator: IonqEmulator;
  let window: TestWindow;

  beforeAll(async () => {
    emulator = await IonqEmulator.start();
    window = await openTestWindow({
      environment: { IONQ_API_URL: emulator.url, KETBENCH_POLL_MS: '50' },
    });
    const designer = new DesignerPage(window.page);
    await designer.create();
    for (const [gate, row, column] of [
      ['h', 0, 0],
      ['cx', 0, 1],
      ['measure', 0, 2],
      ['measure', 1, 2],
    ] as const) {
      await designer.place(gate, row, column);
    }
    await window.page.getByText('measure q[1] -> c[1];').first().waitFor();
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: 'Hardware' }).click();
  });

  afterAll(async () => {
    await window.close();
    await emulator.stop();
  });

  test('makes the vault, stores a key, and never shows it again', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Add a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
    await dialog.getByLabel('Passphrase again').fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await dialog.getByLabel('API key').fill(emulator.key);
    expect(await dialog.getByLabel('API key').getAttribute('type')).toBe('password');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('region', { name: 'Keys' }).getByText('ionq · added').waitFor();
    expect(await page.content()).not.toContain(emulator.key);
  });

  test('tests the key with the vendor', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByRole('region', { name: 'Messages' }).getByText('emulated key').waitFor();
  });

  test('names the cost before it submits, and shows the outcome', { timeout: 60_000 }, async () => {
    const { page } = window;
    await page.getByRole('button', { name: /^IonQ Forte-1 / }).click();
    const panel = page.getByRole('region', { name: 'Run the open circuit' });
    await panel.getByText(/^\$/).waitFor();
    await panel.getByRole('button', { name: 'Submit…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Submit for \$/ }).click();
    const jobs = page.getByRole('region', { name: 'Jobs on devices' });
    await jobs.getByText('completed', { exact: true }).waitFor({ timeout: 30_000 });
    await jobs.getByRole('button', { name: 'Open' }).click();
    await expect
      .poll(async () => (await new DesignerPage(page).bars()).map(([key]) => key))
      .toEqual(['000', '011']);
    expect(emulator.jobs).toHaveLength(1);
    expect(window.problems).toEqual([]);
  });

  test('leaves no trace of the key in the library', () => {
    for (const name of readdirSync(window.home, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const content = readFileSync(join(name.parentPath, name.name));
      expect(content.includes(emulator.key), name.name).toBe(false);
    }
  });
});
