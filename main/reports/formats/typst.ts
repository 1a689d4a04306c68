import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFolder, fontName, fontPaths } from './font.ts';

let compiler: NodeCompiler | null = null;

/** A PDF of a Typst text; fonts are embedded in part, and the same text gives the same bytes. */
export async function pdfOf(source: string): Promise<Uint8Array> {
  if (compiler === null) {
    const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler');
    compiler = Compiler.create({ workspace: fontFolder, fontArgs: [{ fontPaths }] });
  }
  const pdf = compiler.pdf({ mainFileContent: source });
  compiler.evictCache(0);
  return new Uint8Array(pdf);
}

/** What every page begins with. */
export const typstHead = `#set document(date: none)
#set text(font: "${fontName}", lang: "en")
`;

/** A text as Typst shows it, whatever is in it. */
export function typstText(text: string): string {
  return `#${typstString(text)}`;
}

export function typstString(text: string): string {
  const plain = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `"${plain.replaceAll(/[^\P{C}\n]/gu, '')}"`;
}
