import type { Figure } from '../figure.ts';
import type { Mark } from '../mark.ts';
import { heightOn, type Sheet } from '../sheet.ts';
import { type Frame, frameOn, keyOf, leastSize, lineMark, textMark } from './frame.ts';
import { fitted } from '../text-width.ts';

type Point = readonly [number, number];
type Nodes = Extract<Figure, { kind: 'graph' }>['nodes'];

const radius = 9;

/** Both directions at one scale, as distances are seen; groups by colour, edges that stand out thicker. */
export function graph(figure: Extract<Figure, { kind: 'graph' }>, sheet: Sheet): readonly Mark[] {
  const frame = frameOn(sheet, heightOn(sheet, figure), { key: figure.groups });
  const at = placed(figure.nodes, frame);
  const groupAt = (node: number): string => figure.groups[figure.nodes[node]?.group ?? 0] ?? '';
  return [
    ...keyOf(frame),
    ...figure.edges.map(({ from, to, standsOut }) =>
      lineMark(
        at[from] ?? [0, 0],
        at[to] ?? [0, 0],
        standsOut ? 'ink' : 'grid',
        standsOut ? 2 : 1.5,
      ),
    ),
    ...figure.nodes.flatMap(({ label, group }, k): Mark[] => {
      const place = at[k] ?? [0, 0];
      return [
        { kind: 'dot', at: place, radius, paint: group, says: `${label}: ${groupAt(k)}` },
        textMark([place[0], place[1] + 3.5], fitted(label, 2 * radius, leastSize), {
          anchor: 'middle',
          paint: 'paper',
          size: leastSize,
        }),
      ];
    }),
  ];
}

function placed(nodes: Nodes, frame: Frame): Point[] {
  const raw = nodes.map(({ at }, k): Point => {
    const turn = (2 * Math.PI * k) / nodes.length - Math.PI / 2;
    return at ?? [Math.cos(turn), -Math.sin(turn)];
  });
  const [x, y] = [raw.map((one) => one[0]), raw.map((one) => one[1])];
  const [left, right, low, high] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  const width = frame.right - frame.left - 2 * radius;
  const height = frame.bottom - frame.top - 2 * radius;
  const scale = Math.min(width / (right - left || 1), height / (high - low || 1));
  const [middleX, middleY] = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2];
  return raw.map(([a, b]) => [
    middleX + scale * (a - (left + right) / 2),
    middleY - scale * (b - (low + high) / 2),
  ]);
}
