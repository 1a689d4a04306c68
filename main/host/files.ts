import { createReadStream, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

/** A file of the window, ready to be sent. */
export interface WindowFile {
  readonly mediaType: string;
  readonly bytes: number;
  readonly path: string;
  /** Names with a hash never change their content. */
  readonly cacheControl: string;
  open(): Readable;
}

/** The file at a URL's path below `folder`; null where there is none or the path leads outside. */
export function findWindowFile(folder: string, urlPath: string): WindowFile | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const path = normalize(join(folder, decoded === '/' ? 'index.html' : decoded));
  if (!path.startsWith(folder + sep)) return null;
  const stat = statSync(path, { throwIfNoEntry: false });
  const mediaType = mediaTypes[extname(path)];
  if (stat?.isFile() !== true || mediaType === undefined) return null;
  return {
    mediaType,
    bytes: stat.size,
    path,
    cacheControl: decoded.startsWith('/assets/')
      ? 'private, max-age=31536000, immutable'
      : 'no-store',
    open: () => createReadStream(path),
  };
}
