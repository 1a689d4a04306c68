import { aimOf, bestSoFar, directionOf, stepsOf } from '#shared/jobs/direction.ts';
import { titleOfMetric } from '#shared/jobs/metric-words.ts';
import type { JobDocument, Series } from '#shared/jobs/job.ts';
import { memberOf, samplesOf } from './job-result.ts';
import { observablePoints, observableRows } from './observable-figure.ts';
import {
  circle,
  colours,
  drawing,
  element,
  line,
  numberLabel,
  spanOf,
  text,
  ticksOf,
} from './svg.ts';

const width = 760;
const height = 420;
const frame = { left: 80, right: 24, top: 56, bottom: 52 } as const;
const shownSamples = 24;

/** Observables with their errors, else the curve of a run, else its most probable outcomes. */
export function jobFigure(document: JobDocument, series: readonly Series[]): string {
  const title = `${document.algorithm}, seed ${document.seed}`;
  const first = series.find(({ x }) => x.length > 1);
  const observables = observableRows(document.result);
  const content =
    observables.length > 0
      ? observablePoints(observables, { width, height, ...frame })
      : first === undefined
        ? outcomeBars(document)
        : curve(first, document);
  const head = text(20, 26, title, { 'font-size': 16, 'font-weight': 'bold' });
  return drawing(width, height, title, head + content);
}

/** A curve with its best so far, where its job says which way is better; results of folds as dots. */
function curve({ name, x, y }: Series, { algorithm, provenance }: JobDocument): string {
  const aim = aimOf(provenance['spec']);
  const direction = aim === null ? null : directionOf(name, aim);
  const isOfFolds = aim?.kind === 'classification';
  const [lowX, highX] = [x[0] ?? 0, x.at(-1) ?? 1];
  const [lowY, highY] = spanOf(Array.from(y));
  const xOf = (value: number): number =>
    frame.left + ((value - lowX) / (highX - lowX || 1)) * (width - frame.left - frame.right);
  const yOf = scaleOf(lowY, highY);
  const polyline = (values: Float64Array, stroke: string, weight: number): string =>
    element('polyline', {
      points: placesOf(x, values)
        .map(([a, b]) => `${xOf(a).toFixed(2)},${yOf(b).toFixed(2)}`)
        .join(' '),
      fill: 'none',
      stroke,
      'stroke-width': weight,
    });
  const paint = { fill: colours[0], stroke: colours[0] };
  const marks = isOfFolds
    ? placesOf(x, y).map(([a, b]) => circle(xOf(a), yOf(b), 4, paint))
    : [polyline(y, colours[0], 1.5)];
  const best =
    direction === null || isOfFolds ? [] : [polyline(bestSoFar(y, direction), colours[1], 2)];
  const caption =
    direction === null || isOfFolds
      ? titleOfMetric(name)
      : `${titleOfMetric(name)}, and the best so far (${direction === 'higher' ? 'highest' : 'lowest'}): ${numberLabel(bestSoFar(y, direction).at(-1) ?? NaN)}`;
  const ticks = ticksOf(lowX, highX, 8).map((tick) =>
    text(xOf(tick), height - frame.bottom + 18, numberLabel(tick), { 'text-anchor': 'middle' }),
  );
  return [
    levels(lowY, highY, yOf),
    ...ticks,
    text(width / 2, height - 12, aim === null ? 'step' : stepsOf(algorithm, aim.kind), {
      'text-anchor': 'middle',
    }),
    text(20, 46, caption),
    ...marks,
    ...best,
  ].join('');
}

/** Points that are numbers. */
function placesOf(x: Float64Array, y: Float64Array): (readonly [number, number])[] {
  return Array.from(x, (value, i) => [value, y[i] ?? NaN] as const).filter(([, value]) =>
    Number.isFinite(value),
  );
}

function outcomeBars(document: JobDocument): string {
  const bars = outcomesOf(document.result).slice(0, shownSamples);
  if (bars.length === 0) return text(20, 60, 'This job left no curve and no samples.');
  const high = Math.max(...bars.map(({ value }) => value));
  const yOf = scaleOf(0, high * 1.05 || 1);
  const step = (width - frame.left - frame.right) / bars.length;
  const drawn = bars.map(({ label, value }, i) => {
    const x = frame.left + (i + 0.15) * step;
    const y = yOf(value);
    const bar = element('rect', {
      x,
      y,
      width: 0.7 * step,
      height: height - frame.bottom - y,
      fill: colours[0],
    });
    const middle = x + 0.35 * step;
    const place = height - frame.bottom + 12;
    const turned = {
      transform: `rotate(-40 ${middle} ${place})`,
      'text-anchor': 'end',
      'font-size': 9,
    };
    return bar + text(middle, place, label, turned);
  });
  return levels(0, high * 1.05 || 1, yOf) + text(20, 46, 'probability') + drawn.join('');
}

/** Outcomes with their probabilities or frequencies, the most probable first. */
function outcomesOf(result: unknown): { readonly label: string; readonly value: number }[] {
  const counts = memberOf(result, 'counts');
  if (typeof counts === 'object' && counts !== null) {
    const entries = Object.entries(counts as Record<string, number>);
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    return entries
      .map(([label, count]) => ({ label, value: count / total }))
      .sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
  }
  return samplesOf(result).map((sample) => ({
    label: labelOf(memberOf(sample, 'bits')),
    value: Number(memberOf(sample, 'probability')),
  }));
}

function labelOf(bits: unknown): string {
  return typeof bits === 'string' ? bits : '';
}

function scaleOf(low: number, high: number): (value: number) => number {
  const room = height - frame.top - frame.bottom;
  return (value) => height - frame.bottom - ((value - low) / (high - low)) * room;
}

function levels(low: number, high: number, yOf: (value: number) => number): string {
  return ticksOf(low, high, 6)
    .map(
      (tick) =>
        line(frame.left, yOf(tick), width - frame.right, yOf(tick), '#dddddd') +
        text(frame.left - 8, yOf(tick) + 4, numberLabel(tick), { 'text-anchor': 'end' }),
    )
    .join('');
}
