import { useState } from 'react';
import { TextArea, TextField } from '../field.tsx';
import type { Notation } from '../../lib/form-values.ts';

interface Props {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly path?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isNumber?: boolean;
  /** Lines of a field of several; left out = one line. */
  readonly rows?: number;
  readonly notation: Notation;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** A value in a text field. What is typed stays as it is typed, as long as it means the value. */
export function TypedField({ notation, value, onChange, isNumber, rows, ...frame }: Props) {
  const [typed, setTyped] = useState('');
  const means = JSON.stringify(notation.parse(typed)) === JSON.stringify(value);
  const shared = {
    ...frame,
    value: means ? typed : notation.print(value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const text = event.currentTarget.value;
      setTyped(text);
      onChange(notation.parse(text));
    },
  };
  return rows === undefined ? (
    <TextField inputMode={isNumber === true ? 'decimal' : 'text'} {...shared} />
  ) : (
    <TextArea rows={rows} {...shared} />
  );
}
