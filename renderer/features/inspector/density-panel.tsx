import { Grid3x3 } from 'lucide-react';
import { useState } from 'react';
import type { SimulationResult } from '#shared/jobs/simulation.ts';
import { countOf } from '#renderer/lib/format.ts';
import { useSettings } from '#renderer/lib/settings.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { formatPhase } from './amplitudes.ts';
import { Averages } from './averages.tsx';
import { type DensityCell, densityCells, purityOf, shownOrder } from './density.ts';
import { PanelFrame } from './panel-frame.tsx';
import { phaseColour } from './phase-colour.ts';
import { PhaseLegend } from './phase-legend.tsx';

type Form = 'hinton' | 'city';

/** The engine gives no larger ones to look at. */
const densityQubits = 6;
/** Bars of more states would hide each other. */
const cityQubits = 4;
/** CSS pixels of a row whose key is read. */
const readableCell = 16;
/** Keys of more states would not be read. */
const namedQubits = 4;

/** The density matrix before the last measurements: squares or a city, coloured by phase. */
export function DensityPanel() {
  const [form, setForm] = useState<Form>('hinton');
  return (
    <PanelFrame
      label="Density matrix"
      tools={
        <>
          <Segmented
            label="Form of the density matrix"
            value={form}
            options={[
              { value: 'hinton', title: 'Squares' },
              { value: 'city', title: 'City' },
            ]}
            onChange={setForm}
          />
          <PhaseLegend />
        </>
      }
    >
      {(result) => <Density result={result} form={form} />}
    </PanelFrame>
  );
}

function Density({ result, form }: { result: SimulationResult; form: Form }) {
  const bitOrder = useSettings((state) => state.settings.bitOrder);
  const qubits = result.qubits.reduce((sum, [, size]) => sum + size, 0);
  const density = result.view?.density;
  if (density === null || density === undefined) {
    return (
      <EmptyState
        icon={Grid3x3}
        title="No density matrix"
        text={
          qubits > densityQubits
            ? `It is drawn for up to ${densityQubits} qubits; this circuit has ${qubits}. See the Bloch vectors and pairs instead.`
            : 'The method that was used here holds no density matrix.'
        }
      />
    );
  }
  const order = shownOrder(qubits, bitOrder);
  const cells = densityCells(density, order);
  const keys = order.map((_, shown) => shown.toString(2).padStart(qubits, '0'));
  const label = `Density matrix of ${countOf(qubits, 'qubit')}, purity ${purityOf(density).toFixed(3)}`;
  return (
    // Keys that are shown can be read: where there is no room for them the panel scrolls.
    <figure
      className="density"
      style={qubits <= namedQubits ? { minHeight: readableCell * (keys.length + 3) + 30 } : {}}
    >
      <Averages result={result} />
      {form === 'city' && qubits <= cityQubits ? (
        <City cells={cells} keys={keys} label={label} />
      ) : (
        <Hinton cells={cells} keys={qubits <= namedQubits ? keys : []} label={label} />
      )}
      <figcaption className="number">
        tr ρ² = {purityOf(density).toFixed(4)}
        {form === 'city' && qubits > cityQubits
          ? ` · the city is drawn for up to ${cityQubits} qubits`
          : ''}
      </figcaption>
    </figure>
  );
}

interface Drawing {
  readonly cells: readonly DensityCell[];
  readonly keys: readonly string[];
  readonly label: string;
}

function titleOf({ row, column, magnitude, phase }: DensityCell, keys: readonly string[]): string {
  const name = (k: number): string => keys[k] ?? String(k);
  return `|${name(row)}⟩⟨${name(column)}| ${magnitude.toFixed(4)}, phase ${formatPhase(phase)}`;
}

function Hinton({ cells, keys, label }: Drawing) {
  const size = Math.sqrt(cells.length);
  const margin = keys.length === 0 ? 0.2 : 0.36 * (keys[0]?.length ?? 0) + 0.4;
  const largest = Math.max(1e-9, ...cells.map(({ magnitude }) => magnitude));
  return (
    <svg
      className="hinton"
      viewBox={`${-margin} ${-margin} ${size + margin + 0.2} ${size + margin + 0.2}`}
      role="img"
      aria-label={label}
    >
      <rect className="hinton-ground" width={size} height={size} />
      {keys.map((key, k) => (
        <g key={key} className="hinton-key">
          <text x={-0.2} y={k + 0.5} textAnchor="end">
            {key}
          </text>
          <text x={0} y={0} textAnchor="start" transform={`translate(${k + 0.5} -0.2) rotate(-90)`}>
            {key}
          </text>
        </g>
      ))}
      {cells
        .filter(({ magnitude }) => magnitude > 1e-6)
        .map((cell) => {
          const side = 0.92 * Math.sqrt(cell.magnitude / largest);
          return (
            <rect
              key={`${cell.row} ${cell.column}`}
              x={cell.column + 0.5 - side / 2}
              y={cell.row + 0.5 - side / 2}
              width={side}
              height={side}
              fill={phaseColour(cell.phase)}
            >
              <title>{titleOf(cell, keys)}</title>
            </rect>
          );
        })}
    </svg>
  );
}

/** Bars on the grid of entries, seen from the front corner; those behind are drawn first. */
function City({ cells, keys, label }: Drawing) {
  const size = Math.sqrt(cells.length);
  const height = 0.75 * size;
  const at = (row: number, column: number, z: number): string => {
    const x = (column - row) * 0.86;
    const y = (column + row) * 0.42 - z * height;
    return `${x.toFixed(3)},${y.toFixed(3)}`;
  };
  const back = cells.toSorted((a, b) => a.row + a.column - (b.row + b.column));
  return (
    <svg
      className="city"
      viewBox={`${-0.92 * size} ${-height - 0.4} ${1.84 * size} ${0.84 * size + height + 1.4}`}
      role="img"
      aria-label={label}
    >
      <polygon
        className="hinton-ground"
        points={`${at(0, 0, 0)} ${at(0, size, 0)} ${at(size, size, 0)} ${at(size, 0, 0)}`}
      />
      {back.map((cell) => {
        const { row, column, magnitude, phase } = cell;
        if (magnitude < 1e-6) return null;
        const [r0, r1, c0, c1] = [row + 0.14, row + 0.86, column + 0.14, column + 0.86];
        return (
          <g key={`${row} ${column}`} fill={phaseColour(phase)} className="city-bar">
            <title>{titleOf(cell, keys)}</title>
            <polygon
              className="city-left"
              points={`${at(r1, c0, 0)} ${at(r1, c1, 0)} ${at(r1, c1, magnitude)} ${at(r1, c0, magnitude)}`}
            />
            <polygon
              className="city-right"
              points={`${at(r0, c1, 0)} ${at(r1, c1, 0)} ${at(r1, c1, magnitude)} ${at(r0, c1, magnitude)}`}
            />
            <polygon
              points={`${at(r0, c0, magnitude)} ${at(r0, c1, magnitude)} ${at(r1, c1, magnitude)} ${at(r1, c0, magnitude)}`}
            />
          </g>
        );
      })}
      {keys.map((key, k) => {
        const [x = 0, y = 0] = at(size + 0.25, k + 0.5, 0)
          .split(',')
          .map(Number);
        const [x2 = 0, y2 = 0] = at(k + 0.5, size + 0.25, 0)
          .split(',')
          .map(Number);
        return (
          <g key={key} className="hinton-key" style={{ fontSize: `${0.026 * size + 0.2}px` }}>
            <text x={x} y={y + 0.3} textAnchor="middle">
              {key}
            </text>
            <text x={x2} y={y2 + 0.3} textAnchor="middle">
              {key}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
