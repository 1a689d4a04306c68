import type { JobOutcome } from '../programs/outcome.ts';
import type { AnsweredBy, Program } from '../programs/program.ts';

/** The program with who answered how much of it in its provenance, where several backends share it. */
export function* tallied(program: Program<JobOutcome>, isShared: boolean): Program<JobOutcome> {
  const totals = new Map<string, AnsweredBy>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const answer = yield step.value;
    for (const one of 'by' in answer ? (answer.by ?? []) : []) {
      const { circuits = 0, shots = 0 } = totals.get(one.backend) ?? {};
      totals.set(one.backend, {
        backend: one.backend,
        circuits: circuits + one.circuits,
        shots: shots + one.shots,
      });
    }
    step = program.next(answer);
  }
  const outcome = step.value;
  if (!isShared) return outcome;
  return { ...outcome, provenance: { ...outcome.provenance, answeredBy: [...totals.values()] } };
}
