import { AppError } from '#shared/base/errors.ts';
import { connectWebSocket, type SocketLike } from '#shared/ipc/client.ts';
import type {
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '#shared/ipc/contract.ts';
import { type HostFile, readHostFile } from '../host/host-file.ts';
import { libraryFolder } from '../storage/home.ts';

/** The application as a command sees it: a running instance, or one of its own. */
export interface Session {
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Resolves when the running instance has gone; never for a library of our own. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Lets other commands in while this one works, e.g. to pause its job. */
  readonly publish?: boolean;
}

/** Tries to reach an instance that has the lock but has not said where it listens yet. */
const attempts = 20;
const attemptMs = 100;

/** Reaches the running instance, else opens the library here. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const folder = libraryFolder();
  for (let attempt = 1; ; attempt++) {
    const running = readHostFile(folder);
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

/** Connects, or null where nobody listens there any more. */
async function reach({ address, pid, token }: HostFile): Promise<Session | null> {
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  const client = connectWebSocket(`${address.replace('http', 'ws')}/api/socket`, {
    createSocket: (url) =>
      new (WebSocket as unknown as HeaderSocket)(url, {
        headers: { authorization: `Bearer ${token}` },
      }),
    later: (ms, call) => void setTimeout(call, ms).unref(),
  });
  try {
    await client.request('app.info', {});
  } catch {
    client.dispose();
    return null;
  }
  return {
    request: (name, input) => client.request(name, input),
    on: (name, listener) => client.on(name, listener),
    lost: new Promise((resolve) => {
      client.onConnection((connected) => {
        if (!connected) resolve();
      });
    }),
    close: async () => client.dispose(),
  };
}
