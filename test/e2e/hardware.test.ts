import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allFaults, prepareAxe } from '../support/axe.ts';
import { DesignerPage } from '../support/designer-page.ts';
import { IonqEmulator } from '../support/ionq-emulator.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const passphrase = 'a passphrase of the test';

describe.skipIf(!hasBrowser)('a circuit on a machine', () => {
  let emulator: IonqEmulator;
  let window: TestWindow;

  beforeAll(async () => {
    emulator = await IonqEmulator.start();
    window = await openTestWindow({
      environment: { IONQ_API_URL: emulator.url, KETBENCH_POLL_MS: '20' },
    });
  });

  afterAll(async () => {
    await window.close();
    await emulator.stop();
  });

  async function goTo(workspace: string): Promise<void> {
    const rail = window.page.getByRole('navigation', { name: 'Workspaces' });
    await rail.getByRole('button', { name: workspace }).click();
  }

  test('a passphrase that is weak or not repeated is refused at its field', async () => {
    const { page } = window;
    await goTo('Hardware');
    await page.getByRole('button', { name: 'Add a key' }).click();
    const vault = page.getByRole('dialog', { name: 'Make a vault' });
    const make = vault.getByRole('button', { name: 'Make it' });
    await make.click();
    await vault.getByText('Type the passphrase.').waitFor();
    await vault.getByLabel('Passphrase', { exact: true }).fill('a');
    await vault.getByText(/Strength: too weak/).waitFor();
    await make.click();
    await vault.getByText(/^Too weak. Use at least 8 characters/).waitFor();
    await vault.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await make.click();
    await vault.getByText('The two passphrases differ.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => vault.count()).toBe(0);
  });

  test('a circuit with named parameters runs on a model with the values of its sliders', async () => {
    const { page } = window;
    await goTo('Circuits');
    const designer = new DesignerPage(page);
    await designer.create();
    await designer.write(
      'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float theta;\nqubit[1] q;\nbit[1] c;\nrx(2*theta) q[0];\nc[0] = measure q[0];\n',
    );
    await page.getByRole('slider', { name: 'theta' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await goTo('Hardware');
    await page.getByText('Local simulator', { exact: true }).click();
    const panel = page.getByRole('region', { name: 'Run the open circuit' });
    // Known at once: nobody is asked, and nothing is to be paid.
    await panel.getByText('free').waitFor();
    await panel.getByText('θ = π/2').waitFor();
    await page.getByText('ibm_torino (model)', { exact: true }).click();
    await panel.getByText('1 on one qubit, 0 on two').waitFor();
    await panel.getByRole('button', { name: 'Run on this computer' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    const jobs = page.getByRole('region', { name: 'Jobs on devices' });
    await jobs.getByText('completed', { exact: true }).waitFor();
    await jobs.getByRole('button', { name: 'Open' }).click();
    // rx(π) turns the qubit over; the model misses a few.
    const first = page.getByRole('article').getByText(/^9\d\.\d %/);
    await first.first().waitFor();
    expect(emulator.jobs).toHaveLength(0);
    await goTo('Circuits');
  });

  test('a vault is made and a key put in', async () => {
    const { page } = window;
    const designer = new DesignerPage(page);
    await designer.create();
    await designer.place('h', 0, 0);
    await designer.place('cx', 0, 1);
    await expect.poll(() => designer.text()).toMatch(/cx q\[0\], ?q\[1\];/);
    await goTo('Hardware');
    await page.getByRole('button', { name: 'Add a key' }).click();
    const vault = page.getByRole('dialog', { name: 'Make a vault' });
    await vault.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await vault.getByLabel('Passphrase again').fill(passphrase);
    await vault.getByRole('button', { name: /Make|Create|OK|Unlock/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a key' });
    await expect.poll(() => dialog.getByLabel('API key').getAttribute('type')).toBe('password');
    await dialog.getByRole('button', { name: /Save|Add/ }).click();
    await dialog.getByText('API key is missing.').waitFor();
    await dialog.getByLabel('API key').fill(emulator.key);
    await dialog.getByRole('button', { name: /Save|Add/ }).click();
    await page
      .getByRole('region', { name: 'Keys' })
      .getByText('IonQ', { exact: false })
      .first()
      .waitFor();
  });

  test('its devices are listed live, its cost is named before it is submitted, and it is watched', async () => {
    const { page } = window;
    await page.getByText('IonQ Forte-1', { exact: true }).first().click();
    const panel = page.getByRole('region', { name: 'Run the open circuit' });
    await panel.getByText('IonQ’s own estimate for this account').waitFor();
    await panel.getByText(/\$1\.20/).waitFor();
    await panel.getByRole('button', { name: 'Submit…' }).click();
    const confirm = page.getByRole('dialog');
    await confirm
      .getByText(/\$1\.20/)
      .first()
      .waitFor();
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
    expect(emulator.jobs).toHaveLength(0);
    await confirm
      .getByRole('button', { name: /Submit|Run/ })
      .last()
      .click();
    const jobs = page.getByRole('region', { name: 'Jobs on devices' });
    await expect.poll(() => jobs.getByText('completed', { exact: true }).count()).toBe(2);
    expect(emulator.jobs).toHaveLength(1);
    await jobs.getByRole('button', { name: 'Open' }).first().click();
    await page.getByRole('article').getByText('000').first().waitFor();
  });

  test('neither key nor passphrase stay in the page, its storage or the library', async () => {
    const { page } = window;
    const heap = await heapOf(page);
    // What the page does show is found, so the search can fail.
    expect(heap.includes('IonQ Forte-1')).toBe(true);
    expect(heap.includes(emulator.key)).toBe(false);
    expect(heap.includes(passphrase)).toBe(false);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(stored).not.toContain(emulator.key);
    const files = filesBelow(window.home);
    expect(files.some((path) => path.endsWith('vault.json'))).toBe(true);
    for (const path of files) {
      const content = readFileSync(path);
      expect(content.includes(emulator.key), path).toBe(false);
      expect(content.includes(passphrase), path).toBe(false);
    }
    expect(window.problems).toEqual([]);
  });

  test('a key is removed only after a question, and a locked vault is not called one without keys', async () => {
    const { page } = window;
    await goTo('Hardware');
    const keys = page.getByRole('region', { name: 'Keys' });
    const remove = keys.getByRole('button', { name: /^Remove / });
    await remove.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Keep it' }).waitFor();
    await prepareAxe(page);
    expect(await allFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    expect(await remove.count()).toBe(1);
    await window.stopHost();
    await window.restartHost();
    await keys.getByText('The vault is locked.').first().waitFor();
    const row = page.getByRole('row', { name: /IonQ Forte-1/ });
    await row.getByText('locked', { exact: true }).waitFor();
    await keys.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('dialog').getByLabel('Passphrase').fill(passphrase);
    await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    await remove.click();
    await dialog.getByRole('button', { name: 'Remove the key' }).click();
    await keys.getByText('No key yet').waitFor();
  });
});

/** Everything that the page's heap holds, as V8 writes it for its own inspector. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

function filesBelow(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const child = join(path, name);
    return statSync(child).isDirectory() ? filesBelow(child) : [child];
  });
}
