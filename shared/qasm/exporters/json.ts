import type { Circuit, Operation } from '../../circuit/circuit.ts';
import type { Exporter } from './exporter.ts';

/** The circuit as it is, without the places in a text. */
export const jsonExporter: Exporter = {
  id: 'json',
  title: 'Circuit as JSON',
  fileExtension: 'json',
  export: (circuit) => ({
    text: `${JSON.stringify(withoutOrigins(circuit), null, 2)}\n`,
    losses: [],
  }),
};

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
