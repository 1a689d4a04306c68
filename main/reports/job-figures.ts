import { drawFigure, figureSize } from '#shared/figures/draw.ts';
import type { Figure } from '#shared/figures/figure.ts';
import { drawing, svgOfDrawing, text } from '#shared/figures/svg.ts';
import type { ReportFile } from '#shared/ipc/library.ts';
import type { Series } from '#shared/jobs/curve.ts';
import type { JobDocument } from '#shared/jobs/job.ts';
import { aimOf } from '#shared/problems/problem.ts';
import type { Members } from '#engine/members.ts';
import { curveFigure, type Steps } from '#shared/results/curve.ts';
import { readingOf } from '#shared/results/result.ts';

/** Every curve of a job and every figure of its result, each a file. */
export function jobFigures(
  { problems, results }: Members,
  { result, provenance, algorithm, seed }: JobDocument,
  series: readonly Series[],
  steps: Steps,
): ReportFile[] {
  const objective = aimOf(problems, provenance['spec']);
  const hasObjective = series.some(({ name }) => name === 'expectation');
  const curves = series
    // The best so far is a line of its objective's curve.
    .filter(({ name, x }) => x.length > 1 && !(hasObjective && name === 'best'))
    .map((one) => curveFigure(one, steps, objective));
  const figures = [...curves, ...(readingOf(results, result)?.figures ?? [])];
  const name = `${algorithm}, seed ${seed}`;
  if (figures.length === 0) {
    const words = text(20, 60, 'This job left nothing to draw.');
    return [fileOf('job', drawing(figureSize.width, figureSize.height, name, words))];
  }
  return figures.map((figure) => fileOf(figure.id, svgOf(figure, name)));
}

function svgOf(figure: Figure, name: string): string {
  return svgOfDrawing(drawFigure({ ...figure, title: `${figure.title} (${name})` }));
}

function fileOf(name: string, content: string): ReportFile {
  return { name: `${name}.svg`, mediaType: 'image/svg+xml', text: content };
}
