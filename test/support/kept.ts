import { toPlainJson } from '#shared/ipc/plain-json.ts';
import { exampleModel } from '#shared/models/example-model.ts';
import { jobEngine } from '#engine/jobs/index.ts';
import type { JobOutcome } from '#engine/programs/outcome.ts';

/** A model as a file holds it, by the run that made it. */
export function keptText(spec: object, { model }: JobOutcome): string {
  const checked = jobEngine.validate(spec);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return JSON.stringify({
    ...exampleModel,
    modelId: 'm',
    spec: checked.value,
    trained: toPlainJson(model),
  });
}
