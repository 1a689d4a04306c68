import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { temporaryFolder } from '../support/temporary-app.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

const circuit = (text: string): string =>
  `OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\n${text}\n`;

/** Lets go of files over the window. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName));
      for (const kind of ['dragover', 'drop']) {
        const options = { dataTransfer: data, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent(kind, options));
      }
    },
    [name, text] as const,
  );
}

/** Puts circuits into the library before anything is started. */
function fill(home: string, names: readonly string[]): void {
  const folder = join(home, 'documents');
  mkdirSync(folder, { recursive: true });
  names.forEach((name, i) => {
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
    const modifiedAt = new Date(1e12 + i).toISOString();
    const data = { id, name, revision: 1, modifiedAt, text: circuit('h q[0];'), sidecar: null };
    const project = i % 10 === 0 ? 'Chemistry' : '';
    const stored = { schemaVersion: 2, data: { ...data, project } };
    writeFileSync(join(folder, `${id}.json`), JSON.stringify(stored));
  });
}

describe.skipIf(!hasBrowser)('the library', () => {
  let window: TestWindow;
  let page: Page;

  beforeEach(async () => {
    const home = temporaryFolder();
    fill(home.path, ['Alpha', 'Beta', 'Gamma']);
    window = await openTestWindow({ home });
    page = window.page;
    await page.getByRole('heading', { name: 'Your circuits' }).waitFor();
    await row('Alpha').waitFor();
  });

  afterEach(async () => {
    await window.close();
  });

  const row = (name: string) => page.locator('.library-row', { hasText: name });
  const project = (name: string) =>
    page.getByRole('navigation', { name: 'Projects' }).getByRole('button', { name });

  test('has projects that are made, filled, renamed and dissolved by mouse', async () => {
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('textbox', { name: 'Name of the project' }).fill('Option pricing');
    await page.keyboard.press('Enter');
    await project('Option pricing 0').waitFor();
    await project('All circuits').click();
    await page.getByRole('button', { name: 'Actions for Beta' }).click();
    await page.getByRole('menuitem', { name: 'Move to Option pricing' }).click();
    await project('Option pricing 1').click();
    await expect.poll(() => page.locator('.library-row').count()).toBe(1);
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name of the project' }).fill('Options');
    await page.keyboard.press('Enter');
    await project('Options 1').waitFor();
    await page.getByRole('button', { name: 'New circuit here' }).click();
    const designer = new DesignerPage(page);
    await designer.canvas.waitFor();
    await designer.place('h', 0, 0);
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
    await page.getByRole('button', { name: /Open an example or a saved/ }).click();
    await project('Options 2').click();
    await page.getByRole('button', { name: 'Dissolve' }).click();
    await expect.poll(() => project('Options').count()).toBe(0);
    await row('Beta').waitFor();
    expect(window.problems).toEqual([]);
  });

  test('is walked, renamed, emptied and mended by keyboard', async () => {
    await row('Gamma').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator(':focus').textContent()).toContain('Beta');
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Delta');
    await page.keyboard.press('Enter');
    await row('Delta').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => row('Delta').count()).toBe(0);
    await page.getByRole('button', { name: 'Put it back' }).press('Enter');
    await row('Delta').press('Enter');
    const tab = page.getByRole('tab', { name: 'Delta', selected: true });
    await tab.press('F2');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Epsilon');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Epsilon', selected: true }).waitFor();
    await expect.poll(() => page.locator('[data-state="saving"]').count()).toBe(0);
  });

  test('remembers what was opened last, and starts from templates', async () => {
    await row('Alpha').click();
    await page.getByRole('tab', { name: 'Alpha' }).waitFor();
    await page.keyboard.press('Alt+w');
    await page.getByRole('heading', { name: 'Opened last' }).waitFor();
    await page.locator('.recent-list button').first().click();
    await page.getByRole('tab', { name: 'Alpha' }).waitFor();
    await page.keyboard.press('Alt+w');
    await page.getByRole('button', { name: /Dynamic circuit/ }).click();
    const designer = new DesignerPage(page);
    await designer.editor.waitFor();
    await expect.poll(() => designer.text()).toContain('if (c[0]) {');
  });

  test('takes dropped files of every format, and says where one is wrong', async () => {
    const designer = new DesignerPage(page);
    await drop(page, 'two.qasm', circuit('x q[1];'));
    await page.getByRole('tab', { name: 'two' }).waitFor();
    await drop(page, 'pair.quil', 'H 0\nCNOT 0 1\n');
    await page.getByRole('tab', { name: 'pair' }).waitFor();
    await expect.poll(() => designer.text()).toContain('cx q[0], q[1];');
    await drop(page, 'quirk.json', '{"cols":[["H"],["•","X"]]}');
    await page.getByRole('tab', { name: 'quirk' }).waitFor();
    await drop(page, 'wrong.quil', 'H 0\nNOSUCHGATE 1\n');
    await page.getByText(/wrong\.quil cannot be read as Quil.* 2:1:/).waitFor();
    await drop(page, 'photo.png', '');
    await page.getByText('“photo.png” is no circuit').waitFor();
  });
});

describe.skipIf(!hasBrowser)('a library of a thousand circuits', () => {
  test('is searched and scrolled with few rows in the page', async () => {
    const home = temporaryFolder();
    fill(
      home.path,
      Array.from({ length: 1000 }, (_, i) => `Circuit with a long name, number ${i}`),
    );
    const window = await openTestWindow({ home });
    const { page } = window;
    await page.getByRole('button', { name: 'All circuits 1000' }).waitFor();
    await page.getByRole('button', { name: 'Chemistry 100' }).waitFor();
    const rows = page.locator('.library-row');
    await expect.poll(() => rows.count()).toBeGreaterThan(5);
    expect(await rows.count()).toBeLessThan(60);
    await page.locator('.library-rows').evaluate((frame) => frame.scrollTo({ top: 1e6 }));
    await rows.filter({ hasText: 'number 0' }).first().waitFor();
    await page
      .getByRole('searchbox', { name: 'Search circuits, templates and examples' })
      .fill('number 777');
    await expect.poll(() => rows.count()).toBe(1);
    await rows.first().press('Enter');
    await page.getByRole('tab', { name: /number 777/ }).waitFor();
    expect(window.problems).toEqual([]);
    await window.close();
  });
});
