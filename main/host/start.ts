import { join } from 'node:path';
import websocket from '@fastify/websocket';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '#shared/base/errors.ts';
import type { App } from '../app.ts';
import type { Call } from '../ipc/call.ts';
import { serveCarrier } from '../ipc/serve.ts';
import { codeOf } from '../storage/files.ts';
import { projectRoot } from '../project.ts';
import type { Door } from './host-file.ts';
import { failureOf } from './errors.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { addMcp } from './mcp.ts';
import { addRest } from './rest.ts';
import { findWindowFile } from './files.ts';
import {
  cookieName,
  createSecrets,
  isLetIn,
  isOwnAddress,
  isSecret,
  securityHeaders,
  StartTokens,
} from './security.ts';

/** A running host. `url` is the first address, with its token. */
export interface Host {
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly token: string;
  readonly door: Door;
  /** An address that lets one window in, once and soon: for places that others can read. */
  startUrl(): string;
  close(): Promise<void>;
}

export interface HostOptions {
  readonly app: App;
  readonly call: Call;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Where the window's files lie. */
  readonly windowFolder?: string;
  readonly patience?: { readonly silentMs: number; readonly requestMs: number };
  /** Where and with which secrets an earlier host listened: taken again where its port is free. */
  readonly door?: Door | null;
}

/** Milliseconds without a byte, and until a request has arrived in full. */
const patience = { silentMs: 180_000, requestMs: 60_000 };

/** The close code of a socket whose other side broke the rules. */
const policyViolation = 1008;

/** Serves the window, its socket and REST on 127.0.0.1 to whoever has the token. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { app, call } = options;
  const windowFolder = options.windowFolder ?? join(projectRoot, 'dist', 'renderer');
  const secrets = options.door ?? createSecrets();
  const starts = new StartTokens();
  const { silentMs, requestMs } = { ...patience, ...options.patience };
  const server = fastify({
    bodyLimit: 64 << 20,
    forceCloseConnections: true,
    // Who connects and says nothing, or sends a body drop by drop, holds nothing for long.
    connectionTimeout: silentMs,
    requestTimeout: requestMs,
    http: { headersTimeout: requestMs, connectionsCheckingInterval: Math.min(requestMs, 5000) },
    frameworkErrors: (_error, request, reply) => {
      // No hook has seen this request: who has no token learns nothing about addresses either.
      const answer = reply as FastifyReply;
      answer.headers(securityHeaders);
      if (!isAdmitted(request as FastifyRequest, answer)) return;
      const failure = failureOf(new AppError('bad-input', 'This address is not well-formed.'));
      void answer.code(failure.status).send(failure.body);
    },
    clientErrorHandler: answerBrokenRequest,
  });
  let port = 0;

  /** Whether a request may go on; it has been answered where not. */
  function isAdmitted(request: FastifyRequest, reply: FastifyReply): boolean {
    const refuse = (status: number, message: string): false => {
      void reply.code(status).send(failureOf(new AppError('unauthorised', message)).body);
      return false;
    };
    if (!isOwnAddress(request.headers, port)) {
      return refuse(421, 'This address is not served here.');
    }
    if (isLetIn(request.headers, secrets, port)) return true;
    return refuse(
      401,
      'A token is needed: open the address that Ketbench printed, or send it as “Authorization: Bearer …”.',
    );
  }

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const entered = isOwnAddress(request.headers, port) ? enter(request) : null;
    if (entered !== null) {
      const cookie = `${cookieName(port)}=${secrets.cookie}; HttpOnly; SameSite=Strict; Path=/`;
      return reply.header('set-cookie', cookie).redirect(entered, 303);
    }
    return isAdmitted(request, reply) ? undefined : reply;
  });

  const startUrl = (): string => `http://127.0.0.1:${port}/?start=${starts.create()}`;

  /** Where a first address leads once its token has become a cookie; null where it is none. */
  function enter({ method, url }: FastifyRequest): string | null {
    if (method !== 'GET' || !url.startsWith('/?')) return null;
    const rest = new URLSearchParams(url.slice(2));
    const isLet =
      isSecret(rest.get('token') ?? undefined, secrets.token) || starts.use(rest.get('start'));
    if (!isLet) return null;
    rest.delete('token');
    rest.delete('start');
    return rest.size === 0 ? '/' : `/?${rest.toString()}`;
  }

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
      {
        send: (bytes) => socket.send(bytes),
        // A reason takes 123 bytes at most.
        close: (reason) =>
          reason === undefined
            ? socket.close()
            : socket.close(
                policyViolation,
                Buffer.from(reason).subarray(0, 120).toString('latin1'),
              ),
      },
      call,
      app.hub,
    );
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => connection.received(data));
    socket.on('close', () => connection.dispose());
    socket.on('error', () => connection.dispose());
  });
  addRest(server, app, call);
  addMcp(server, app, call);
  server.get('/*', (request, reply) => {
    const file = findWindowFile(windowFolder, request.url.split('?')[0] ?? '');
    if (file === null) return reply.callNotFound();
    return reply
      .header('content-type', file.mediaType)
      .header('content-length', file.bytes)
      .header('cache-control', file.cacheControl)
      .send(file.open());
  });

  server.post('/api/start', () => ({ url: startUrl() }));

  await listen(server, options.port ?? 0, options.door?.port ?? 0);
  const bound = server.server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const address = `http://127.0.0.1:${port}`;
  return {
    url: `${address}/?token=${secrets.token}`,
    address,
    port,
    token: secrets.token,
    door: { port, token: secrets.token, cookie: secrets.cookie },
    startUrl,
    close: () => server.close(),
  };
}

/** On the port that is asked for; without one on the earlier one, or on any where that is taken. */
async function listen(server: FastifyInstance, asked: number, earlier: number): Promise<void> {
  const host = '127.0.0.1';
  if (asked !== 0 || earlier === 0) return void (await server.listen({ host, port: asked }));
  try {
    await server.listen({ host, port: earlier });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EADDRINUSE' && codeOf(thrown) !== 'EACCES') throw thrown;
    await server.listen({ host, port: 0 });
  }
}
