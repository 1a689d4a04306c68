import type { DrawingLook } from './exporter.ts';
import type { Shape, Sheet } from './sheet-shapes.ts';

/** What each colour of a light drawing becomes; one that is not named stays. */
const tables: Readonly<Record<DrawingLook, Readonly<Record<string, string>>>> = {
  light: {},
  dark: {
    '#000000': '#e8ebf0',
    '#333333': '#c3cad5',
    '#666666': '#a3acb9',
    '#777777': '#8b95a3',
    '#ffffff': '#15181d',
    '#f4f7fb': '#262d39',
  },
  print: {
    '#333333': '#000000',
    '#666666': '#000000',
    '#777777': '#000000',
    '#f4f7fb': '#ffffff',
  },
};

/** The same drawing in other colours. */
export function inLook(sheet: Sheet, look: DrawingLook): Sheet {
  if (look === 'light') return sheet;
  const to = (colour: string): string => tables[look][colour] ?? colour;
  const { paper, ink, boxFill } = sheet.colours;
  return {
    ...sheet,
    shapes: sheet.shapes.map((shape) => recoloured(shape, to)),
    colours: { paper: to(paper), ink: to(ink), boxFill: to(boxFill) },
  };
}

function recoloured(shape: Shape, to: (colour: string) => string): Shape {
  if (shape.kind === 'line') return { ...shape, stroke: to(shape.stroke) };
  return shape.kind === 'box' ? shape : { ...shape, fill: to(shape.fill) };
}
