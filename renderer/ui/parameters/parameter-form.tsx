import { useState } from 'react';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { FormProps } from './frame.ts';
import { ParameterField } from './parameter-field.tsx';
import { isInside, pathOf, withValue } from '../../lib/form-values.ts';

/** A form made from descriptors: it offers what a job accepts, and nothing else. */
export function ParameterForm({ parameters, ...rest }: FormProps) {
  const usual = parameters.filter((parameter) => parameter.advanced !== true);
  const advanced = parameters.filter((parameter) => parameter.advanced === true);
  return (
    <>
      <Fields {...rest} parameters={parameters} shown={usual} />
      {advanced.length === 0 ? null : (
        <Advanced {...rest} parameters={parameters} shown={advanced} />
      )}
    </>
  );
}

interface ShownProps extends FormProps {
  readonly shown: readonly ParameterDescriptor[];
}

function Fields({ shown, parameters, values, onChange, frame, path }: ShownProps) {
  return shown.map((parameter) => (
    <ParameterField
      key={parameter.id}
      parameter={parameter}
      parameters={parameters}
      values={values}
      onValues={onChange}
      frame={frame}
      path={pathOf(path, parameter.id)}
      value={values[parameter.id]}
      onChange={(value) => onChange(withValue(values, parameter.id, value))}
      Form={ParameterForm}
    />
  ));
}

function Advanced(props: ShownProps) {
  const { shown, frame, path } = props;
  const [isOpen, setIsOpen] = useState(false);
  // A fault inside must not stay out of sight.
  const hasFault = Object.keys(frame.errors).some((one) =>
    shown.some(({ id }) => one === pathOf(path, id) || isInside(one, pathOf(path, id))),
  );
  return (
    <details
      className="parameter-advanced"
      open={isOpen || hasFault}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>Advanced</summary>
      <div className="stack">
        <Fields {...props} />
      </div>
    </details>
  );
}
