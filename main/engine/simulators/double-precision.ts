import type { Execution, Run, SimulationOptions } from './simulator.ts';

/** For methods that compute in double precision whatever was asked: the result says so. */
export function inDoublePrecision(
  id: string,
  simulate: (run: Run) => Execution,
): (run: Run) => Execution {
  return (run) => {
    const execution = simulate(run);
    const { warnings, ...rest } = inDouble(id, run.options.precision);
    return { ...execution, ...rest, warnings: [...execution.warnings, ...warnings] };
  };
}

/** The same as a part of a result. */
export function inDouble(
  id: string,
  asked: SimulationOptions['precision'],
): Pick<Execution, 'precision' | 'warnings'> {
  if (asked === 'f64') return { warnings: [] };
  const warning = `Method “${id}” computes in double precision (f64), although f32 was asked for.`;
  return { precision: 'f64', warnings: [warning] };
}
