import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Monaco needs inline styles; nothing else is allowed from anywhere but the application itself. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every response, worker scripts included: shared memory needs cross-origin isolation. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** What lets a request in: the token of the first address, or the cookie that it was turned into. */
export interface Secrets {
  readonly token: string;
  readonly cookie: string;
}

export function createSecrets(): Secrets {
  return { token: newToken(), cookie: newToken() };
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** A window opens within this time or is opened anew. */
const startMs = 120_000;

/**
 * Tokens that stand in a browser's arguments, where every user of the machine can read them: each
 * lets in once, soon, and is worth nothing elsewhere.
 */
export class StartTokens {
  readonly #now: () => number;
  readonly #open = new Map<string, number>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  create(): string {
    const token = newToken();
    this.#open.set(token, this.#now() + startMs);
    return token;
  }

  /** Whether it was good; it is not from now on. */
  use(token: string | null): boolean {
    if (token === null) return false;
    let isGood = false;
    for (const [one, until] of this.#open) {
      if (until < this.#now()) this.#open.delete(one);
      else if (isSecret(token, one)) {
        this.#open.delete(one);
        isGood = true;
      }
    }
    return isGood;
  }
}

/** Named by port: browsers share cookies between the ports of a host. */
export function cookieName(port: number): string {
  return `ketbench-${port}`;
}

/** Compares in constant time, so that a wrong guess tells nothing. */
export function isSecret(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether Host (and Origin, where there is one) name this server: a page elsewhere cannot fake them. */
export function isOwnAddress(headers: IncomingHttpHeaders, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return false;
  return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
}

/** Whether a request carries the bearer token or the window's cookie. */
export function isLetIn(headers: IncomingHttpHeaders, secrets: Secrets, port: number): boolean {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (isSecret(bearer, secrets.token)) return true;
  const cookies = (headers.cookie ?? '').split(/;\s*/);
  const name = `${cookieName(port)}=`;
  return cookies.some(
    (cookie) => cookie.startsWith(name) && isSecret(cookie.slice(name.length), secrets.cookie),
  );
}
