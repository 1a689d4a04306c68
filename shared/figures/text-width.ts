/** Advances of U+0020 to U+007E in thousandths of the size, of Arial and of what is made to its measure (Arimo, Liberation Sans). */
const regular =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);
const bold =
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584'
    .split(' ')
    .map(Number);
/** Of what is no ASCII: that of the widest letters that figures use, so that no text is taken for narrower than it is. */
const other = 780;

/** How wide a text is, in the units of its size. */
export function textWidth(text: string, size: number, isBold = false): number {
  const table = isBold ? bold : regular;
  let sum = 0;
  for (const letter of text) sum += table[(letter.codePointAt(0) ?? 0) - 32] ?? other;
  return (sum * size) / 1000;
}

/** The text, or as much of it as fits, with an ellipsis. */
export function fitted(text: string, room: number, size: number, isBold = false): string {
  if (textWidth(text, size, isBold) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 1) {
    letters.pop();
    const shorter = `${letters.join('').trimEnd()}…`;
    if (textWidth(shorter, size, isBold) <= room) return shorter;
  }
  return '…';
}
