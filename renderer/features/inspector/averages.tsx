import { noOneState } from '#shared/jobs/one-state.ts';
import type { SimulationResult } from '#shared/jobs/simulation.ts';

/** Whether there is one state before the last measurements, and not one for each history of outcomes. */
export function hasOneState({ warnings }: Pick<SimulationResult, 'warnings'>): boolean {
  return !warnings.includes(noOneState);
}

/** Says of figures that they are means where the state depends on what was measured. */
export function Averages({ result }: { readonly result: SimulationResult }) {
  if (hasOneState(result)) return null;
  return (
    <p className="inspector-note">
      Measurements on the way lead to different states. Shown is their average at the end, weighted
      by the probabilities of the outcomes.
    </p>
  );
}
