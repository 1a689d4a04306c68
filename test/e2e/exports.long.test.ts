import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DesignerPage } from '../support/designer-page.ts';
import { hasBrowser, openTestWindow, type TestWindow } from '../support/window.ts';

describe.skipIf(!hasBrowser)('the export panel', () => {
  let window: TestWindow;
  let designer: DesignerPage;

  beforeEach(async () => {
    window = await openTestWindow();
    designer = new DesignerPage(window.page);
    await designer.create();
    await designer.place('h', 0, 0);
    await window.page.getByText('Export', { exact: true }).click();
  });

  afterEach(async () => {
    expect(window.problems).toEqual([]);
    await window.close();
  });

  /** Saves by the button and reads what arrived. */
  async function saved(button: string): Promise<{ name: string; bytes: Buffer }> {
    const arriving = window.page.waitForEvent('download');
    await window.page.getByRole('button', { name: button }).click();
    const download = await arriving;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  test('shows the circuit in the chosen language and follows each edit', async () => {
    const { page } = window;
    const text = page.getByTestId('export-text');
    await expect.poll(() => text.textContent()).toContain('.h(');
    await designer.place('x', 1, 0);
    await expect.poll(() => text.textContent()).toContain('.x(');
    await page.getByRole('combobox', { name: 'Format' }).selectOption('cirq');
    await expect.poll(() => text.textContent()).toContain('import cirq');
    const { name, bytes } = await saved('Save as Cirq');
    expect(name).toBe('Circuit 1.py');
    expect(bytes.toString()).toBe(await text.textContent());
  });

  test('copies what it shows', async () => {
    const { page } = window;
    const shown = await page.getByTestId('export-text').textContent();
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => page.getByTestId('announcer').textContent()).toBe('Copied.');
    // Pasted into a field of the window: reading the clipboard itself would need a permission.
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+v');
    const pasted = await page.getByRole('dialog').getByRole('combobox').inputValue();
    expect(pasted.replaceAll(/\s+/g, ' ')).toContain('from qiskit import');
    expect(shown).toContain('from qiskit import');
  });

  test('names what the language cannot express', async () => {
    const { page } = window;
    await page.getByTestId('circuit-canvas').waitFor();
    await page.getByRole('combobox', { name: 'Format' }).selectOption('braket');
    await designer.place('reset', 1, 0);
    await page.getByRole('list', { name: 'What the format cannot express' }).waitFor();
  });

  test('saves the drawing in black and white, wrapped to a page, also as PDF', async () => {
    const { page } = window;
    await page.getByRole('grid').focus();
    await page.keyboard.type('xyztshxyztshxyztsh');
    await page.getByRole('combobox', { name: 'Format' }).selectOption('pdf');
    const picture = page.getByRole('img', { name: 'The circuit, drawn' });
    const width = (): Promise<number> =>
      picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width).toBeGreaterThan(700);
    await page.getByRole('combobox', { name: 'Width' }).selectOption('Page, 170 mm');
    await page.getByRole('combobox', { name: 'Colours' }).selectOption('Black and white');
    await expect.poll(width).toBeLessThanOrEqual(643);
    const pdf = await saved('Save as Drawing (PDF)');
    expect(pdf.name).toBe('Circuit 1.pdf');
    expect(pdf.bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    await page.getByRole('combobox', { name: 'Format' }).selectOption('svg');
    const svg = (await saved('Save as Drawing (SVG)')).bytes.toString();
    expect(new Set(svg.match(/#[0-9a-f]{6}/g))).toEqual(new Set(['#ffffff', '#000000']));
  });

  test('saves the drawing as SVG with live text, and as PNG at the chosen resolution', async () => {
    const { page } = window;
    await page.getByRole('combobox', { name: 'Format' }).selectOption('svg');
    const picture = page.getByRole('img', { name: 'The circuit, drawn' });
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(60);
    const svg = await saved('Save as Drawing (SVG)');
    expect(svg.name).toBe('Circuit 1.svg');
    expect(svg.bytes.toString()).toMatch(/<text[^>]*>H<\/text>/);
    const width = await picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
    await page.getByRole('combobox', { name: 'Dots an inch' }).selectOption('600');
    const png = await saved('Save as PNG, 600 dpi');
    expect(png.name).toBe('Circuit 1.png');
    expect(png.bytes.toString('latin1', 1, 4)).toBe('PNG');
    expect(png.bytes.readUInt32BE(16)).toBe(Math.ceil((width * 600) / 96));
    expect(png.bytes.toString('latin1', 37, 41)).toBe('pHYs');
    // A blank picture of this size would be far smaller.
    expect(png.bytes.length).toBeGreaterThan(5000);
  });
});
