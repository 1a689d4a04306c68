import { axisLabel, type Axis } from '../figure.ts';
import type { Mark, Paint } from '../mark.ts';
import { numberLabel, scaleOf, ticksOf } from '../scale.ts';

/** The room of the marks within a drawing; the rest holds title, key, ticks and the axes' names. */
export const frame = { left: 84, right: 736, top: 84, bottom: 360 } as const;

type Range = readonly [number, number];

interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly paint?: Paint;
  readonly size?: number;
  readonly turn?: number;
  readonly isBold?: boolean;
}

export function textMark(at: readonly [number, number], text: string, look: TextLook = {}): Mark {
  return { kind: 'text', at, text, anchor: 'start', paint: 'ink', size: 12, ...look };
}

export function lineMark(
  from: readonly [number, number],
  to: readonly [number, number],
  paint: Paint,
  width = 1,
): Mark {
  return { kind: 'line', from, to, paint, width };
}

/** Levels across the frame with their numbers, and the axis' name beside them. */
export function yAxis(axis: Axis, range: Range): readonly Mark[] {
  const y = yScale(range);
  return [
    ...ticksAlong(axis, range, 6).flatMap((tick) => [
      lineMark([frame.left, y(tick)], [frame.right, y(tick)], 'grid'),
      textMark([frame.left - 8, y(tick) + 4], numberLabel(tick), { anchor: 'end' }),
    ]),
    textMark([22, (frame.top + frame.bottom) / 2], axisLabel(axis), {
      anchor: 'middle',
      turn: -90,
    }),
  ];
}

function ticksAlong({ isCount }: Axis, range: Range, count: number): readonly number[] {
  const ticks = ticksOf(...range, count);
  return isCount === true ? ticks.filter(Number.isInteger) : ticks;
}

/** Numbers below the frame and the axis' name. `lines` draws levels down the frame. */
export function xAxis(
  axis: Axis,
  range: Range,
  hasLines = false,
  left: number = frame.left,
): readonly Mark[] {
  const x = xScale(range, left);
  return [
    ...ticksAlong(axis, range, 8).flatMap((tick) => [
      ...(hasLines ? [lineMark([x(tick), frame.top], [x(tick), frame.bottom], 'grid')] : []),
      textMark([x(tick), frame.bottom + 18], numberLabel(tick), { anchor: 'middle' }),
    ]),
    xTitle(axis),
  ];
}

export function xTitle(axis: Axis): Mark {
  return textMark([(frame.left + frame.right) / 2, 408], axisLabel(axis), { anchor: 'middle' });
}

export function xScale(range: Range, left: number = frame.left): (value: number) => number {
  return scaleOf(range, [left, frame.right]);
}

export function yScale(range: Range): (value: number) => number {
  return scaleOf(range, [frame.bottom, frame.top]);
}

/** Names of groups in a row, each after its colour; nothing where there is one alone. */
export function keyOf(
  names: readonly string[],
  isRing: (group: number) => boolean = () => false,
): readonly Mark[] {
  if (names.length < 2) return [];
  let x: number = frame.left;
  return names.flatMap((name, group): Mark[] => {
    const at = x;
    x += 30 + 7 * name.length;
    return [
      { kind: 'dot', at: [at, 66], radius: 4, paint: group, isRing: isRing(group) },
      textMark([at + 10, 70], name),
    ];
  });
}
