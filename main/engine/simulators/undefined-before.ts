import type { Execution, Run } from './simulator.ts';

/** Null for all that needs one state before the measurements. */
export function undefinedBefore({
  options,
}: Run): Pick<Execution, 'qubitProbabilities' | 'state' | 'expectations'> {
  const { observables } = options;
  return {
    qubitProbabilities: null,
    ...(options.state ? { state: null } : {}),
    ...(observables.length === 0
      ? {}
      : {
          expectations: observables.map((observable) => ({
            observable,
            value: null,
            stderr: null,
          })),
        }),
  };
}
