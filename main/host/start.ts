import { join } from 'node:path';
import websocket from '@fastify/websocket';
import { fastify } from 'fastify';
import { AppError } from '#shared/base/errors.ts';
import type { App } from '../app.ts';
import type { Call } from '../ipc/call.ts';
import { serveCarrier } from '../ipc/serve.ts';
import { projectRoot } from '../project.ts';
import { failureOf } from './errors.ts';
import { addRest } from './rest.ts';
import { findWindowFile } from './files.ts';
import {
  cookieName,
  createSecrets,
  isLetIn,
  isOwnAddress,
  isSecret,
  securityHeaders,
} from './security.ts';

/** A running host. `url` is the first address, with its token. */
export interface Host {
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

export interface HostOptions {
  readonly app: App;
  readonly call: Call;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where the window's files lie. */
  readonly windowFolder?: string;
}

/** Serves the window, its socket and REST on 127.0.0.1 to whoever has the token. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { app, call } = options;
  const windowFolder = options.windowFolder ?? join(projectRoot, 'dist', 'renderer');
  const secrets = createSecrets();
  const server = fastify({ bodyLimit: 64 << 20, forceCloseConnections: true });
  let port = 0;

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (!isOwnAddress(request.headers, port)) {
      const error = new AppError('unauthorised', 'This address is not served here.');
      return reply.code(421).send(failureOf(error).body);
    }
    if (request.method === 'GET' && request.url.startsWith('/?token=')) {
      const first = new URL(request.url, 'http://127.0.0.1');
      if (isSecret(first.searchParams.get('token') ?? undefined, secrets.token)) {
        first.searchParams.delete('token');
        const cookie = `${cookieName(port)}=${secrets.cookie}; HttpOnly; SameSite=Strict; Path=/`;
        return reply.header('set-cookie', cookie).redirect(`/${first.search}`, 303);
      }
    }
    if (isLetIn(request.headers, secrets, port)) return undefined;
    const error = new AppError(
      'unauthorised',
      'A token is needed: open the address that Ketbench printed, or send it as “Authorization: Bearer …”.',
    );
    return reply.code(401).send(failureOf(error).body);
  });

  server.setErrorHandler((thrown, _request, reply) => {
    const status = (thrown as { statusCode?: number }).statusCode;
    const known =
      status !== undefined && status < 500
        ? new AppError('bad-input', (thrown as Error).message)
        : thrown;
    const failure = failureOf(known);
    return reply.code(failure.status).send(failure.body);
  });
  server.setNotFoundHandler((_request, reply) => {
    const failure = failureOf(new AppError('not-found', 'There is nothing at this address.'));
    return reply.code(failure.status).send(failure.body);
  });

  await server.register(websocket, { options: { maxPayload: 64 << 20 } });
  server.get('/api/socket', { websocket: true }, (socket) => {
    const connection = serveCarrier(
      { send: (bytes) => socket.send(bytes), close: () => socket.close() },
      call,
      app.hub,
    );
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => connection.received(data));
    socket.on('close', () => connection.dispose());
    socket.on('error', () => connection.dispose());
  });
  addRest(server, app, call);
  server.get('/*', (request, reply) => {
    const file = findWindowFile(windowFolder, new URL(request.url, 'http://127.0.0.1').pathname);
    if (file === null) return reply.callNotFound();
    return reply
      .header('content-type', file.mediaType)
      .header('content-length', file.bytes)
      .header('cache-control', file.cacheControl)
      .send(file.open());
  });

  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const bound = server.server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const address = `http://127.0.0.1:${port}`;
  return {
    url: `${address}/?token=${secrets.token}`,
    address,
    port,
    token: secrets.token,
    close: () => server.close(),
  };
}
