import { axisLabel, type Axis, type Figure } from '#shared/figures/figure.ts';
import { colours } from '#shared/figures/svg.ts';
import { texOf } from './latex-text.ts';

/** Wong's colours, in the order of the figures on the screen. */
const palette = colours
  .map((colour, k) => `\\definecolor{kb${k}}{HTML}{${colour.slice(1)}}`)
  .join('\n');

/** A figure as pgfplots source, so many millimetres wide. */
export function pgfPlot(figure: Figure, millimetres: number): string {
  const { options, body } = plotOf(figure);
  const height = 'rows' in figure ? Math.max(55, 20 + 4 * figure.rows.length) : 55;
  const common = [
    `width=${millimetres}mm`,
    `height=${height}mm`,
    ...labels(figure.x, figure.y),
    'tick label style={font=\\scriptsize}',
    'label style={font=\\footnotesize}',
    'legend style={font=\\scriptsize, draw=none, at={(0.5,1.03)}, anchor=south}',
    'legend columns=2',
    ...options,
  ];
  return `${palette}\n\\begin{tikzpicture}\n\\begin{axis}[\n  ${common.join(',\n  ')}\n]\n${body.join('\n')}\n\\end{axis}\n\\end{tikzpicture}`;
}

function labels(x: Axis, y: Axis): string[] {
  return [`xlabel={${texOf(axisLabel(x))}}`, `ylabel={${texOf(axisLabel(y))}}`];
}

interface Plot {
  readonly options: readonly string[];
  readonly body: readonly string[];
}

const colourOf = (k: number): string => `kb${k % colours.length}`;
const point = (x: number | string, y: number | string): string => `(${x},${y})`;
const legend = (names: readonly string[]): string[] =>
  names.length < 2 ? [] : names.map((name) => `\\addlegendentry{${texOf(name)}}`);

function plotOf(figure: Figure): Plot {
  switch (figure.kind) {
    case 'bars':
      return bars(figure);
    case 'lines':
      return lines(figure);
    case 'scatter':
      return scatter(figure);
    case 'histogram':
      return histogram(figure);
    case 'estimates':
      return estimates(figure);
    case 'ranks':
      return ranks(figure);
    case 'heat-map':
      return heatMap(figure);
    case 'graph':
      return graph(figure);
    default:
      return figure satisfies never;
  }
}

type Of<K extends Figure['kind']> = Extract<Figure, { kind: K }>;

/** Ticks at 1, 2, … with these names, in braces: commas are theirs. */
function namedTicks(axis: 'x' | 'y', names: readonly string[]): string[] {
  return [
    `${axis}tick={${names.map((_, k) => k + 1).join(',')}}`,
    `${axis}ticklabels={${names.map((name) => `{${texOf(name)}}`).join(',')}}`,
  ];
}

function bars(figure: Of<'bars'>): Plot {
  const points = figure.bars
    .map((bar, k) => ({ ...bar, at: k + 1 }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ at, value, stderr }) => `${point(at, value)} +- (0,${stderr ?? 0})`);
  return {
    options: [
      'ybar',
      'bar width=0.6',
      'ymajorgrids',
      'x tick label style={rotate=40, anchor=north east, font=\\tiny}',
      ...namedTicks(
        'x',
        figure.bars.map(({ label }) => label),
      ),
    ],
    body: [
      `\\addplot+[fill=kb0, draw=none, error bars/.cd, y dir=both, y explicit, error bar style={black}] coordinates {${points.join(' ')}};`,
    ],
  };
}

/** As many points of a curve as TeX's memory holds; of more every so manieth, and the last. */
const mostPoints = 1500;

function lines(figure: Of<'lines'>): Plot {
  const body = figure.lines.flatMap(({ mark, x, y, low, high }, k) => {
    const every = Math.ceil(x.length / mostPoints);
    const at = Array.from(x, (_, i) => i).filter((i) => i % every === 0 || i === x.length - 1);
    const pointsOf = (values: ArrayLike<number>): string =>
      at
        .filter((i) => Number.isFinite(x[i]) && Number.isFinite(values[i]))
        .map((i) => point(x[i] ?? 0, values[i] ?? 0))
        .join(' ');
    const band =
      low === undefined || high === undefined
        ? []
        : [
            `\\addplot[name path=low${k}, draw=none, forget plot] coordinates {${pointsOf(low)}};`,
            `\\addplot[name path=high${k}, draw=none, forget plot] coordinates {${pointsOf(high)}};`,
            `\\addplot[${colourOf(k)}, opacity=0.2, forget plot] fill between[of=low${k} and high${k}];`,
          ];
    const look = mark === 'points' ? 'only marks, mark=*, mark size=1.5pt' : 'mark=none, thick';
    return [...band, `\\addplot[${look}, ${colourOf(k)}] coordinates {${pointsOf(y)}};`];
  });
  return {
    options: ['grid=major', 'grid style={gray!25}'],
    body: [...body, ...legend(figure.lines.map(({ name }) => name))],
  };
}

function scatter(figure: Of<'scatter'>): Plot {
  const body = figure.groups.map(({ points }, k) => {
    const places = points
      .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
      .map(({ x, y, stderr }) => `${point(x, y)} +- (0,${stderr ?? 0})`);
    return `\\addplot[only marks, mark=${k === 0 ? '*' : 'o'}, mark size=1.5pt, ${colourOf(k)}, error bars/.cd, y dir=both, y explicit] coordinates {${places.join(' ')}};`;
  });
  return {
    options: ['grid=major', 'grid style={gray!25}'],
    body: [...body, ...legend(figure.groups.map(({ name }) => name))],
  };
}

function histogram(figure: Of<'histogram'>): Plot {
  const body = figure.groups.map(({ counts }, k) => {
    const last = counts.at(-1) ?? 0;
    const places = figure.edges.map((edge, i) => point(edge, counts[i] ?? last));
    return `\\addplot[ybar interval, fill=${colourOf(k)}, fill opacity=0.6, draw=${colourOf(k)}] coordinates {${places.join(' ')}};`;
  });
  return { options: ['ymin=0'], body: [...body, ...legend(figure.groups.map(({ name }) => name))] };
}

function estimates(figure: Of<'estimates'>): Plot {
  const count = figure.groups.length;
  const body = figure.groups.map((_, k) => {
    const places = figure.rows.flatMap(({ estimates: own }, row) => {
      const one = own[k] ?? null;
      if (one === null || !Number.isFinite(one.value)) return [];
      const { value, stderr, low, high } = one;
      const y = row + 1 + (k - (count - 1) / 2) * 0.2;
      const [less, more] =
        low === undefined || high === undefined
          ? [stderr ?? 0, stderr ?? 0]
          : [value - low, high - value];
      const finite = (length: number): number => (Number.isFinite(length) ? length : 0);
      return [`${point(value, y)} += (${finite(more)},0) -= (${finite(less)},0)`];
    });
    return `\\addplot[only marks, mark=*, mark size=1.5pt, ${colourOf(k)}, error bars/.cd, x dir=both, x explicit] coordinates {${places.join(' ')}};`;
  });
  return {
    options: [
      'y dir=reverse',
      'xmajorgrids',
      `ymin=0.5, ymax=${figure.rows.length + 0.5}`,
      ...namedTicks(
        'y',
        figure.rows.map(({ label }) => label),
      ),
    ],
    body: [...body, ...legend(figure.groups)],
  };
}

function ranks(figure: Of<'ranks'>): Plot {
  const places = figure.rows.map(({ rank }, row) => point(rank, row + 1));
  const sets = figure.groups.map(([first, last], k) => {
    const x = (figure.rows[last]?.rank ?? 1) + 0.2 * (1 + (k % 2));
    return `\\draw[kb1, very thick] (axis cs:${x},${first + 1}) -- (axis cs:${x},${last + 1});`;
  });
  return {
    options: [
      'y dir=reverse',
      'xmajorgrids',
      `xmin=1, ymin=-0.5, ymax=${figure.rows.length + 0.5}`,
      ...namedTicks(
        'y',
        figure.rows.map(({ label }) => label),
      ),
    ],
    body: [
      `\\addplot[only marks, mark=*, mark size=1.5pt, kb0] coordinates {${places.join(' ')}};`,
      `\\draw[thick] (axis cs:1,0) -- (axis cs:${1 + figure.criticalDifference},0) node[midway, above, font=\\tiny] {critical difference};`,
      ...sets,
    ],
  };
}

function heatMap(figure: Of<'heat-map'>): Plot {
  const cells = figure.rows.flatMap((_, r) =>
    figure.columns.map((__, c) => {
      const value = figure.values[r]?.[c] ?? Number.NaN;
      return `(${c + 1},${r + 1}) [${Number.isFinite(value) ? value : 'nan'}]`;
    }),
  );
  return {
    options: [
      'y dir=reverse',
      'colorbar',
      'enlargelimits=false',
      'x tick label style={rotate=40, anchor=north east, font=\\tiny}',
      ...namedTicks('x', figure.columns),
      ...namedTicks('y', figure.rows),
    ],
    body: [
      `\\addplot[matrix plot*, mesh/cols=${Math.max(1, figure.columns.length)}, point meta=explicit] coordinates {${cells.join(' ')}};`,
    ],
  };
}

function graph(figure: Of<'graph'>): Plot {
  const at = figure.nodes.map(({ at: place }, k): readonly [number, number] => {
    const turn = (2 * Math.PI * k) / figure.nodes.length - Math.PI / 2;
    return place ?? [Math.cos(turn), -Math.sin(turn)];
  });
  const placeOf = (node: number): string => `(axis cs:${(at[node] ?? [0, 0]).join(',')})`;
  return {
    options: ['axis lines=none', 'axis equal', 'enlargelimits=0.15'],
    body: [
      `\\addplot[only marks, mark=none, forget plot] coordinates {${at.map(([x, y]) => point(x, y)).join(' ')}};`,
      ...figure.edges.map(
        ({ from, to, standsOut }) =>
          `\\draw[${standsOut ? 'black, thick' : 'gray!50'}] ${placeOf(from)} -- ${placeOf(to)};`,
      ),
      ...figure.nodes.map(
        ({ label, group }, k) =>
          `\\node[circle, fill=${colourOf(group)}, text=white, inner sep=1pt, minimum size=9pt, font=\\tiny] at ${placeOf(k)} {${texOf(label)}};`,
      ),
    ],
  };
}
