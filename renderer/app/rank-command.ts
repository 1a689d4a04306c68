/**
 * How well a command, its title and then its id, fits what was typed, from 0 (not at all) to 1. Every word must be in
 * the title or the id, as it was typed: letters that are merely strewn over a sentence find nothing anybody meant.
 * What is read in the title comes before what only the id says: nobody sees ids.
 */
export function rankCommand(command: string, typed: string): number {
  const text = command.toLowerCase();
  const title = text.slice(0, text.lastIndexOf(' ') + 1);
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (!words.every((word) => text.includes(word))) return 0;
  if (text.startsWith(words.join(' '))) return 1;
  const share = (fits: (word: string) => boolean): number =>
    words.filter(fits).length / Math.max(words.length, 1);
  return (
    0.3 +
    0.3 * share((word) => title.includes(word)) +
    0.2 * share((word) => beginsWord(title, word)) +
    0.1 * share((word) => beginsWord(text, word))
  );
}

function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/\p{L}/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}
