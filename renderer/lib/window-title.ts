let plain: string | null = null;

const shownForMs = 6000;

/** Puts a word before the window's title: until it is looked at, or for a moment where it is already. */
export function markTitle(word: string): void {
  plain ??= document.title;
  document.title = `${word}: ${plain}`;
  if (document.hasFocus()) setTimeout(unmark, shownForMs);
  else window.addEventListener('focus', unmark, { once: true });
}

function unmark(): void {
  if (plain !== null) document.title = plain;
  plain = null;
}
