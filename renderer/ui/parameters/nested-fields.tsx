import { Plus, Trash2 } from 'lucide-react';
import { entriesOf, entryOf } from '#renderer/lib/job-offer.ts';
import { Button, IconButton } from '../button.tsx';
import { FieldNote, SelectField } from '../field.tsx';
import { type FieldOf, labelsOf } from './frame.ts';
import { faultAt, type FormValues, isInside } from '../../lib/form-values.ts';

function objectOf(value: unknown): FormValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as FormValues)
    : {};
}

/** A choice among the members of another registry, with the chosen one's own parameters below. */
export function MemberField(props: FieldOf<'member'>) {
  const { parameter, value, onChange, frame, path, Form } = props;
  const values = value === undefined ? parameter.default : objectOf(value);
  const { id } = values as { readonly id?: unknown };
  const members = entriesOf(frame.offer, parameter.registry);
  const chosen = entryOf(frame.offer, parameter.registry, id);
  const shown = typeof id === 'string' ? id : '';
  return (
    <>
      <SelectField
        {...labelsOf(props)}
        help={chosen?.summary ?? parameter.help}
        error={frame.errors[`${path}.id`] ?? frame.errors[path]}
        options={[
          ...members.map((entry) => ({ value: entry.id, title: entry.title })),
          ...(chosen === undefined ? [{ value: shown, title: shown || 'Choose one' }] : []),
        ]}
        value={shown}
        onChange={(event) => onChange({ id: event.target.value })}
      />
      {chosen === undefined || chosen.parameters.length === 0 ? null : (
        <div className="parameter-member" role="group" aria-label={chosen.title}>
          <Form
            parameters={chosen.parameters}
            values={values}
            onChange={onChange}
            frame={frame}
            path={path}
          />
        </div>
      )}
    </>
  );
}

/** Values that belong together. */
export function GroupField({ parameter, value, onChange, frame, path, Form }: FieldOf<'group'>) {
  const values = value === undefined ? (parameter.default ?? {}) : objectOf(value);
  const error = frame.errors[path];
  return (
    <fieldset className="parameter-group" data-path={path}>
      <legend>{parameter.title}</legend>
      <Form
        parameters={parameter.members}
        values={values}
        onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
        frame={frame}
        path={path}
      />
      <FieldNote error={error} help={parameter.help} />
    </fieldset>
  );
}

/** Groups of one form, one after the other. */
export function ListField({ parameter, value, onChange, frame, path, Form }: FieldOf<'list'>) {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const isBelow = list.some((_, k) =>
    Object.keys(frame.errors).some((one) => isInside(one, `${path}[${k}]`)),
  );
  const error = isBelow ? frame.errors[path] : faultAt(frame.errors, path);
  return (
    <fieldset className="parameter-group" data-path={path}>
      <legend>
        {parameter.title} ({list.length})
      </legend>
      {list.map((entry, k) => (
        <div
          key={k}
          className="parameter-entry"
          role="group"
          aria-label={`${parameter.title} ${k + 1}`}
        >
          <Form
            parameters={parameter.members}
            values={objectOf(entry)}
            onChange={(next) => onChange(list.with(k, next))}
            frame={frame}
            path={`${path}[${k}]`}
          />
          <IconButton
            label={`Remove ${parameter.title} ${k + 1}`}
            onClick={() => onChange(list.length === 1 ? undefined : list.toSpliced(k, 1))}
          >
            <Trash2 size={14} />
          </IconButton>
        </div>
      ))}
      <FieldNote error={error} help={parameter.help} />
      <div>
        <Button icon={<Plus size={14} />} onClick={() => onChange([...list, list.at(-1) ?? {}])}>
          Add to {parameter.title}
        </Button>
      </div>
    </fieldset>
  );
}
