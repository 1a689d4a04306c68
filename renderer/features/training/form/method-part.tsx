import { withAlgorithm, withPart } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { algorithmsFor, entryOf, isClassical } from '#renderer/lib/job-offer.ts';
import { SelectField } from '#renderer/ui/field.tsx';
import { ParameterForm } from '#renderer/ui/parameters/parameter-form.tsx';
import type { FormValues } from '#renderer/lib/form-values.ts';
import type { PartProps } from './part.ts';

/** The algorithm, one of those that take the problem, and its settings. */
export function MethodPart({ draft, frame }: PartProps) {
  const { offer, errors } = frame;
  const { algorithm: id, settings, problem } = draft.spec;
  const kind = (problem as FormValues | undefined)?.['kind'];
  const taking = algorithmsFor(offer, typeof kind === 'string' ? kind : '');
  const algorithm = entryOf(offer, 'algorithm', id);
  const shown = typeof id === 'string' ? id : '';
  const isOffered = taking.some((entry) => entry.id === shown);
  return (
    <section className="card stack" aria-label="Method">
      <h3>Method</h3>
      <SelectField
        label="Algorithm"
        path="algorithm"
        help={algorithm?.summary}
        error={errors['algorithm']}
        options={[
          ...(isOffered
            ? []
            : [{ value: shown, title: algorithm?.title ?? (shown || 'Choose one') }]),
          ...taking.map((entry) => ({
            value: entry.id,
            title: entry.title,
            group: isClassical(entry) ? 'Classical' : 'Quantum',
          })),
        ]}
        value={shown}
        onChange={(event) =>
          changeDraft((now) => withAlgorithm(now, event.target.value, frame.offer))
        }
      />
      {algorithm === undefined ? null : (
        <ParameterForm
          key={algorithm.id}
          parameters={algorithm.parameters}
          values={(settings ?? {}) as FormValues}
          frame={frame}
          path="settings"
          onChange={(values) => changeDraft((now) => withPart(now, 'settings', values))}
        />
      )}
    </section>
  );
}
