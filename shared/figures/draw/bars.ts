import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { frame, lineMark, textMark, xTitle, yAxis, yScale } from './frame.ts';

/** About that of a digit, in the drawing's units. */
const letterWidth = 8;

export function bars(figure: Extract<Figure, { kind: 'bars' }>): readonly Mark[] {
  const ends = figure.bars.flatMap(({ value, stderr = 0 }) => [value - stderr, value + stderr]);
  const finite = ends.filter(Number.isFinite);
  const top = Math.max(0, ...finite) * 1.05;
  const low = Math.min(0, ...finite) * 1.05;
  const range = [low, top > low ? top : low + 1] as const;
  const y = yScale(range);
  const step = (frame.right - frame.left) / Math.max(1, figure.bars.length);
  const drawn = figure.bars.flatMap(({ label, value, stderr }, i): Mark[] => {
    const middle = frame.left + (i + 0.5) * step;
    const name =
      letterWidth * label.length < step
        ? textMark([middle, frame.bottom + 18], label, { anchor: 'middle' })
        : textMark([middle, frame.bottom + 12], label, { anchor: 'end', size: 9, turn: -40 });
    if (!Number.isFinite(value)) return [name];
    const [upper, lower] = [Math.min(y(0), y(value)), Math.max(y(0), y(value))];
    const error = stderr === undefined ? '' : ` ± ${numberLabel(stderr)}`;
    return [
      {
        kind: 'rect',
        x: middle - 0.35 * step,
        y: upper,
        width: 0.7 * step,
        height: lower - upper,
        paint: 0,
        says: `${label}: ${numberLabel(value)}${error}`,
      },
      ...(stderr !== undefined && stderr > 0
        ? [lineMark([middle, y(value - stderr)], [middle, y(value + stderr)], 'ink', 1.5)]
        : []),
      name,
    ];
  });
  return [...yAxis(figure.y, range), xTitle(figure.x), ...drawn];
}
