/** Hands a text to the user as a file. */
export function downloadText(name: string, mediaType: string, text: string): void {
  downloadFile(name, new Blob([text], { type: mediaType }));
}

/** Hands a file to the user. */
export function downloadFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read the address by the next task; keeping it would keep the file in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** The name of a document without what file systems refuse. */
export function fileNameOf(documentName: string): string {
  return documentName.replace(/[^\p{L}\p{N} ._-]+/gu, '-');
}

/** Lets the user choose one file and reads it as text; null where the choice is cancelled. */
export async function chooseTextFile(
  accept: string,
): Promise<{ name: string; text: string } | null> {
  const file = await chooseFile(accept);
  return file === null ? null : { name: file.name, text: await file.text() };
}

/** Lets the user choose one file; null where the choice is cancelled. */
export function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('cancel', () => resolve(null));
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.click();
  });
}
