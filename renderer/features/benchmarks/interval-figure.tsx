import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { labelOfMetric } from '#shared/results/metrics.ts';
import { scaleOf } from './metrics.ts';

const width = 720;
const rowHeight = 44;
const labelWidth = 190;
const axisHeight = 44;
const margin = 16;

interface Props {
  readonly benchmark: BenchmarkDocument;
  readonly metric: string;
}

/** Every seed as a dot, the mean as a mark, the interval as a line; one row a contender. */
export function IntervalFigure({ benchmark, metric }: Props) {
  const rows = benchmark.contenders.map((contender) => ({
    label: contender.label,
    kind: contender.kind,
    interval: contender.metrics[metric],
  }));
  const numbers = rows.flatMap(({ interval }) =>
    interval === undefined
      ? []
      : [interval.mean, interval.low, interval.high, ...interval.values].filter(
          (value): value is number => value !== null,
        ),
  );
  const scale = scaleOf(numbers);
  const height = rows.length * rowHeight + axisHeight;
  // An infinite time to solution stands at the edge.
  const x = (value: number): number =>
    labelWidth +
    Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low))) *
      (width - labelWidth - margin);
  const bottom = rows.length * rowHeight + 8;
  const summary = rows
    .map(({ label, interval }) => `${label} ${formatNumber(interval?.mean)}`)
    .join(', ');
  return (
    <svg
      className="interval-figure"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${labelOfMetric(metric)}: ${summary}`}
    >
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line className="figure-grid" x1={x(tick)} x2={x(tick)} y1={4} y2={bottom} />
          <text className="figure-tick" x={x(tick)} y={bottom + 16}>
            {formatNumber(tick)}
          </text>
        </g>
      ))}
      <text className="figure-title" x={(labelWidth + width - margin) / 2} y={height - 6}>
        {labelOfMetric(metric)}
      </text>
      {rows.map(({ label, kind, interval }, index) => {
        const y = index * rowHeight + rowHeight / 2;
        return (
          <g key={label} className={`figure-row figure-${kind}`}>
            <text className="figure-label" x={labelWidth - 14} y={y}>
              <title>{label}</title>
              {label.length > 26 ? `${label.slice(0, 25)}…` : label}
            </text>
            {interval === undefined ? null : (
              <>
                {interval.values.map((value, seed) =>
                  value === null ? null : (
                    <circle key={seed} className="figure-dot" cx={x(value)} cy={y + 9} r={3} />
                  ),
                )}
                {interval.low === null || interval.high === null ? null : (
                  <path
                    className="figure-interval"
                    d={`M${x(interval.low)} ${y}H${x(interval.high)}M${x(interval.low)} ${y - 5}v10M${x(interval.high)} ${y - 5}v10`}
                  />
                )}
                {interval.mean === null ? null : (
                  <circle className="figure-mean" cx={x(interval.mean)} cy={y} r={5} />
                )}
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}
