import { unreachable } from '#shared/base/assert.ts';
import { FieldNote, SelectField } from '../field.tsx';
import { ColumnField, ColumnsField, RowsField, TableField } from './data-fields.tsx';
import { type FieldOf, type FieldProps, labelsOf } from './frame.ts';
import { ModelField } from './model-field.tsx';
import { GroupField, ListField, MemberField } from './nested-fields.tsx';
import { FileField, SourceField } from './source-field.tsx';
import { TypedField } from './typed-field.tsx';
import { jsonNotation, notationOf, numberNotation } from '../../lib/form-values.ts';

/** The field of one descriptor. */
export function ParameterField(props: FieldProps) {
  const { parameter } = props;
  switch (parameter.kind) {
    case 'choice':
      return <ChoiceField {...props} parameter={parameter} />;
    case 'boolean':
      return <BooleanField {...props} parameter={parameter} />;
    case 'integer':
    case 'number':
      return <NumberField {...props} parameter={parameter} />;
    case 'text':
    case 'numbers':
      return <Typed {...props} placeholder="" />;
    case 'texts':
      return <Typed {...props} rows={3} placeholder="one a line" />;
    case 'matrix':
      return <Typed {...props} rows={4} placeholder="one row a line" />;
    case 'named-numbers':
      return <Typed {...props} rows={2} placeholder="theta = 0.5" />;
    case 'json':
      return <Typed {...props} rows={4} placeholder="JSON" />;
    case 'tuples': {
      const columns = parameter.columns.map(columnWords).join(', ');
      return <Typed {...props} rows={5} placeholder={`one a line: ${columns}`} />;
    }
    case 'table':
      return <TableField {...props} parameter={parameter} />;
    case 'column':
      return <ColumnField {...props} parameter={parameter} />;
    case 'columns':
      return <ColumnsField {...props} parameter={parameter} />;
    case 'rows':
      return <RowsField {...props} parameter={parameter} />;
    case 'source':
      return <SourceField {...props} parameter={parameter} />;
    case 'file':
      return <FileField {...props} parameter={parameter} />;
    case 'model':
      return <ModelField {...props} parameter={parameter} />;
    case 'member':
      return <MemberField {...props} parameter={parameter} />;
    case 'group':
      return <GroupField {...props} parameter={parameter} />;
    case 'list':
      return <ListField {...props} parameter={parameter} />;
    default:
      return unreachable(parameter);
  }
}

function columnWords({ title, isOptional }: { title: string; isOptional?: true }): string {
  return isOptional === true ? `${title} (may be left out)` : title;
}

type TypedProps = FieldProps & {
  readonly rows?: number;
  readonly placeholder: string;
};

/** A value that is typed, in the notation of its kind. */
function Typed({ rows, placeholder, ...props }: TypedProps) {
  const notation = notationOf(props.parameter) ?? jsonNotation;
  const { default: usual } = props.parameter;
  return (
    <TypedField
      {...labelsOf(props)}
      {...(rows === undefined ? {} : { rows })}
      notation={notation}
      placeholder={usual === null ? placeholder : notation.print(usual)}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

/** What an empty field stands for, as its help says: "exact expectations". */
function unsetWords(help: string): string {
  return /\bEmpty: ([^.]+)/.exec(help)?.[1] ?? '';
}

function NumberField(props: FieldOf<'integer' | 'number'>) {
  const { unit, default: usual, help } = props.parameter;
  const { label, ...labels } = labelsOf(props);
  return (
    <TypedField
      {...labels}
      label={unit === undefined ? label : `${label} (${unit})`}
      isNumber
      notation={numberNotation}
      placeholder={usual === null ? unsetWords(help) : String(usual)}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

function ChoiceField(props: FieldOf<'choice'>) {
  const { options, default: usual, required, help } = props.parameter;
  const value = props.value ?? usual;
  const shown = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  const isKnown = shown === '' || options.some((one) => one.value === shown);
  return (
    <SelectField
      {...labelsOf(props)}
      // "Empty: …" is true of a text field; a choice has a name for it.
      help={help.replace(/\bEmpty:/, 'Chosen by the method:')}
      options={[
        ...(usual === null
          ? [{ value: '', title: required === true ? 'Choose one' : 'Chosen by the method' }]
          : []),
        ...options,
        // What came with a spec is shown as it is, with its fault, and not replaced unseen.
        ...(isKnown ? [] : [{ value: shown, title: `${shown} (not known)` }]),
      ]}
      value={shown}
      onChange={(event) =>
        props.onChange(event.target.value === '' ? undefined : event.target.value)
      }
    />
  );
}

function BooleanField({ parameter, value, onChange, ...props }: FieldOf<'boolean'>) {
  const error = props.frame.errors[props.path];
  return (
    <div className="field" data-path={props.path}>
      <label className="check">
        <input
          type="checkbox"
          checked={value === undefined ? parameter.default : value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
        {parameter.title}
      </label>
      <FieldNote error={error} help={parameter.help} />
    </div>
  );
}
