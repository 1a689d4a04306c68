import type { Locator, Page } from 'playwright-core';

/** World sizes of the drawing at zoom 1 (renderer/features/designer/layout.ts). */
const rowHeight = 46;
const top = 32;
const left = 88;
const columnWidth = 52;

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
    const { x, y } = await this.pointOf(row, column);
    const box = await this.canvas.boundingBox();
    return this.canvas
      .locator('canvas')
      .first()
      .evaluate(
        (canvas: HTMLCanvasElement, at) => {
          const ratio = canvas.width / canvas.clientWidth;
          const size = Math.round(30 * ratio);
          const context = canvas.getContext('2d');
          const startX = Math.round(at.x * ratio - size / 2);
          const startY = Math.round(at.y * ratio - size / 2);
          const data = context?.getImageData(startX, startY, size, size).data ?? [];
          let ink = 0;
          for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) ink++;
          return ink / (ratio * ratio);
        },
        { x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) },
      );
  }

  /** The largest contrast (WCAG) between a pixel of a cell and the page behind the drawing. */
  async contrastAt(row: number, column: number): Promise<number> {
    const { x, y } = await this.pointOf(row, column);
    const box = await this.canvas.boundingBox();
    return this.canvas
      .locator('canvas')
      .first()
      .evaluate(
        (canvas: HTMLCanvasElement, at) => {
          const light = (channels: readonly number[]): number => {
            const [r = 0, g = 0, b = 0] = channels.map((channel) => {
              const c = channel / 255;
              return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const paper = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? [];
          const ground = light(paper.slice(0, 3).map(Number));
          const ratio = canvas.width / canvas.clientWidth;
          const size = Math.round(30 * ratio);
          const left = Math.round(at.x * ratio - size / 2);
          const top = Math.round(at.y * ratio - size / 2);
          const data = canvas.getContext('2d')?.getImageData(left, top, size, size).data ?? [];
          let most = 1;
          for (let i = 0; i < data.length; i += 4) {
            if ((data[i + 3] ?? 0) < 250) continue;
            const ink = light([data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0]);
            const [high, low] = ink > ground ? [ink, ground] : [ground, ink];
            most = Math.max(most, (high + 0.05) / (low + 0.05));
          }
          return most;
        },
        { x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) },
      );
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
