import { Globe } from 'lucide-react';
import { memo, useState } from 'react';
import { shortName } from '#renderer/lib/wire-name.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { lengthOf, project } from '#renderer/lib/bloch.ts';
import { Averages } from './averages.tsx';
import { nameOfQubit } from './names.ts';
import { PanelFrame } from './panel-frame.tsx';
import { PhaseDisk } from './phase-disk.tsx';

type Vector = readonly [number, number, number];

type Form = 'spheres' | 'disks';

/** One Bloch sphere a qubit, or one phase disk with a ring for its purity. */
export function BlochPanel() {
  const [form, setForm] = useState<Form>('spheres');
  return (
    <PanelFrame
      label="Bloch vectors"
      tools={
        <Segmented
          label="Form of the qubits"
          value={form}
          options={[
            { value: 'spheres', title: 'Spheres' },
            { value: 'disks', title: 'Phase disks' },
          ]}
          onChange={setForm}
        />
      }
    >
      {(result) =>
        result.bloch === null || result.bloch === undefined ? (
          <EmptyState
            icon={Globe}
            title="Not defined here"
            text="The method that was used here gives no Bloch vectors."
          />
        ) : (
          <>
            <Averages result={result} />
            <ul className="bloch-list">
              {result.bloch.map((vector, qubit) => (
                <li key={nameOfQubit(result, qubit)}>
                  {form === 'spheres' ? (
                    <Sphere vector={vector} name={nameOfQubit(result, qubit)} />
                  ) : (
                    <PhaseDisk vector={vector} name={nameOfQubit(result, qubit)} />
                  )}
                </li>
              ))}
            </ul>
          </>
        )
      }
    </PanelFrame>
  );
}

const radius = 38;
const centre = 50;

function Sphere({ vector, name }: { vector: Vector; name: string }) {
  const tip = project(vector);
  const length = lengthOf(vector);
  const [x, y, z] = vector.map((value) => formatNumber(Math.abs(value) < 5e-4 ? 0 : value, 3));
  const label = `${name}: x ${x}, y ${y}, z ${z}, length ${length.toFixed(3)}`;
  return (
    <figure className="bloch" aria-label={label} title={label}>
      <svg viewBox="0 0 100 100" role="img" aria-label={label}>
        <Frame />
        {length < 0.02 ? null : (
          <line
            className="bloch-vector"
            x1={centre}
            y1={centre}
            x2={centre + radius * tip.x}
            y2={centre + radius * tip.y}
          />
        )}
        <circle
          className={tip.behind && length > 0.02 ? 'bloch-tip bloch-tip-behind' : 'bloch-tip'}
          cx={centre + radius * tip.x}
          cy={centre + radius * tip.y}
          r={4}
        />
      </svg>
      <figcaption>
        <span className="mono">{shortName(name, '[')}</span>
        <span className="number muted">|r| {length.toFixed(2)}</span>
      </figcaption>
    </figure>
  );
}

/** What never moves is not looked at again while a slider turns the vectors. */
const Frame = memo(() => (
  <>
    <circle className="bloch-sphere" cx={centre} cy={centre} r={radius} />
    <ellipse className="bloch-line" cx={centre} cy={centre} rx={radius} ry={radius * 0.31} />
    <Axis to={[0, 0, 1]} label="0" />
    <Axis to={[0, 0, -1]} label="1" />
    <Axis to={[1, 0, 0]} label="x" />
    <Axis to={[0, 1, 0]} label="y" />
  </>
));

function Axis({ to, label }: { to: Vector; label: string }) {
  const end = project(to);
  const [x, y] = [centre + radius * end.x, centre + radius * end.y];
  return (
    <>
      <line className="bloch-line" x1={centre} y1={centre} x2={x} y2={y} />
      <text
        className="bloch-label"
        x={centre + radius * end.x * 1.22}
        y={centre + radius * end.y * 1.22}
      >
        {label}
      </text>
    </>
  );
}
