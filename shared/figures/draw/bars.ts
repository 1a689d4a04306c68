import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { numberLabel } from '../scale.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { fitted, textWidth } from '../text-width.ts';
import { frameOn, leastSize, lineMark, size, textMark, xTitle, yAxis, yScale } from './frame.ts';

/** Degrees by which names turn where they have no room side by side. */
const turn = -40;
const sine = Math.sin((-turn * Math.PI) / 180);

export function bars(figure: Extract<Figure, { kind: 'bars' }>, sheet: Sheet): readonly Mark[] {
  const ends = figure.bars.flatMap(({ value, stderr = 0 }) => [value - stderr, value + stderr]);
  const finite = ends.filter(Number.isFinite);
  const top = Math.max(0, ...finite) * 1.05;
  const low = Math.min(0, ...finite) * 1.05;
  const range = [low, top > low ? top : low + 1] as const;
  const height = heightOn(sheet, figure);
  const flat = frameOn(sheet, height);
  const step = (flat.right - flat.left) / Math.max(1, figure.bars.length);
  const widest = Math.max(0, ...figure.bars.map(({ label }) => textWidth(label, size)));
  const areTurned = widest + 6 > step;
  // Turned names take a third of the height at most, and as much to the left.
  const room = Math.min(height / 3, flat.left) / sine;
  const name = (label: string): string => fitted(label, room, leastSize);
  const longest = Math.max(0, ...figure.bars.map(({ label }) => textWidth(name(label), leastSize)));
  const frame = areTurned ? frameOn(sheet, height, { below: 16 + sine * longest }) : flat;
  // Names that have no room even so are left out, but for every so manieth.
  const every = areTurned ? Math.ceil((leastSize + 2) / sine / step) : 1;
  const y = yScale(range, frame);
  const drawn = figure.bars.flatMap(({ label, value, stderr }, i): Mark[] => {
    const middle = frame.left + (i + 0.5) * step;
    const look = { anchor: 'end', size: leastSize, turn } as const;
    const under = areTurned
      ? textMark([middle + 3, frame.bottom + 12], name(label), look)
      : textMark([middle, frame.bottom + 18], label, { anchor: 'middle' });
    const names = i % every === 0 ? [under] : [];
    if (!Number.isFinite(value)) return names;
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
      ...names,
    ];
  });
  return [...yAxis(figure.y, range, frame), xTitle(figure.x, frame), ...drawn];
}
