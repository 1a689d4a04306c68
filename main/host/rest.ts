import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { App } from '../app.ts';
import { badInput, type Call } from '../ipc/call.ts';
import { type Endpoint, endpointsFor, type TypedCall } from './endpoints.ts';
import { addEventStream } from './event-stream.ts';
import { metricsOf } from './metrics.ts';
import { openApiOf } from './openapi.ts';
import { OnceKeys } from './once-keys.ts';

/** Adds the REST endpoints: the same handlers as the window's, told in plain JSON. */
export function addRest(server: FastifyInstance, app: App, call: Call): void {
  // The handler of a name answers with the output of that name.
  const typedCall = call as TypedCall;
  const endpoints = endpointsFor(app.engine.members);
  const once = new OnceKeys();
  for (const endpoint of endpoints) {
    server.route({
      method: endpoint.method,
      url: endpoint.path,
      handler: async (request, reply) => {
        const key = request.headers['idempotency-key'];
        const handle = async () => endpoint.handle(inputOf(endpoint, request), typedCall, app);
        const output =
          endpoint.status === 202 && key !== undefined
            ? await once.answer(`${endpoint.operationId} ${String(key)}`, request.body, handle)
            : await handle();
        return reply
          .code(endpoint.status)
          .type('application/json; charset=utf-8')
          .send(stringifyPlain(output));
      },
    });
  }
  server.get('/metrics', (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsOf(app)),
  );
  addEventStream(server, app.hub);
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
