import type { Exporter } from '#shared/qasm/exporters/exporter.ts';
import { svgExporter } from '#shared/qasm/exporters/svg.ts';
import { downloadFile, downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { activeDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { paint } from './picture.ts';

/** Saves the active circuit, as it is drawn, in the format. */
export function saveAs(exporter: Exporter): void {
  const document = activeDocument();
  if (document === null) return;
  try {
    const { text } = exporter.export(document.drawn);
    const isDrawing = exporter.id === svgExporter.id;
    const name = `${fileNameOf(document.name)}.${exporter.fileExtension}`;
    downloadText(name, isDrawing ? 'image/svg+xml' : 'text/plain', text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Saves the active circuit's drawing as SVG. */
export function saveDrawing(): void {
  saveAs(svgExporter);
}

/** Saves the active circuit's drawing as PNG. */
export async function savePicture(dpi: number): Promise<void> {
  const document = activeDocument();
  if (document === null) return;
  try {
    const png = await paint(svgExporter.export(document.drawn).text, dpi);
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
