import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The font of what is written is a package of its own: made to Arial's measure, and free. */
export const fontName = 'Arimo';
export const fontFolder = dirname(require.resolve('@expo-google-fonts/arimo/package.json'));

const styles = { regular: '400Regular', bold: '700Bold' } as const;

/** Where the font files of each style lie. */
export const fontPaths = Object.values(styles).map((style) => join(fontFolder, style));

export function fontBytes(style: keyof typeof styles): Buffer {
  const folder = styles[style];
  return readFileSync(join(fontFolder, folder, `${fontName}_${folder}.ttf`));
}
