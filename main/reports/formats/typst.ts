import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const require = createRequire(import.meta.url);

let compiler: NodeCompiler | null = null;

/** The font is a package of its own: made to Arial's measure, free, and embedded into what is written with it. */
const font = 'Arimo';

/** A PDF of a Typst text; fonts are embedded in part, and the same text gives the same bytes. */
export async function pdfOf(source: string): Promise<Uint8Array> {
  if (compiler === null) {
    const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler');
    const folder = dirname(require.resolve('@expo-google-fonts/arimo/package.json'));
    const fontPaths = ['400Regular', '700Bold'].map((name) => join(folder, name));
    compiler = Compiler.create({ workspace: folder, fontArgs: [{ fontPaths }] });
  }
  const pdf = compiler.pdf({ mainFileContent: source });
  compiler.evictCache(0);
  return new Uint8Array(pdf);
}

/** What every page begins with. */
export const typstHead = `#set document(date: none)
#set text(font: "${font}", lang: "en")
`;

/** A text as Typst shows it, whatever is in it. */
export function typstText(text: string): string {
  return `#${typstString(text)}`;
}

export function typstString(text: string): string {
  const plain = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `"${plain.replaceAll(/[^\P{C}\n]/gu, '')}"`;
}
