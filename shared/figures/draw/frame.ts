import { axisLabel, type Axis } from '../figure.ts';
import type { Mark, Paint } from '../mark.ts';
import { scaleOf, tickLabel, ticksOf } from '../scale.ts';
import type { Sheet } from '../sheet.ts';
import { fitted, textWidth } from '../text-width.ts';

/** The room of the marks within a drawing; the rest holds title, key, ticks and the axes' names. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Names of the groups; none where there is one alone. */
  readonly key: readonly string[];
}

/** Size of text. */
export const size = 12;
/** The least that names are written in. */
export const leastSize = 9.5;
const keyHeight = 18;

export interface FrameNeeds {
  readonly key?: readonly string[];
  /** Names beside the rows. */
  readonly labels?: readonly string[];
  /** Units below the frame for what stands there. */
  readonly below?: number;
  /** Units more above the frame. */
  readonly above?: number;
}

/** A frame that leaves room for what stands about it: rows of the key, the longest name, ticks. */
export function frameOn(sheet: Sheet, height: number, needs: FrameNeeds = {}): Frame {
  const { labels = [], below = 18, above = 0 } = needs;
  const { width, hasTitle } = sheet;
  const key = needs.key === undefined || needs.key.length < 2 ? [] : needs.key;
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const left =
    labels.length === 0 ? Math.min(84, 0.18 * width) : Math.min(0.4 * width, widest + 44);
  const rows = keyRows(key, left, width - 24).length;
  return {
    width,
    height,
    left,
    right: width - 24,
    top: (hasTitle ? 66 : 10) + keyHeight * rows + above,
    bottom: height - 42 - below,
    key,
  };
}

type Range = readonly [number, number];

interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly paint?: Paint;
  readonly size?: number;
  readonly turn?: number;
  readonly isBold?: boolean;
}

export function textMark(at: readonly [number, number], text: string, look: TextLook = {}): Mark {
  return { kind: 'text', at, text, anchor: 'start', paint: 'ink', size, ...look };
}

export function lineMark(
  from: readonly [number, number],
  to: readonly [number, number],
  paint: Paint,
  width = 1,
): Mark {
  return { kind: 'line', from, to, paint, width };
}

/** The name of a row, beside the frame. */
export function rowLabel(frame: Frame, y: number, label: string, high = size): Mark {
  const room = frame.left - 10 - 24;
  const text = fitted(label, room, high);
  return textMark([frame.left - 10, y + high / 3], text, { anchor: 'end', size: high });
}

/** Levels across the frame with their numbers, and the axis' name beside them. */
export function yAxis(axis: Axis, range: Range, frame: Frame): readonly Mark[] {
  const y = yScale(range, frame);
  const most = Math.max(2, Math.min(6, Math.floor((frame.bottom - frame.top) / 30)));
  return [
    ...ticksAlong(axis, range, most).flatMap((tick) => [
      lineMark([frame.left, y(tick)], [frame.right, y(tick)], 'grid'),
      textMark([frame.left - 8, y(tick) + 4], tickLabel(tick), { anchor: 'end' }),
    ]),
    yTitle(axis, frame),
  ];
}

export function yTitle(axis: Axis, { top, bottom }: Frame): Mark {
  const name = fitted(axisLabel(axis), bottom - top + 40, size);
  return textMark([14, (top + bottom) / 2], name, { anchor: 'middle', turn: -90 });
}

function ticksAlong({ isCount }: Axis, range: Range, count: number): readonly number[] {
  const ticks = ticksOf(...range, count);
  return isCount === true ? ticks.filter(Number.isInteger) : ticks;
}

/** As many round numbers as have room beside each other. */
function ticksAcross(axis: Axis, range: Range, frame: Frame): readonly number[] {
  const x = xScale(range, frame);
  for (let count = 8; count > 1; count--) {
    const ticks = ticksAlong(axis, range, count);
    const isRoomy = ticks.every((tick, i) => {
      const next = ticks[i + 1];
      if (next === undefined) return true;
      const halves = (textWidth(tickLabel(tick), size) + textWidth(tickLabel(next), size)) / 2;
      return x(next) - x(tick) > halves + 8;
    });
    if (isRoomy) return ticks;
  }
  return ticksAlong(axis, range, 1);
}

/** Numbers below the frame and the axis' name. `lines` draws levels down the frame. */
export function xAxis(axis: Axis, range: Range, frame: Frame, hasLines = false): readonly Mark[] {
  const x = xScale(range, frame);
  return [
    ...ticksAcross(axis, range, frame).flatMap((tick) => [
      ...(hasLines ? [lineMark([x(tick), frame.top], [x(tick), frame.bottom], 'grid')] : []),
      tickMark(x(tick), tickLabel(tick), frame),
    ]),
    xTitle(axis, frame),
  ];
}

/** Below its place, and never out of the drawing. */
function tickMark(x: number, label: string, { bottom, width }: Frame): Mark {
  const half = textWidth(label, size) / 2;
  const at = Math.min(Math.max(x, half + 1), width - half - 1);
  return textMark([at, bottom + 18], label, { anchor: 'middle' });
}

export function xTitle(axis: Axis, { left, right, width, height }: Frame): Mark {
  const name = fitted(axisLabel(axis), width - 16, size);
  const half = textWidth(name, size) / 2;
  const middle = Math.min(Math.max((left + right) / 2, half + 4), width - half - 4);
  return textMark([middle, height - 12], name, { anchor: 'middle' });
}

export function xScale(range: Range, { left, right }: Frame): (value: number) => number {
  return scaleOf(range, [left, right]);
}

export function yScale(range: Range, { top, bottom }: Frame): (value: number) => number {
  return scaleOf(range, [bottom, top]);
}

const entryRoom = 26;

/** Names of groups in rows, as many as fit beside each other. */
function keyRows(names: readonly string[], left: number, right: number): string[][] {
  const rows: string[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const room = entryRoom + Math.min(textWidth(name, size), right - left - entryRoom);
    if (used + room > right - left) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(name);
    used += room;
  }
  return rows;
}

/** Names of groups, each after its colour; nothing where there is one alone. */
export function keyOf(
  frame: Frame,
  isRing: (group: number) => boolean = () => false,
): readonly Mark[] {
  const rows = keyRows(frame.key, frame.left, frame.right);
  let group = 0;
  return rows.flatMap((names, row) => {
    const y = frame.top - 14 - keyHeight * (rows.length - 1 - row);
    let x = frame.left;
    return names.flatMap((name): Mark[] => {
      const at = x;
      const text = fitted(name, frame.right - frame.left - entryRoom, size);
      x += entryRoom + textWidth(text, size);
      const paint = group++;
      return [
        { kind: 'dot', at: [at + 4, y - 4], radius: 4, paint, isRing: isRing(paint) },
        textMark([at + 12, y], text),
      ];
    });
  });
}
