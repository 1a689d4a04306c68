import { unreachable } from '../base/assert.ts';
import { bars } from './draw/bars.ts';
import { estimates } from './draw/estimates.ts';
import { graph } from './draw/graph.ts';
import { heatMap } from './draw/heat-map.ts';
import { histogram } from './draw/histogram.ts';
import { lines } from './draw/lines.ts';
import { ranks } from './draw/ranks.ts';
import { scatter } from './draw/scatter.ts';
import { textMark } from './draw/frame.ts';
import type { Figure } from './figure.ts';
import type { Drawing, Mark } from './mark.ts';
import { heightOn, screenSheet, type Sheet } from './sheet.ts';
import { fitted } from './text-width.ts';

/** Places every mark of a figure; the title and its note stand above, unless the sheet leaves them to a caption. */
export function drawFigure(figure: Figure, sheet: Sheet = screenSheet): Drawing {
  const room = sheet.width - 40;
  const head: Mark[] = sheet.hasTitle
    ? [
        textMark([20, 26], fitted(figure.title, room, 16, true), { size: 16, isBold: true }),
        ...(figure.note === undefined
          ? []
          : [textMark([20, 46], fitted(figure.note, room, 12), { paint: 'muted' })]),
      ]
    : [];
  const { width } = sheet;
  const height = heightOn(sheet, figure);
  return { width, height, title: figure.title, marks: [...head, ...marksOf(figure, sheet)] };
}

function marksOf(figure: Figure, sheet: Sheet): readonly Mark[] {
  switch (figure.kind) {
    case 'bars':
      return bars(figure, sheet);
    case 'lines':
      return lines(figure, sheet);
    case 'scatter':
      return scatter(figure, sheet);
    case 'estimates':
      return estimates(figure, sheet);
    case 'ranks':
      return ranks(figure, sheet);
    case 'histogram':
      return histogram(figure, sheet);
    case 'heat-map':
      return heatMap(figure, sheet);
    case 'graph':
      return graph(figure, sheet);
    default:
      return unreachable(figure);
  }
}
