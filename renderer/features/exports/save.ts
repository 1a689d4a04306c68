import type { Exporter } from '#shared/qasm/exporters/exporter.ts';
import { pdfExporter } from '#shared/qasm/exporters/pdf.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import { downloadFile, downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { drawingStyleOf } from './choice.ts';
import { paint } from './picture.ts';
import { exportableOf, writeAs } from './written.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** Saves the active circuit, as it is drawn, in the format. */
export function saveAs(exporter: Exporter): void {
  const document = activeDocument();
  if (document === null) return;
  try {
    const written = writeAs(exporter, exportableOf(document), drawingStyleOf(document));
    if (written.kind === 'refused') throw written.error;
    const { text } = written;
    const name = `${fileNameOf(document.name)}.${exporter.fileExtension}`;
    downloadText(name, mediaTypes[exporter.id] ?? 'text/plain', text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Saves the active circuit's drawing as SVG. */
export function saveDrawing(): void {
  saveAs(svgExporter);
}

/** Saves the active circuit's drawing as PDF. */
export function saveAsPdf(): void {
  saveAs(pdfExporter);
}

/** Saves the active circuit's drawing as PNG. */
export async function savePicture(dpi: number): Promise<void> {
  const document = activeDocument();
  if (document === null) return;
  try {
    const svg = svgExporter.export(document.drawn, drawingStyleOf(document)).text;
    const png = await paint(svg, dpi);
    downloadFile(`${fileNameOf(document.name)}.png`, new Blob([png], { type: 'image/png' }));
  } catch (thrown) {
    notifyError(thrown);
  }
}

/**
 * Copies through a copy event, which needs no permission: the desktop window refuses all of them,
 * and with them the newer clipboard interface.
 */
export function copyText(text: string): void {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', fill, { capture: true, once: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  if (copied) announce('Copied.');
  else notify('error', 'The browser did not let the text be copied. Save it as a file instead.');
}
