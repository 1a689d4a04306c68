import type { ComponentType } from 'react';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import type { Offer } from '#renderer/lib/job-offer.ts';
import { faultAt, type FormValues } from '../../lib/form-values.ts';

/** What every part of a form is drawn with. */
export interface FormFrame {
  readonly offer: Offer;
  /** Messages by the path of their field in the spec, e.g. "settings.optimizer.tolerance". */
  readonly errors: Readonly<Record<string, string>>;
}

export interface FormProps {
  readonly parameters: readonly ParameterDescriptor[];
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
  readonly frame: FormFrame;
  /** Where the values stand in the spec; empty = they are the spec. */
  readonly path: string;
}

/** One field of a form and its value among the others'. */
export interface FieldProps<P extends ParameterDescriptor = ParameterDescriptor> {
  readonly parameter: P;
  /** All fields of the form, as some go with others: columns with their table. */
  readonly parameters: readonly ParameterDescriptor[];
  readonly values: FormValues;
  readonly onValues: (values: FormValues) => void;
  readonly frame: FormFrame;
  /** Of the field, in the spec. */
  readonly path: string;
  readonly value: unknown;
  /** Undefined: not set. */
  readonly onChange: (value: unknown) => void;
  /** Draws forms inside this field. */
  readonly Form: ComponentType<FormProps>;
}

/** A field of one kind. */
export type FieldOf<K extends ParameterDescriptor['kind']> = FieldProps<
  Extract<ParameterDescriptor, { kind: K }>
>;

/** Title, help and fault of a field. */
export function labelsOf({ parameter, frame, path }: FieldProps) {
  return {
    label: parameter.title,
    help: parameter.help,
    error: faultAt(frame.errors, path),
    path,
  };
}
