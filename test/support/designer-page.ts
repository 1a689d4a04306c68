import type { Locator, Page } from 'playwright-core';

/** World sizes of the drawing at zoom 1 (renderer/features/designer/layout.ts). */
const rowHeight = 46;
const top = 32;
const left = 88;
const columnWidth = 52;

interface CellPixels {
  readonly pixels: readonly (readonly [number, number, number, number])[];
  readonly ratio: number;
  readonly paper: readonly number[];
}

/** Relative luminance (WCAG 2.2) of red, green and blue up to 255. */
function luminance(colour: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = colour.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The Circuits workspace as a test works with it. */
export class DesignerPage {
  readonly #page: Page;
  readonly canvas: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.canvas = page.getByTestId('circuit-canvas');
  }

  /** Opens a new circuit and waits until it can be edited. */
  async create(): Promise<void> {
    await this.#page.getByRole('button', { name: 'New circuit' }).first().click();
    await this.canvas.waitFor();
    await this.editor.waitFor();
  }

  get editor(): Locator {
    return this.#page.getByTestId('text-editor').locator('.view-lines');
  }

  /** The text in the editor, with plain spaces. Lines stand in the page in any order. */
  async text(): Promise<string> {
    const lines = await this.editor.locator('.view-line').evaluateAll((all) =>
      all
        .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top), line }))
        .toSorted((a, b) => a.top - b.top)
        .map(({ line }) => line.textContent ?? ''),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Writes another text into the editor. */
  async write(text: string): Promise<void> {
    await this.#page.getByTestId('text-editor').click();
    await this.#page.keyboard.press('Control+a');
    await this.#page.keyboard.insertText(text);
  }

  /** What a screen reader was told last. */
  said(): Promise<string | null> {
    return this.#page.getByTestId('announcer').textContent();
  }

  /** Page coordinates of a cell, as long as the view was neither moved nor zoomed. */
  async pointOf(row: number, column: number): Promise<{ x: number; y: number }> {
    const box = await this.canvas.boundingBox();
    if (box === null) throw new Error('The canvas is not shown.');
    return {
      x: box.x + left + (column + 0.5) * columnWidth,
      y: box.y + top + (row + 0.5) * rowHeight,
    };
  }

  /** Drags a gate from the palette onto a wire. */
  async place(gate: string, row: number, column: number): Promise<void> {
    const tile = this.#page.locator(`[data-item="${gate}"]`);
    await tile.scrollIntoViewIfNeeded();
    const from = await tile.boundingBox();
    if (from === null) throw new Error(`There is no “${gate}” in the palette.`);
    const to = await this.pointOf(row, column);
    await this.#page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this.#page.mouse.down();
    await this.#page.mouse.move(to.x - 12, to.y, { steps: 5 });
    await this.#page.mouse.move(to.x, to.y, { steps: 2 });
    await this.#page.mouse.up();
  }

  /** How many pixels around a cell's centre differ from the paper. */
  async inkAt(row: number, column: number): Promise<number> {
    const { pixels, ratio } = await this.#pixelsAt(row, column);
    return pixels.filter(([, , , alpha]) => alpha > 0).length / (ratio * ratio);
  }

  /** The largest contrast (WCAG) between a pixel of a cell and the page behind the drawing. */
  async contrastAt(row: number, column: number): Promise<number> {
    const { pixels, paper } = await this.#pixelsAt(row, column);
    const ground = luminance(paper);
    const contrasts = pixels
      .filter(([, , , alpha]) => alpha >= 250)
      .map((pixel) => {
        const ink = luminance(pixel);
        return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
      });
    return Math.max(1, ...contrasts);
  }

  /** A square of 30 around a cell's centre, the device's pixels a CSS pixel, and the page's colour. */
  async #pixelsAt(row: number, column: number): Promise<CellPixels> {
    const { x, y } = await this.pointOf(row, column);
    const box = await this.canvas.boundingBox();
    const { data, ratio, paper } = await this.canvas
      .locator('canvas')
      .first()
      .evaluate(
        (canvas: HTMLCanvasElement, at) => {
          const scale = canvas.width / canvas.clientWidth;
          const size = Math.round(30 * scale);
          const left = Math.round(at.x * scale - size / 2);
          const top = Math.round(at.y * scale - size / 2);
          const seen = canvas.getContext('2d')?.getImageData(left, top, size, size).data ?? [];
          const ground = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? [];
          return { data: Array.from(seen), ratio: scale, paper: ground.map(Number) };
        },
        { x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) },
      );
    const pixels = Array.from({ length: data.length / 4 }, (_, i) => {
      const [r = 0, g = 0, b = 0, alpha = 0] = data.slice(4 * i, 4 * i + 4);
      return [r, g, b, alpha] as const;
    });
    return { pixels, ratio, paper };
  }

  /** The bars as [key, width in pixels]. */
  bars(): Promise<readonly (readonly [string, number])[]> {
    return this.#page
      .getByTestId('histogram')
      .locator('.bars-bar')
      .evaluateAll((bars) =>
        bars.map((bar) => [
          (bar as HTMLElement).dataset['key'] ?? '',
          bar.getBoundingClientRect().width,
        ]),
      );
  }
}
