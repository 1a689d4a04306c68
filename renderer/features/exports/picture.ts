import { AppError } from '#shared/base/errors.ts';
import { withResolution } from './png-resolution.ts';

/** CSS pixels, of which 96 are an inch. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a canvas of the browser holds; beyond it the picture would silently be empty. */
const maximumSide = 32_767;
const maximumPixels = 200_000_000;

/** The size that a drawing states in its first tag. */
export function sizeOfDrawing(svg: string): PictureSize {
  const found = /<svg[^>]*\swidth="([\d.]+)"[^>]*\sheight="([\d.]+)"/.exec(svg);
  return { width: Number(found?.[1] ?? 0), height: Number(found?.[2] ?? 0) };
}

/** Pixels of the picture; `too-large`, with the resolution that still fits, where no canvas holds it. */
export function pixelsAt(size: PictureSize, dpi: number): PictureSize {
  const width = Math.ceil((size.width * dpi) / 96);
  const height = Math.ceil((size.height * dpi) / 96);
  if (Math.max(width, height) <= maximumSide && width * height <= maximumPixels) {
    return { width, height };
  }
  const bySide = maximumSide / Math.max(size.width, size.height);
  const byArea = Math.sqrt(maximumPixels / (size.width * size.height));
  const fits = Math.floor(96 * Math.min(bySide, byArea));
  throw new AppError(
    'too-large',
    `The picture would be ${width} × ${height} pixels at ${dpi} dpi, more than can be painted. Choose at most ${fits} dpi, or save it as SVG.`,
    { width, height, dpi, fits },
  );
}

/** The drawing as an address that an image can show; the window allows images from nowhere else. */
export function addressOfDrawing(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** The drawing in pixels, as the bytes of a PNG that knows its resolution. */
export async function paint(svg: string, dpi: number): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = pixelsAt(sizeOfDrawing(svg), dpi);
  const image = new Image();
  image.src = addressOfDrawing(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, pixels.width, pixels.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) {
    throw new AppError(
      'too-large',
      `The browser could not paint ${pixels.width} × ${pixels.height} pixels. Choose fewer dots an inch, or save it as SVG.`,
    );
  }
  return withResolution(new Uint8Array(await blob.arrayBuffer()), dpi);
}
