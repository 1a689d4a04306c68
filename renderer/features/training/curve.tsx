import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Series } from '#shared/jobs/job.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { tokenColour, useTheme } from '#renderer/lib/theme.ts';
import { bestSoFar, rangeOf } from './curves.ts';

const height = 240;

/** A live chart: the value at each step and the best so far. */
export function Curve({ series }: { series: Series }) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const created = new uPlot(optionsFor(series.name, element.clientWidth), [[], [], []], element);
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
  }, [series.name, theme]);
  useEffect(() => {
    plot.current?.setData([series.x, series.y, bestSoFar(series.y)]);
  }, [series, theme]);
  const latest = formatNumber(series.y.at(-1), 6);
  return (
    <div
      ref={frame}
      className="curve"
      role="img"
      aria-label={`${series.name} over ${series.total} steps, latest ${latest}`}
      data-testid="curve"
    />
  );
}

function optionsFor(name: string, width: number): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: tokenColour('--text-3'),
    grid: { stroke: tokenColour('--line'), width: 1 },
    ticks: { stroke: tokenColour('--line'), width: 1 },
    font: '11px system-ui, sans-serif',
  };
  return {
    width: Math.max(width, 100),
    height,
    scales: {
      x: { time: false },
      y: { range: (plot) => [...rangeOf(Float64Array.from(plot.data[1] ?? [], Number))] },
    },
    legend: { live: false },
    cursor: { drag: { x: true, y: false } },
    axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((v) => formatNumber(v, 4)) }],
    series: [
      {},
      { label: name, stroke: tokenColour('--bar-soft'), width: 1.5, points: { show: false } },
      { label: 'best so far', stroke: tokenColour('--chart-1'), width: 2, points: { show: false } },
    ],
  };
}
