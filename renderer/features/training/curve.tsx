import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Direction } from '#shared/results/metric.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { tokenColour, useTheme } from '#renderer/lib/theme.ts';
import { rangeOf } from './curves.ts';

const height = 260;
const colours = ['--chart-2', '--chart-1', '--chart-3', '--chart-4'] as const;

/** One set of values over the steps that all sets of a chart share. */
export interface Trace {
  readonly name: string;
  readonly y: Float64Array;
  /** Single results, such as those of folds, have no line between them. */
  readonly mark: 'line' | 'points';
}

interface Props {
  readonly x: Float64Array;
  readonly traces: readonly Trace[];
  /** What is counted from left to right, in the plural: "evaluations". */
  readonly steps: string;
  readonly title: string;
  /** Leaves out the wild start of a curve of which lower, or higher, is better. */
  readonly endOnly: Direction | null;
}

/** A live chart with axes, units and the values under the pointer. */
export function Curve({ x, traces, steps, title, endOnly }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useTheme((state) => state.theme);
  const shape = JSON.stringify([
    steps,
    title,
    endOnly,
    ...traces.map((one) => [one.name, one.mark]),
  ]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const [unit, label, end, ...marks] = JSON.parse(shape) as Shape;
    const options = optionsFor({ steps: unit, title: label, endOnly: end, marks });
    const created = new uPlot(
      { ...options, width: Math.max(element.clientWidth, 100), height },
      [[], ...marks.map(() => [])] as unknown as uPlot.AlignedData,
      element,
    );
    plot.current = created;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) created.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
      plot.current = null;
    };
    // The theme is read through the tokens when the chart is made.
  }, [shape, theme]);
  useEffect(() => {
    plot.current?.setData([x, ...traces.map(({ y }) => y)]);
  }, [x, traces, shape, theme]);
  const [first] = traces;
  return (
    <div
      ref={frame}
      className="curve"
      role="img"
      aria-label={`${title} over ${x.length} ${steps}, latest ${formatNumber(first?.y.at(-1), 6)}`}
      data-testid="curve"
    />
  );
}

type Mark = readonly [name: string, mark: Trace['mark']];
type Shape = readonly [steps: string, title: string, endOnly: Direction | null, ...marks: Mark[]];

interface Look {
  readonly steps: string;
  readonly title: string;
  readonly endOnly: Direction | null;
  readonly marks: readonly Mark[];
}

/** Steps are counted, so that an axis never stands between two of them. */
const wholeSteps = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((factor) => factor * 10 ** power),
).flat();

function optionsFor({
  steps,
  title,
  endOnly,
  marks,
}: Look): Omit<uPlot.Options, 'width' | 'height'> {
  const axis: uPlot.Axis = {
    stroke: tokenColour('--text-2'),
    grid: { stroke: tokenColour('--line'), width: 1 },
    ticks: { stroke: tokenColour('--line'), width: 1 },
    font: '11px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    labelSize: 20,
  };
  const arePoints = marks.every(([, mark]) => mark === 'points');
  return {
    scales: {
      x: {
        time: false,
        ...(arePoints ? { range: (_plot, low, high) => [low - 0.5, high + 0.5] } : {}),
      },
      y: { range: (plot) => [...rangeOf(valuesOf(plot), endOnly)] },
    },
    legend: { live: true },
    cursor: { drag: { x: true, y: false } },
    axes: [
      { ...axis, incrs: wholeSteps, label: capital(steps), size: 34 },
      {
        ...axis,
        size: 68,
        label: title,
        values: (_, ticks) => ticks.map((v) => formatNumber(v, 4)),
      },
    ],
    series: [
      { label: capital(steps), value: (_, value) => whole(value) },
      ...marks.map(([label, mark], index): uPlot.Series => {
        const colour = tokenColour(colours[index % colours.length] ?? '--chart-1');
        const value: uPlot.Series.Value = (_, at) => formatNumber(at, 6);
        return mark === 'line'
          ? {
              label,
              value,
              stroke: colour,
              width: index === 0 ? 1.5 : 2.25,
              points: { show: false },
            }
          : {
              label,
              value,
              stroke: colour,
              paths: () => null,
              // The first as dots in the rings of the others: equal results hide none of them.
              points:
                index === 0
                  ? { show: true, size: 8, fill: colour }
                  : { show: true, size: 15, width: 2, fill: 'transparent' },
            };
      }),
    ],
  };
}

/** All values of a chart, so that none is cut off. */
function valuesOf(plot: uPlot): Float64Array {
  return Float64Array.from(
    plot.data.slice(1).flatMap((values) => Array.from(values as ArrayLike<number>)),
    Number,
  );
}

function whole(value: number | null): string {
  return value === null ? '–' : String(Math.round(value));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
