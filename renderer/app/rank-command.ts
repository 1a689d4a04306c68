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
  const beginnings = words.filter((word) => beginsWord(text, word)).length;
  return 0.4 + (0.5 * beginnings) / Math.max(words.length, 1);
}

function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/\p{L}/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}
