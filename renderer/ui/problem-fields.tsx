import { algorithmsFor, entriesOf, entryOf } from '#renderer/lib/job-offer.ts';
import { SelectField } from './field.tsx';
import type { FormFrame } from './parameters/frame.ts';
import { ParameterForm } from './parameters/parameter-form.tsx';
import type { FormValues } from '../lib/form-values.ts';

interface Props {
  /** With its `kind`. */
  readonly problem: FormValues;
  readonly frame: FormFrame;
  readonly onKind: (kind: string) => void;
  readonly onChange: (problem: FormValues) => void;
}

/** The kind of a problem and the fields of this kind, as the catalog describes them. */
export function ProblemFields({ problem, frame, onKind, onChange }: Props) {
  const { offer, errors } = frame;
  const kind = entryOf(offer, 'problem', problem['kind']);
  const shown = typeof problem['kind'] === 'string' ? problem['kind'] : '';
  const kinds = entriesOf(offer, 'problem').filter(({ id }) => algorithmsFor(offer, id).length > 0);
  return (
    <>
      <SelectField
        label="Kind of problem"
        path="problem.kind"
        help={kind?.summary}
        error={errors['problem.kind'] ?? errors['problem']}
        options={[
          ...(kinds.some(({ id }) => id === shown)
            ? []
            : [{ value: shown, title: kind?.title ?? (shown || 'Choose one') }]),
          ...kinds.map(({ id, title }) => ({ value: id, title })),
        ]}
        value={shown}
        onChange={(event) => onKind(event.target.value)}
      />
      {kind === undefined ? null : (
        <ParameterForm
          key={kind.id}
          parameters={kind.parameters}
          values={problem}
          frame={frame}
          path="problem"
          onChange={onChange}
        />
      )}
    </>
  );
}
