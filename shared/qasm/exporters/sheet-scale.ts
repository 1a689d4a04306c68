/** Letters of 13 pixels are still 5.4 points tall at this scale. */
const smallest = 0.55;
const step = 0.05;
/** A drawing on a page is to be no taller than so many times the page's width. */
const tallest = 1.2;

/** The largest scale at which a drawing of so many lines is not too tall for its page; else the smallest. */
export function scaleFor(
  pageWidth: number,
  lineHeight: number,
  linesAt: (scale: number) => number,
): number {
  for (let scale = 1; scale > smallest; scale = Number((scale - step).toFixed(2))) {
    if (linesAt(scale) * lineHeight * scale <= tallest * pageWidth) return scale;
  }
  return smallest;
}
