import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type ErrorCode } from '#shared/base/errors.ts';
import { failureOf } from './errors.ts';
import { securityHeaders } from './security.ts';

/** What the HTTP parser refuses, before anything of ours has seen it. */
const faults: Readonly<Record<string, readonly [number, ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'too-large', 'The headers of this request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'timeout', 'This request did not arrive in time.'],
};

/** Answers a request that is no HTTP in the shape of every other failure, and closes. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message] = faults[error.code ?? ''] ?? [
    400,
    'bad-input',
    'This is not a well-formed HTTP request.',
  ];
  const body = JSON.stringify(failureOf(new AppError(code, message)).body);
  const headers = {
    ...securityHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`;
  if (socket.writable) socket.end(`${[head, ...lines].join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}
