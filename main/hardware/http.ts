import { AppError } from '#shared/base/errors.ts';
import { codeOf } from '../storage/files.ts';
import { exchange, type Incoming } from './transport.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Somebody waits for it: a machine that cannot be reached is not tried again. */
  readonly isAwaited?: boolean;
}

export interface HttpOptions {
  readonly vendor: string;
  /** Whether a status is worth another try with this method. */
  readonly isTransient: (status: number, method: string) => boolean;
  readonly tries: number;
  /** Waits, or rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds before the second try; doubles up to a minute. */
  readonly firstDelayMs: number;
  /** A machine that does not answer within this time counts as unreachable. */
  readonly timeoutMs: number;
  /** Names proxies and authorities. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const longestDelayMs = 60_000;

/**
 * Sends a request and gives its JSON. Transient failures are tried again with growing delays,
 * honouring Retry-After. Errors carry status, vendor code and request id, never a header.
 */
export async function requestJson(request: HttpRequest, options: HttpOptions): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOnce(request, options);
    if (outcome.ok) return outcome.body;
    const again = outcome.transient && attempt < options.tries;
    if (!again) throw outcome.error;
    const grown = Math.min(longestDelayMs, options.firstDelayMs * 2 ** (attempt - 1));
    await options.sleep(outcome.retryAfterMs ?? grown, request.signal);
  }
}

type Outcome =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      readonly error: AppError;
      readonly transient: boolean;
      readonly retryAfterMs: number | null;
    };

async function attemptOnce(request: HttpRequest, options: HttpOptions): Promise<Outcome> {
  const { vendor } = options;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal =
    request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
  let response: Incoming;
  try {
    response = await exchange({
      method: request.method,
      url: request.url,
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal,
      environment: options.environment,
    });
  } catch (thrown) {
    if (request.signal?.aborted === true)
      throw new AppError('cancelled', 'The work was cancelled.');
    if (thrown instanceof AppError && thrown.code === 'bad-input') throw thrown;
    // A POST may have arrived although its answer did not: trying it again could buy a job twice.
    const error =
      thrown instanceof AppError ? thrown : unreachable(vendor, new URL(request.url).host, thrown);
    const transient = request.method !== 'POST' && request.isAwaited !== true;
    return { ok: false, error, transient, retryAfterMs: null };
  }
  const { status, text } = response;
  if (status >= 300 && status < 400) {
    const error = unreachable(vendor, new URL(request.url).host, { code: 'redirected' });
    return { ok: false, error, transient: false, retryAfterMs: null };
  }
  if (status >= 200 && status < 300) {
    return { ok: true, body: text === '' ? null : parseJson(text, vendor) };
  }
  return {
    ok: false,
    error: vendorError(response, vendor),
    transient: options.isTransient(status, request.method),
    retryAfterMs: retryAfter(response.header('retry-after')),
  };
}

/** The system's own code says whether it is the name, the network, the proxy or a certificate. */
function unreachable(vendor: string, host: string, thrown: unknown): AppError {
  const reason = codeOf(thrown) ?? 'no answer';
  return new AppError(
    'unavailable',
    `${vendor} could not be reached (${reason}). Check the network, the proxy settings and the vendor's status page.`,
    { vendor, host, reason },
  );
}

function parseJson(text: string, vendor: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('vendor', `${vendor} sent an answer that is not JSON.`, {
      vendor,
      beginning: text.slice(0, 120),
    });
  }
}

function vendorError(response: Incoming, vendor: string): AppError {
  const body = safeParse(response.text);
  const vendorCode = typeof body['error'] === 'string' ? body['error'] : null;
  const said = typeof body['message'] === 'string' ? body['message'] : response.statusText;
  const details = {
    vendor,
    status: response.status,
    vendorCode,
    requestId: response.header('x-request-id'),
    validation: body['validation'] ?? null,
  };
  switch (response.status) {
    case 401:
    case 403:
      return new AppError(
        'unauthorised',
        `${vendor} refused the key: ${said}. Check that it is current and may use this device.`,
        details,
      );
    case 402:
      return new AppError('budget', `${vendor} refused for lack of credit: ${said}.`, details);
    case 404:
      return new AppError('not-found', `${vendor} does not know this: ${said}.`, details);
    default:
      return new AppError('vendor', `${vendor} answered ${response.status}: ${said}.`, details);
  }
}

function safeParse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Seconds, or an HTTP date, in milliseconds from now; null where there is none. */
function retryAfter(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.min(longestDelayMs, Math.max(0, seconds * 1000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.min(longestDelayMs, Math.max(0, date - Date.now()));
}

/** Waits `ms`; rejects with `cancelled` when the signal is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(new AppError('cancelled', 'The work was cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    if (signal?.aborted === true) aborted();
    else signal?.addEventListener('abort', aborted, { once: true });
  });
}
