import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '#shared/base/errors.ts';
import { findBrowser } from './find-browser.ts';

/** Pixels for each unit of a drawing where nothing else is asked for: 192 dots an inch. */
const usualScale = 2;
/** A browser's window paints no more. */
const maximumSide = 16_000;
const maximumMs = 60_000;

/**
 * The bytes of a PNG of a drawing, painted by the installed Chromium, Chrome or Edge.
 * `unsupported` where there is none, `too-large` where no window can hold the drawing.
 */
export function paintDrawing(svg: string, scale: number = usualScale): Uint8Array {
  const found = /<svg[^>]*\swidth="([\d.]+)"[^>]*\sheight="([\d.]+)"/.exec(svg);
  const [width, height] = [Math.ceil(Number(found?.[1] ?? 0)), Math.ceil(Number(found?.[2] ?? 0))];
  if (Math.max(width, height) * scale > maximumSide) {
    const message = `The picture would be ${width * scale} × ${height * scale} pixels; at most ${maximumSide} on a side can be painted. Use --to svg or --to pdf.`;
    throw new AppError('too-large', message, { width, height });
  }
  const browser = findBrowser();
  if (browser === null) {
    throw new AppError(
      'unsupported',
      'A PNG is painted by Chromium, Chrome or Edge, and none is installed. Install one or name it in KETBENCH_CHROMIUM; --to svg and --to pdf need none.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'ketbench-picture-'));
  try {
    return paintIn(folder, browser, svg, { width, height, scale });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Pixels a unit. */
  readonly scale: number;
}

function paintIn(
  folder: string,
  browser: string,
  svg: string,
  { width, height, scale }: Size,
): Uint8Array {
  const page = join(folder, 'drawing.html');
  const picture = join(folder, 'drawing.png');
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><style>*{margin:0}svg{display:block}</style>${svg}`,
  );
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const { stderr } = spawnSync(
    browser,
    [
      '--headless',
      `--screenshot=${picture}`,
      `--window-size=${width},${height}`,
      `--force-device-scale-factor=${scale}`,
      '--hide-scrollbars',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      `--user-data-dir=${join(folder, 'profile')}`,
      ...(asRoot ? ['--no-sandbox'] : []),
      pathToFileURL(page).href,
    ],
    { encoding: 'utf8', timeout: maximumMs },
  );
  if (existsSync(picture)) return readFileSync(picture);
  throw new AppError(
    'unsupported',
    'The browser painted no picture. Use --to svg or --to pdf, or name another browser in KETBENCH_CHROMIUM.',
    { browser, said: stderr.slice(-500) },
  );
}
