import { z } from 'zod';
import { errorBodySchema } from '#shared/ipc/rest.ts';
import type { Endpoint } from './endpoints.ts';

/** Schemas that hold typed arrays or free data have no JSON Schema; they become “anything”. */
const options = { target: 'draft-2020-12', unrepresentable: 'any' } as const;

/** The OpenAPI 3.1 description of the endpoints, from the schemas that check them. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ketbench', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(errorBodySchema, 'output') },
    },
    paths,
  };
}

function operationOf(endpoint: Endpoint): object {
  const { operationId, summary, query, body, response, status } = endpoint;
  const parameters = [
    ...(query === undefined ? [] : parametersOf(query)),
    ...(status === 202 ? [idempotencyKey] : []),
  ];
  return {
    operationId,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(schemaOf(body, 'input')) } }),
    responses: {
      [status]: { description: 'Done.', content: contentOf(schemaOf(response, 'output')) },
      ...Object.fromEntries(
        [
          [400, 'The input has errors; all of them are listed.'],
          [401, 'The token is missing or wrong.'],
          [404, 'There is no such thing.'],
          ...(status === 202 ? [[409, 'The key was used for another request.'] as const] : []),
          [421, 'The Host or Origin is not this server.'],
        ].map(([code, description]) => [
          code,
          { description, content: contentOf({ $ref: '#/components/schemas/Error' }) },
        ]),
      ),
    },
  };
}

/** The same key again gives the first answer, and starts nothing. */
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 255 },
};

function parametersOf(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema as z.ZodType, 'input'),
  }));
}

function contentOf(schema: object): object {
  return { 'application/json': { schema } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { ...options, io });
  return rest;
}
