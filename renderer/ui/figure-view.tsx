import { unreachable } from '#shared/base/assert.ts';
import { csvText } from '#shared/base/csv-text.ts';
import { drawFigure } from '#shared/figures/draw.ts';
import { flatTable } from '#shared/figures/data-table.ts';
import type { Figure } from '#shared/figures/figure.ts';
import { tableOfFigure } from '#shared/figures/figure-table.ts';
import type { Mark, Paint } from '#shared/figures/mark.ts';
import { placesOf, svgOfDrawing } from '#shared/figures/svg.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { turned } from '#renderer/lib/histogram-rows.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { SaveButtons } from './save-buttons.tsx';

/** A figure in the colours of the window; files of it have their own, and its numbers as a table. */
export function FigureView({ figure, name }: { figure: Figure; name: string }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const drawing = drawFigure(
    figure.kind === 'bars' && figure.areBits
      ? {
          ...figure,
          bars: figure.bars.map((bar) => ({ ...bar, label: turned(bar.label, bitOrder) })),
        }
      : figure,
  );
  return (
    <figure className="figure-view">
      <svg
        width={drawing.width}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="img"
        aria-label={[figure.title, figure.note].filter((part) => part !== undefined).join('. ')}
      >
        {drawing.marks.map((mark, k) => (
          // Marks have no identity beyond their place.
          // oxlint-disable-next-line react/no-array-index-key
          <MarkView key={k} mark={mark} />
        ))}
      </svg>
      <figcaption className="row">
        <span className="spacer" />
        <SaveButtons what={figure.title} formats={saversOf(figure, name)} />
      </figcaption>
    </figure>
  );
}

const groupCount = 4;

function colourOf(paint: Paint): string {
  if (typeof paint === 'number') return `var(--chart-${(paint % groupCount) + 1})`;
  return {
    ink: 'var(--text)',
    muted: 'var(--text-2)',
    grid: 'var(--line)',
    paper: 'var(--surface)',
  }[paint];
}

function MarkView({ mark }: { mark: Mark }) {
  const colour = colourOf(mark.paint);
  switch (mark.kind) {
    case 'rect':
      return (
        <rect
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          fill={colour}
          fillOpacity={mark.opacity ?? 1}
        >
          <title>{mark.says}</title>
        </rect>
      );
    case 'line':
      return (
        <line
          x1={mark.from[0]}
          y1={mark.from[1]}
          x2={mark.to[0]}
          y2={mark.to[1]}
          stroke={colour}
          strokeWidth={mark.width}
        />
      );
    case 'path':
      return (
        <polyline
          points={placesOf(mark.points)}
          fill="none"
          stroke={colour}
          strokeWidth={mark.width}
        />
      );
    case 'area':
      return <polygon points={placesOf(mark.points)} fill={colour} fillOpacity={mark.opacity} />;
    case 'dot':
      return (
        <circle
          cx={mark.at[0]}
          cy={mark.at[1]}
          r={mark.radius}
          fill={mark.isRing === true ? 'none' : colour}
          stroke={colour}
        >
          <title>{mark.says}</title>
        </circle>
      );
    case 'text':
      return (
        <text
          x={mark.at[0]}
          y={mark.at[1]}
          fill={colour}
          fontSize={mark.size}
          fontWeight={mark.isBold === true ? 600 : 400}
          textAnchor={mark.anchor}
          transform={
            mark.turn === undefined ? undefined : `rotate(${mark.turn} ${mark.at[0]} ${mark.at[1]})`
          }
        >
          {mark.text}
        </text>
      );
    default:
      return unreachable(mark);
  }
}

function saversOf(figure: Figure, name: string) {
  const file = fileNameOf(`${name} ${figure.title}`);
  return [
    {
      format: 'CSV',
      save: () =>
        downloadText(`${file}.csv`, 'text/csv', csvText(flatTable(tableOfFigure(figure)))),
    },
    {
      format: 'JSON',
      save: () =>
        downloadText(`${file}.json`, 'application/json', `${stringifyPlain(figure, 2)}\n`),
    },
    {
      format: 'SVG',
      save: () => downloadText(`${file}.svg`, 'image/svg+xml', svgOfDrawing(drawFigure(figure))),
    },
  ];
}
