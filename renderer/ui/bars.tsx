import { Maximize2, Minimize2 } from 'lucide-react';
import { create } from 'zustand';
import { countOf, formatPercent, formatShare, shareDigits } from '#renderer/lib/format.ts';
import type { Histogram, SampleShare } from '#renderer/lib/histogram-rows.ts';
import { niceCeiling } from '#renderer/lib/scale.ts';

interface BarsProps {
  readonly histogram: Histogram;
  /** What shots gave, drawn as marks with error bars over the bars. */
  readonly samples?: ReadonlyMap<string, SampleShare> | null;
  /** Names over the keys, where they have parts. */
  readonly heading?: string | null;
}

/** Whether bars fill their track up to the largest of them, and not up to 100 %. */
const useBarScale = create<{ readonly fits: boolean }>(() => ({ fits: false }));

const noSample: SampleShare = { count: 0, share: 0, stderr: 0 };

/** Outcomes with their shares, one bar a row, on a scale that is written above them. */
export function Bars({ histogram, samples = null, heading = null }: BarsProps) {
  const { rows, others } = histogram;
  const fits = useBarScale((state) => state.fits);
  const largest = rows.reduce((most, { key }) => {
    const { share, stderr } = samples?.get(key) ?? noSample;
    return Math.max(most, share + stderr);
  }, histogram.largest);
  const top = fits ? niceCeiling(largest) : 1;
  const digits = Math.min(rows[0]?.key.length ?? 1, 24);
  const decimals = shareDigits(histogram.largest);
  return (
    <div
      className="bars-frame"
      data-sampled={samples !== null || undefined}
      style={{ '--key-width': `${digits + 1}ch` } as React.CSSProperties}
    >
      <Axis top={top} fits={fits} isSampled={samples !== null} heading={heading} />
      <ol className="bars" data-testid="histogram">
        {rows.map((row, place) => (
          // By place, not by outcome: while a slider moves the outcomes come and go, the rows stay.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place} aria-label={labelOf(row, samples)} title={labelOf(row, samples)}>
            <span className="bars-key mono ellipsis">{row.key}</span>
            <span className="bars-track">
              <span
                className="bars-bar"
                data-key={row.key}
                style={{ width: percentOf(row.probability, top) }}
              />
              {samples === null ? null : (
                <SampleMark sample={samples.get(row.key) ?? noSample} top={top} />
              )}
            </span>
            <span className="bars-value number">{formatShare(row.probability, decimals)}</span>
            {samples === null ? null : (
              <SampleFigures sample={samples.get(row.key) ?? noSample} decimals={decimals} />
            )}
          </li>
        ))}
        {others === null ? null : (
          <li className="bars-others">
            {countOf(others.count, 'other outcome')}: {formatPercent(others.probability)}
          </li>
        )}
      </ol>
    </div>
  );
}

interface AxisProps {
  readonly top: number;
  readonly fits: boolean;
  readonly isSampled: boolean;
  readonly heading: string | null;
}

/** The ends and the middle of the scale, what the figures are, and the switch of the scale. */
function Axis({ top, fits, isSampled, heading }: AxisProps) {
  const text = (share: number): string => `${Number((100 * share).toPrecision(4))}`;
  const scale = `0–${text(top)} %`;
  return (
    <div className="bars-axis">
      <span className="bars-key mono ellipsis" title={heading ?? undefined}>
        {heading}
      </span>
      <span className="bars-scale" role="img" aria-label={`Scale ${scale}`}>
        <span>0</span>
        <span>{text(top / 2)}</span>
        <span>{text(top)} %</span>
      </span>
      <span className="bars-value">
        {isSampled ? 'Exact' : null}
        <button
          type="button"
          className="bars-fit"
          aria-label={fits ? '0–100 % as the scale' : 'Stretch the scale to the largest'}
          title={
            fits
              ? `The bars stand on ${scale}. Click for 0–100 %`
              : 'The bars stand on 0–100 %. Click to stretch the scale to the largest'
          }
          onClick={() => useBarScale.setState({ fits: !fits })}
        >
          {fits ? <Minimize2 size={12} /> : <Maximize2 size={12} />}
          {isSampled ? null : fits ? '0–100 %' : 'Stretch'}
        </button>
      </span>
      {isSampled ? (
        <>
          <span className="bars-count">Shots</span>
          <span className="bars-sampled">Share ± error</span>
        </>
      ) : null}
    </div>
  );
}

function percentOf(share: number, top: number): string {
  return `${(100 * Math.max(0, Math.min(share, top))) / top}%`;
}

/** Where the shots lie, and one standard error on both sides. */
function SampleMark({ sample: { share, stderr }, top }: { sample: SampleShare; top: number }) {
  const from = Math.max(0, share - stderr);
  return (
    <>
      <span
        className="bars-error"
        style={{ left: percentOf(from, top), width: percentOf(share + stderr - from, top) }}
      />
      <span className="bars-mark" style={{ left: percentOf(share, top) }} />
    </>
  );
}

function SampleFigures({ sample, decimals }: { sample: SampleShare; decimals: number }) {
  const { count, share, stderr } = sample;
  return (
    <>
      <span className="bars-count number">{count.toLocaleString('en')}</span>
      <span className="bars-sampled number">
        {(100 * share).toFixed(decimals)} ± {(100 * stderr).toFixed(decimals)} %
      </span>
    </>
  );
}

function labelOf(
  { key, probability }: Histogram['rows'][number],
  samples: BarsProps['samples'],
): string {
  const figure = (share: number): string => formatShare(share, 4);
  const exact = `${key}: ${figure(probability)}`;
  if (samples === null || samples === undefined) return exact;
  const { count, share, stderr } = samples.get(key) ?? noSample;
  return `${exact}, sampled ${figure(share)} ± ${figure(stderr)}, ${countOf(count, 'shot')}`;
}
