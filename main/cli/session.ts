import { AppError } from '#shared/base/errors.ts';
import { connectWebSocket, type SocketLike } from '#shared/ipc/client.ts';
import type {
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '#shared/ipc/contract.ts';
import { type HostFile, runningHost } from '../host/host-file.ts';
import { libraryFolder } from '../storage/home.ts';

/** One instance as a command sees it: another process, or a library of its own. */
export interface InstanceSession {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Resolves when the running instance has gone; never for a library of our own. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

/** The application, whichever instance has the library at the moment. */
export interface Session extends InstanceSession {
  /** After the instance has gone: the one that has the library now, or the library itself. */
  reopen(): Promise<void>;
}

export interface SessionOptions {
  /** Lets other commands in while this one works, e.g. to pause its job. */
  readonly publish?: boolean;
}

/** Tries to reach an instance that has the lock but has not said where it listens yet. */
const attempts = 50;
const attemptMs = 100;
/** An instance that says nothing for so long is stopped or stuck. */
const answerMs = 10_000;

/** Reaches the running instance, else opens the library here. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  return new MovingSession(options, await openInstance(options));
}

/** Moves on to the next instance where the present one ends before it has done what is asked. */
class MovingSession implements Session {
  readonly #options: SessionOptions;
  readonly #listeners = new Map<object, (inner: InstanceSession) => () => void>();
  #inner: InstanceSession;
  #stops = new Map<object, () => void>();
  #opening: Promise<void> | null = null;

  constructor(options: SessionOptions, inner: InstanceSession) {
    this.#options = options;
    this.#inner = inner;
  }

  get lost(): Promise<void> {
    return this.#inner.lost;
  }

  async request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
    for (let attempt = 1; ; attempt++) {
      const inner = this.#inner;
      try {
        return await inner.request(name, input);
      } catch (thrown) {
        if (!canRepeat(name, thrown) || attempt === attempts) throw thrown;
        await this.#moveFrom(inner);
      }
    }
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const key = {};
    const listen = (inner: InstanceSession): (() => void) => inner.on(name, listener);
    this.#listeners.set(key, listen);
    this.#stops.set(key, listen(this.#inner));
    return () => {
      this.#listeners.delete(key);
      this.#stops.get(key)?.();
      this.#stops.delete(key);
    };
  }

  async reopen(): Promise<void> {
    return this.#moveFrom(this.#inner);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  async #moveFrom(inner: InstanceSession): Promise<void> {
    if (this.#inner !== inner) return Promise.resolve();
    this.#opening ??= this.#move().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #move(): Promise<void> {
    await this.#inner.close();
    this.#inner = await openInstance(this.#options);
    this.#stops = new Map(
      Array.from(this.#listeners, ([key, listen]) => [key, listen(this.#inner)]),
    );
  }
}

/** What only reads; asking the next instance again does no harm. */
const reads: ReadonlySet<RequestName> = new Set([
  'app.info',
  'benchmarks.get',
  'benchmarks.list',
  'catalog.list',
  'jobs.get',
  'jobs.list',
  'jobs.log',
  'jobs.reading',
  'jobs.spec',
  'runs.curves',
  'runs.query',
]);

/** Whether the instance went away with this surely not done, or with nothing to be done twice. */
function canRepeat(name: RequestName, thrown: unknown): boolean {
  if (!(thrown instanceof AppError) || thrown.code !== 'unavailable') return false;
  return thrown.details.done === false || reads.has(name);
}

async function openInstance(options: SessionOptions): Promise<InstanceSession> {
  const folder = libraryFolder();
  for (let attempt = 1; ; attempt++) {
    const running = runningHost(folder);
    const remote = running === null ? null : await reach(running);
    if (remote !== null) return remote;
    try {
      const { openOwn } = await import('./own-session.ts');
      return await openOwn(folder, options);
    } catch (thrown) {
      const isLocked = thrown instanceof AppError && thrown.code === 'locked';
      if (!isLocked || attempt === attempts) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, attemptMs));
    }
  }
}

/** Node’s own WebSocket takes headers, which its type does not tell. */
type HeaderSocket = new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => SocketLike;

/** Connects, or null where nobody listens there any more; throws `timeout` where nothing is answered. */
async function reach({ address, pid, token }: HostFile): Promise<InstanceSession | null> {
  const client = connectWebSocket(`${address.replace('http', 'ws')}/api/socket`, {
    createSocket: (url) =>
      new (WebSocket as unknown as HeaderSocket)(url, {
        headers: { authorization: `Bearer ${token}` },
      }),
    // A connection that is gone stays so: its instance has ended, and another one is found anew.
    later: () => undefined,
  });
  let isLost = false;
  const lost = new Promise<void>((resolve) => {
    client.onConnection((connected) => {
      if (connected) return;
      isLost = true;
      resolve();
    });
  });
  const silent = Symbol('silent');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof silent>((resolve) => {
    timer = setTimeout(() => resolve(silent), answerMs);
  });
  const first = await Promise.race([client.request('app.info', {}).catch(() => null), late]);
  clearTimeout(timer);
  if (first === null || first === silent) client.dispose();
  if (first === silent) {
    throw new AppError(
      'timeout',
      `The Ketbench that has the library (process ${pid}) does not answer. Wait for it, or end that process.`,
      { pid },
    );
  }
  if (first === null) return null;
  return {
    request: (name, input) =>
      isLost
        ? Promise.reject(new AppError('unavailable', 'That Ketbench has ended.', { done: false }))
        : client.request(name, input),
    on: (name, listener) => client.on(name, listener),
    lost,
    close: async () => client.dispose(),
  };
}
