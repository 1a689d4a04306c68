import { z } from 'zod';
import { announce, notify } from '../notices.ts';
import { closeComparison, showComparison } from './comparison.ts';
import { differenceOf } from './history.ts';
import type { OpenDocument } from './open-document.ts';
import { activeDocument, changePlaces, replaceText } from './workspace-store.ts';

/** A text to compare with: the one that was kept last, else the one that the tab was opened with. */
export interface Version {
  readonly label: string;
  readonly text: string;
}

const keptSchema = z.object({ version: z.literal(1), label: z.string(), text: z.string() });

export function versionOf(document: OpenDocument): Version {
  const { sidecar } = document;
  const holds = typeof sidecar === 'object' && sidecar !== null && 'kept' in sidecar;
  const kept = holds ? keptSchema.safeParse(sidecar.kept) : null;
  if (kept?.success === true) return { label: kept.data.label, text: kept.data.text };
  return { label: 'When it was opened', text: document.openedText };
}

/** The document with a version to compare with; it is saved beside the text. */
export function withVersion(document: OpenDocument, { label, text }: Version): OpenDocument {
  const before = typeof document.sidecar === 'object' ? document.sidecar : null;
  return { ...document, sidecar: { ...before, kept: { version: 1, label, text } } };
}

/** Keeps the text as it is now as the version that later ones are compared with. */
export function keepVersion(): void {
  const document = activeDocument();
  if (document === null) return;
  const label = `Kept on ${new Date().toLocaleString()}`;
  const { text } = document.parsed;
  changePlaces((current) => withVersion(current, { label, text }));
  notify('info', `This version of “${document.name}” is kept to compare with.`);
}

/** Shows what was changed since the version that was kept. */
export function compareWithVersion(): void {
  const document = activeDocument();
  if (document === null) return;
  const version = versionOf(document);
  const { key } = document;
  showComparison({
    title: `Changes in “${document.name}”`,
    note:
      differenceOf(version.text, document.parsed.text) === null
        ? 'Nothing was changed since then.'
        : 'Left: the version that was kept. Right: the text now.',
    before: version,
    after: { label: 'Now', text: document.parsed.text },
    choices: [
      {
        label: 'Go back to it',
        hint: 'Undo brings the changes back.',
        run: () => {
          if (replaceText(key, version.text, 'Went back to the kept version')) {
            announce('The text is the kept version again.');
          }
          closeComparison();
        },
      },
      {
        label: 'Keep this version',
        hint: 'Later changes are compared with the text as it is now.',
        run: () => {
          keepVersion();
          closeComparison();
        },
      },
    ],
  });
}
