import { AppError } from '#shared/base/errors.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
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
  let response: Response;
  let text: string;
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal,
      redirect: 'error',
    });
    text = await response.text();
  } catch {
    if (request.signal?.aborted === true)
      throw new AppError('cancelled', 'The work was cancelled.');
    // A POST may have arrived although its answer did not: trying it again could buy a job twice.
    const error = new AppError(
      'unavailable',
      `${vendor} could not be reached. Check the network, the proxy settings and the vendor's status page.`,
      { vendor, host: new URL(request.url).host },
    );
    return { ok: false, error, transient: request.method !== 'POST', retryAfterMs: null };
  }
  if (response.ok) return { ok: true, body: text === '' ? null : parseJson(text, vendor) };
  return {
    ok: false,
    error: vendorError(response, text, vendor),
    transient: options.isTransient(response.status, request.method),
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  };
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

function vendorError(response: Response, text: string, vendor: string): AppError {
  const body = safeParse(text);
  const vendorCode = typeof body['error'] === 'string' ? body['error'] : null;
  const said = typeof body['message'] === 'string' ? body['message'] : response.statusText;
  const details = {
    vendor,
    status: response.status,
    vendorCode,
    requestId: response.headers.get('x-request-id'),
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
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
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
