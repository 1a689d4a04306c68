import { rngOf } from '#shared/base/rng.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { formatNumber, formatPercent } from '#renderer/lib/format.ts';
import { turned } from '#renderer/lib/histogram-rows.ts';
import type { InlineState } from '#renderer/lib/inline-states.ts';
import type { DisplayKind } from '#renderer/lib/workspace/marks.ts';

/** What is drawn in a display. */
export type DisplayContent =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'arrow'; readonly vector: readonly [number, number, number] }
  /** A 2 × 2 matrix: magnitude and phase of each entry, row by row. */
  | { readonly kind: 'matrix'; readonly entries: readonly (readonly [number, number])[] }
  | {
      readonly kind: 'lines';
      readonly lines: readonly {
        readonly key: string;
        readonly text: string;
        readonly share: number;
      }[];
    }
  | { readonly kind: 'nothing'; readonly reason: string };

type BitOrder = 'little' | 'big';

const mostLines = 3;
const samples = 1024;

/** What a display shows of a state, with one qubit in sight where the kind looks at one. */
export function contentOf(
  show: DisplayKind,
  qubit: number,
  state: InlineState | undefined,
  bitOrder: BitOrder,
): DisplayContent {
  if (state === undefined) return { kind: 'nothing', reason: 'being simulated' };
  if (state.kind === 'unknown') return { kind: 'nothing', reason: state.reason };
  const { result } = state;
  switch (show) {
    case 'probability':
    case 'bloch':
    case 'density':
      return ofOneQubit(show, result.bloch?.[qubit]);
    case 'amplitudes':
      return amplitudesOf(result, bitOrder);
    case 'samples':
      return samplesOf(result, bitOrder);
  }
}

const notDefined: DisplayContent = {
  kind: 'nothing',
  reason: 'not defined: qubits were measured or reset before',
};

function ofOneQubit(
  show: 'probability' | 'bloch' | 'density',
  vector: readonly [number, number, number] | undefined,
): DisplayContent {
  if (vector === undefined) return notDefined;
  const [x, y, z] = vector;
  if (show === 'bloch') return { kind: 'arrow', vector };
  if (show === 'probability') return { kind: 'share', share: (1 - z) / 2 };
  const [size, phase] = [Math.hypot(x, y) / 2, Math.atan2(y, x)];
  return {
    kind: 'matrix',
    entries: [
      [(1 + z) / 2, 0],
      [size, -phase],
      [size, phase],
      [(1 - z) / 2, 0],
    ],
  };
}

function amplitudesOf({ view, qubits }: SimulationResult, bitOrder: BitOrder): DisplayContent {
  const amplitudes = view?.amplitudes;
  if (amplitudes === null || amplitudes === undefined) return notDefined;
  const width = qubits.reduce((sum, [, size]) => sum + size, 0);
  const lines = amplitudes.entries
    .map(([index, re, im]) => {
      const degrees = Math.round((Math.atan2(im, re) * 180) / Math.PI);
      const size = formatNumber(Math.hypot(re, im), 2);
      const key = turned(index.toString(2).padStart(width, '0'), bitOrder);
      return { key, text: `${size}∠${degrees}°`, share: re * re + im * im };
    })
    .toSorted((a, b) => b.share - a.share);
  return { kind: 'lines', lines: lines.slice(0, mostLines) };
}

function samplesOf(result: SimulationResult, bitOrder: BitOrder): DisplayContent {
  const table = result.qubitProbabilities;
  if (table === null || table === undefined) return notDefined;
  const counts = drawn.get(table) ?? drawFrom(table);
  drawn.set(table, counts);
  const lines = counts.map(([key, count]) => ({
    key: turned(key, bitOrder),
    text: String(count),
    share: count / samples,
  }));
  return { kind: 'lines', lines };
}

type Counts = readonly (readonly [string, number])[];

/** A drawing is painted at every move, and its states come seldom. */
const drawn = new WeakMap<object, Counts>();

/** The most frequent outcomes. The seed is fixed, so that the same state always gives the same counts. */
function drawFrom(table: Readonly<Record<string, number>>): Counts {
  const rows = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rng = rngOf(1, samples);
  const points = Array.from({ length: samples }, () => rng.uniform()).toSorted((a, b) => a - b);
  const counts = new Map<string, number>();
  let row = 0;
  let reached = rows[0]?.[1] ?? 0;
  for (const point of points) {
    while (point > reached && row + 1 < rows.length) reached += rows[++row]?.[1] ?? 0;
    const key = rows[row]?.[0] ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, mostLines);
}

/** What a display is called. */
export const displayTitles: Readonly<Record<DisplayKind, string>> = {
  probability: 'Probability of 1',
  bloch: 'Bloch vector',
  amplitudes: 'Amplitudes',
  density: 'Density matrix',
  samples: 'Samples',
};

/** The content in words, for screen readers. */
export function wordsOf(show: DisplayKind, content: DisplayContent): string {
  const title = displayTitles[show];
  switch (content.kind) {
    case 'share':
      return `${title}: ${formatPercent(content.share)}`;
    case 'arrow': {
      const [x, y, z] = content.vector.map((value) =>
        formatNumber(Math.abs(value) < 5e-4 ? 0 : value, 3),
      );
      return `${title}: x ${x}, y ${y}, z ${z}`;
    }
    case 'matrix': {
      const [a, b, , d] = content.entries.map(([size]) => formatNumber(size, 3));
      return `${title}: diagonal ${a} and ${d}, beside it ${b}`;
    }
    case 'lines':
      return `${title}: ${content.lines.map(({ key, text }) => `${key} ${text}`).join(', ')}`;
    case 'nothing':
      return `${title}: ${content.reason}`;
  }
}
