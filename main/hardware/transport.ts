import { readFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { connect as tlsConnect, rootCertificates } from 'node:tls';
import type { Duplex } from 'node:stream';
import { AppError } from '#shared/base/errors.ts';
import { codeOf } from '../storage/files.ts';
import { proxyFor } from './proxy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  readonly environment: Environment;
}

export interface Incoming {
  readonly status: number;
  readonly statusText: string;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** No answer of a vendor is larger. */
const mostBytes = 64 << 20;

/**
 * One HTTP exchange: through the proxy that the environment names for the address, trusting the
 * system's authorities and those in KETBENCH_CA_FILE (NODE_EXTRA_CA_CERTS is the runtime's own). It
 * follows no redirect.
 */
export async function exchange(outgoing: Outgoing): Promise<Incoming> {
  const url = new URL(outgoing.url);
  const proxy = proxyFor(url, outgoing.environment);
  const trust = trustOf(outgoing.environment);
  const socket =
    proxy === null || url.protocol !== 'https:' ? null : await tunnel(url, proxy, outgoing);
  return new Promise((resolve, reject) => {
    const { method, headers, signal, body } = outgoing;
    const options: RequestOptions = { method, headers, signal, agent: false };
    let sent: ClientRequest;
    if (socket !== null) {
      const createConnection = (): Duplex =>
        tlsConnect({ socket, servername: url.hostname, ...trust });
      // With an agent of any kind the connection would be the agent's.
      const { agent: _agent, ...rest } = options;
      sent = httpsRequest(url, { ...rest, createConnection });
    } else if (proxy !== null) {
      const through = { ...headers, host: url.host, ...credentialsOf(proxy) };
      const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
      sent = send(proxy, { ...options, ...trust, path: url.href, headers: through });
    } else {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      sent = send(url, { ...options, ...trust });
    }
    sent.on('response', (response) => void collect(response).then(resolve, reject));
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

/** A connection to the address through the proxy, which sees no more than the host's name. */
async function tunnel(url: URL, proxy: URL, { signal, environment }: Outgoing): Promise<Duplex> {
  const target = `${url.hostname}:${url.port === '' ? '443' : url.port}`;
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send({
      hostname: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsOf(proxy) },
      signal,
      agent: false,
      ...trustOf(environment),
    });
    sent.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      const message = `The proxy ${proxy.host} refused the connection (${statusCode}). Check HTTPS_PROXY and its name and password.`;
      reject(new AppError('unavailable', message, { status: statusCode, proxy: proxy.host }));
    });
    sent.on('response', () => reject(new Error('The proxy does not know CONNECT.')));
    sent.on('error', reject);
    sent.end();
  });
}

function credentialsOf(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Own authorities stand beside the usual ones. */
function trustOf(environment: Environment): { readonly ca?: string[] } {
  const path = environment['KETBENCH_CA_FILE'];
  if (path === undefined || path === '') return {};
  try {
    return { ca: [...rootCertificates, readFileSync(path, 'utf8')] };
  } catch (thrown) {
    throw new AppError(
      'bad-input',
      `KETBENCH_CA_FILE names a file that cannot be read (${codeOf(thrown) ?? 'unknown'}).`,
    );
  }
}

async function collect(response: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) {
      response.destroy();
      throw new AppError('vendor', `The answer is larger than ${mostBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  const { statusCode = 0, statusMessage = '', headers } = response;
  return {
    status: statusCode,
    statusText: statusMessage,
    header: (name) => {
      const value = headers[name];
      return value === undefined ? null : String(value);
    },
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
