import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  /** Where its value stands in a spec: links from faults lead here by it. */
  readonly path?: string | undefined;
}

interface FrameProps extends FieldProps {
  readonly children: (control: ControlProps) => ReactNode;
}

interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

/** Label above, help and error below, tied to the control for screen readers. */
function Field({ label, help, error, path, children }: FrameProps) {
  const id = useId();
  return (
    <div className="field" data-path={path}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: 'field-input',
        'aria-invalid': error ? true : undefined,
        'aria-describedby': error ? `${id}-error` : help ? `${id}-help` : undefined,
      })}
      <FieldNote id={id} error={error} help={help} />
    </div>
  );
}

type NoteProps = Pick<FieldProps, 'help' | 'error'> & { readonly id?: string };

/** What is wrong with a field, else what it is for. */
export function FieldNote({ id, help, error }: NoteProps) {
  if (error) {
    return (
      <span className="field-error" id={id && `${id}-error`} role="alert">
        {error}
      </span>
    );
  }
  return help ? (
    <span className="field-help" id={id && `${id}-help`}>
      {help}
    </span>
  ) : null;
}

type TextFieldProps = FieldProps & InputHTMLAttributes<HTMLInputElement>;

/** One line of text or a number. */
export function TextField({ label, help, error, path, ...rest }: TextFieldProps) {
  return (
    <Field {...{ label, help, error, path }}>{(control) => <input {...control} {...rest} />}</Field>
  );
}

type TextAreaProps = FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** Several lines of text. */
export function TextArea({ label, help, error, path, ...rest }: TextAreaProps) {
  return (
    <Field {...{ label, help, error, path }}>
      {(control) => <textarea {...control} spellCheck={false} {...rest} />}
    </Field>
  );
}

type SelectFieldProps = FieldProps &
  SelectHTMLAttributes<HTMLSelectElement> & {
    readonly options: readonly {
      readonly value: string;
      readonly title: string;
      readonly group?: string;
    }[];
  };

/** One of a few choices; those with a group stand below its name. */
export function SelectField({ label, help, error, path, options, ...rest }: SelectFieldProps) {
  return (
    <Field {...{ label, help, error, path }}>
      {(control) => (
        <select {...control} {...rest}>
          {[...Map.groupBy(options, ({ group }) => group)].map(([group, members]) => {
            const shown = members.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ));
            return group === undefined ? (
              shown
            ) : (
              <optgroup key={group} label={group}>
                {shown}
              </optgroup>
            );
          })}
        </select>
      )}
    </Field>
  );
}
