import { useState } from 'react';
import type { CatalogEntry, ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { unreachable } from '#shared/base/assert.ts';
import { SelectField, TextField } from './field.tsx';
import { type FormValues, textOf, valueOf } from './parameter-values.ts';

interface FormProps {
  readonly parameters: readonly ParameterDescriptor[];
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
  /** Members of the other registries that a parameter may name. */
  readonly catalog: readonly CatalogEntry[];
  /** Messages by path, e.g. "optimizer.tolerance". */
  readonly errors: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** A form made from descriptors: it offers what a job accepts, and nothing else. */
export function ParameterForm(props: FormProps) {
  const usual = props.parameters.filter((parameter) => parameter.advanced !== true);
  const advanced = props.parameters.filter((parameter) => parameter.advanced === true);
  const [isOpen, setIsOpen] = useState(false);
  // A fault inside must not stay out of sight.
  const hasFault = advanced.some(({ id }) => {
    const path = props.path === undefined ? id : `${props.path}.${id}`;
    return Object.keys(props.errors).some((one) => one === path || one.startsWith(`${path}.`));
  });
  return (
    <>
      {usual.map((parameter) => (
        <ParameterField key={parameter.id} {...props} parameter={parameter} />
      ))}
      {advanced.length === 0 ? null : (
        <details
          className="parameter-advanced"
          open={isOpen || hasFault}
          onToggle={(event) => setIsOpen(event.currentTarget.open)}
        >
          <summary>Advanced</summary>
          <div className="stack">
            {advanced.map((parameter) => (
              <ParameterField key={parameter.id} {...props} parameter={parameter} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

/** "Empty: …" is true of a text field; a choice has a name for it. */
function helpOf(parameter: ParameterDescriptor): string {
  return parameter.kind === 'choice'
    ? parameter.help.replace(/\bEmpty:/, 'Chosen by the method:')
    : parameter.help;
}

interface FieldProps extends FormProps {
  readonly parameter: ParameterDescriptor;
}

function ParameterField(props: FieldProps) {
  const { parameter, values, onChange, errors } = props;
  const path = props.path === undefined ? parameter.id : `${props.path}.${parameter.id}`;
  const value = values[parameter.id];
  const set = (next: unknown): void => onChange({ ...values, [parameter.id]: next });
  const frame = { help: helpOf(parameter), error: errors[path] };
  switch (parameter.kind) {
    case 'choice':
      return (
        <SelectField
          {...frame}
          label={parameter.title}
          options={
            parameter.default === null
              ? [{ value: '', title: 'Chosen by the method' }, ...parameter.options]
              : parameter.options
          }
          value={textOf(value ?? parameter.default)}
          onChange={(event) => set(event.target.value === '' ? undefined : event.target.value)}
        />
      );
    case 'boolean':
      return (
        <label className="check" title={parameter.help}>
          <input
            type="checkbox"
            checked={value === undefined ? parameter.default : value === true}
            onChange={(event) => set(event.target.checked)}
          />
          {parameter.title}
        </label>
      );
    case 'integer':
    case 'number':
      return (
        <TextField
          {...frame}
          label={
            parameter.unit === undefined
              ? parameter.title
              : `${parameter.title} (${parameter.unit})`
          }
          inputMode="decimal"
          placeholder={
            parameter.default === null ? 'chosen by the method' : String(parameter.default)
          }
          value={textOf(value)}
          onChange={(event) => set(valueOf(parameter, event.target.value))}
        />
      );
    case 'text':
    case 'texts':
    case 'numbers':
    case 'matrix':
    case 'named-numbers':
    case 'tuples':
    case 'table':
    case 'column':
    case 'columns':
    case 'rows':
    case 'source':
    case 'file':
    case 'list':
      return (
        <TextField
          {...frame}
          label={parameter.title}
          placeholder={parameter.kind === 'numbers' ? 'numbers, separated by commas' : ''}
          value={textOf(value)}
          onChange={(event) => set(valueOf(parameter, event.target.value))}
        />
      );
    case 'member':
      return <MemberField {...props} parameter={parameter} path={path} />;
    case 'group':
      return (
        <fieldset className="parameter-group">
          <legend>{parameter.title}</legend>
          <ParameterForm
            {...props}
            parameters={parameter.members}
            values={(value as FormValues | undefined) ?? {}}
            onChange={(next) => set(Object.keys(next).length === 0 ? undefined : next)}
            path={path}
          />
        </fieldset>
      );
    default:
      return unreachable(parameter);
  }
}

type MemberProps = FieldProps & {
  readonly parameter: Extract<ParameterDescriptor, { kind: 'member' }>;
  readonly path: string;
};

/** A choice among the members of another registry, with the chosen one's own parameters below. */
function MemberField({ parameter, values, onChange, catalog, errors, path }: MemberProps) {
  const value = (values[parameter.id] as FormValues | undefined) ?? parameter.default;
  const members = catalog.filter(({ kind }) => kind === parameter.registry);
  const chosen = members.find((entry) => entry.id === value['id']);
  const isListed = chosen !== undefined || members.length > 0;
  return (
    <>
      <SelectField
        label={parameter.title}
        help={chosen?.summary ?? parameter.help}
        error={errors[`${path}.id`]}
        options={
          isListed
            ? members.map((entry) => ({ value: entry.id, title: entry.title }))
            : [{ value: parameter.default.id, title: parameter.default.id }]
        }
        value={textOf(value['id'])}
        onChange={(event) => onChange({ ...values, [parameter.id]: { id: event.target.value } })}
      />
      {chosen === undefined || chosen.parameters.length === 0 ? null : (
        <div className="parameter-member">
          <ParameterForm
            parameters={chosen.parameters}
            values={value as FormValues}
            onChange={(next) => onChange({ ...values, [parameter.id]: next })}
            catalog={catalog}
            errors={errors}
            path={path}
          />
        </div>
      )}
    </>
  );
}
