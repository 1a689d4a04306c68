/**
 * How well a command fits what was typed, from 0 (not at all) to 1. Every word must be in the title or
 * the name, as it was typed: letters that are merely strewn over a sentence find nothing anybody meant.
 */
export function rankCommand(command: string, typed: string): number {
  const text = command.toLowerCase();
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (!words.every((word) => text.includes(word))) return 0;
  if (text.startsWith(words.join(' '))) return 1;
  const beginning = words.filter((word) =>
    new RegExp(`(?:^|[^\\p{L}])${escaped(word)}`, 'u').test(text),
  );
  return 0.4 + (0.5 * beginning.length) / Math.max(words.length, 1);
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
