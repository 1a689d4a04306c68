import { phaseColour, phaseLegend } from './phase-colour.ts';

/** Which colour means which phase. */
export function PhaseLegend() {
  return (
    <ul className="phase-legend" aria-label="Colours of phases">
      {phaseLegend.map(({ phase, title }) => (
        <li key={title}>
          <span className="phase-swatch" style={{ background: phaseColour(phase) }} />
          {title}
        </li>
      ))}
    </ul>
  );
}
