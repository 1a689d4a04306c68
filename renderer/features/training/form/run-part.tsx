import { withPart, withSpec } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { ParameterForm } from '#renderer/ui/parameters/parameter-form.tsx';
import { TypedField } from '#renderer/ui/parameters/typed-field.tsx';
import {
  faultAt,
  type FormValues,
  numberNotation,
  wordsNotation,
} from '#renderer/lib/form-values.ts';
import type { PartProps } from './part.ts';
import { priorityFaultOf, runFields } from './run-fields.ts';

/** How precisely and how long it runs, and how it is found again. */
export function RunPart({ draft, frame }: PartProps) {
  const fields = runFields(frame.offer);
  const form = {
    values: draft.spec,
    frame,
    path: '',
    onChange: (values: FormValues) => changeDraft((now) => withSpec(now, values)),
  };
  return (
    <section className="card stack" aria-label="Run">
      <h3>Run</h3>
      <ParameterForm {...form} parameters={fields.filter(({ advanced }) => advanced !== true)} />
      <TypedField
        label="Tags"
        help="Words to find it by, separated by commas."
        path="tags"
        error={faultAt(frame.errors, 'tags')}
        notation={wordsNotation}
        value={draft.spec['tags']}
        onChange={(tags) => changeDraft((now) => withPart(now, 'tags', tags))}
      />
      <TypedField
        label="Priority"
        help="−10 to 10: of the jobs that wait, the highest is started first."
        path="priority"
        isNumber
        placeholder="0"
        error={priorityFaultOf(draft) ?? undefined}
        notation={numberNotation}
        value={draft.priority === 0 ? undefined : draft.priority}
        onChange={(priority) => changeDraft((now) => ({ ...now, priority: priority ?? 0 }))}
      />
      <ParameterForm {...form} parameters={fields.filter(({ advanced }) => advanced === true)} />
    </section>
  );
}
