import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { App } from '../app.ts';
import { badInput, type Call } from '../ipc/call.ts';
import { type Endpoint, endpointsFor, type TypedCall } from './endpoints.ts';
import { openApiOf } from './openapi.ts';

/** Adds the REST endpoints: the same handlers as the window's, told in plain JSON. */
export function addRest(server: FastifyInstance, app: App, call: Call): void {
  // The handler of a name answers with the output of that name.
  const typedCall = call as TypedCall;
  const endpoints = endpointsFor(app.engine.members);
  for (const endpoint of endpoints) {
    server.route({
      method: endpoint.method,
      url: endpoint.path,
      handler: async (request, reply) => {
        const output = await endpoint.handle(inputOf(endpoint, request), typedCall, app);
        return reply
          .code(endpoint.status)
          .type('application/json; charset=utf-8')
          .send(stringifyPlain(output));
      },
    });
  }
  server.get('/api/v1/openapi.json', () => openApiOf(endpoints, app.version));
}

function inputOf(endpoint: Endpoint, request: FastifyRequest): unknown {
  const schema = endpoint.method === 'GET' ? endpoint.query : endpoint.body;
  if (schema === undefined) return undefined;
  const given = endpoint.method === 'GET' ? request.query : request.body;
  if (endpoint.method === 'POST' && (typeof given !== 'object' || given === null)) {
    throw new AppError('bad-input', 'A JSON object is expected as the body of this request.');
  }
  if (endpoint.bodyIsChecked === true) return given;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw badInput(`${endpoint.method} ${endpoint.path}`, parsed.error);
}
