import { unreachable } from '../base/assert.ts';
import { bars } from './draw/bars.ts';
import { estimates } from './draw/estimates.ts';
import { graph } from './draw/graph.ts';
import { heatMap } from './draw/heat-map.ts';
import { histogram } from './draw/histogram.ts';
import { lines } from './draw/lines.ts';
import { scatter } from './draw/scatter.ts';
import { textMark } from './draw/frame.ts';
import type { Figure } from './figure.ts';
import type { Drawing, Mark } from './mark.ts';

export const figureSize = { width: 760, height: 420 } as const;

/** Places every mark of a figure; the title and its note stand above. */
export function drawFigure(figure: Figure): Drawing {
  const head: Mark[] = [
    textMark([20, 26], figure.title, { size: 16, isBold: true }),
    ...(figure.note === undefined ? [] : [textMark([20, 46], figure.note, { paint: 'muted' })]),
  ];
  return { ...figureSize, title: figure.title, marks: [...head, ...marksOf(figure)] };
}

function marksOf(figure: Figure): readonly Mark[] {
  switch (figure.kind) {
    case 'bars':
      return bars(figure);
    case 'lines':
      return lines(figure);
    case 'scatter':
      return scatter(figure);
    case 'estimates':
      return estimates(figure);
    case 'histogram':
      return histogram(figure);
    case 'heat-map':
      return heatMap(figure);
    case 'graph':
      return graph(figure);
    default:
      return unreachable(figure);
  }
}
