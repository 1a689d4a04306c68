import type { Circuit, Operation } from '../../circuit/circuit.ts';
import type { Exporter } from './exporter.ts';

/** The circuit as it is, without the places in a text. */
export const jsonExporter: Exporter = {
  id: 'json',
  title: 'Circuit as JSON',
  fileExtension: 'json',
  export: (circuit) => ({
    text: `${JSON.stringify(withoutOrigins(circuit), withLongNumbers, 2)}\n`,
    losses: [],
  }),
};

/** A number that JSON readers would round is written as its digits in quotes. */
function withLongNumbers(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function withoutOrigins(circuit: Circuit): Circuit {
  return { ...circuit, operations: circuit.operations.map(withoutOrigin) };
}

function withoutOrigin(operation: Operation): Operation {
  const { origin: _, ...rest } = operation;
  if (rest.kind !== 'if') return rest;
  return {
    ...rest,
    body: rest.body.map(withoutOrigin),
    otherwise: rest.otherwise.map(withoutOrigin),
  };
}
