import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import type { Call } from '../ipc/call.ts';
import type { Requester } from '../mcp/tool.ts';

/** The budget of a host's agents is nothing: whoever may spend is started with “ketbench mcp --budget”. */
const rights = { agent: 'host', budget: 0, scope: 'act' } as const;

/** Serves agents at /mcp, to whoever has the host's token; what it needs is loaded with the first of them. */
export function addMcp(server: FastifyInstance, app: App, call: Call): void {
  const load = async () => {
    const [{ createMcpHandler }, { mcpServer }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('../mcp/server.ts'),
    ]);
    // The handler of a name answers with the output of that name.
    const requester = { request: call } as Requester;
    return createMcpHandler(() => mcpServer(requester, rights, app.version));
  };
  let loading: ReturnType<typeof load> | null = null;
  server.all('/mcp', async (request, reply) => {
    loading ??= load();
    const { fetch } = await loading;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const options = isRead ? {} : { parsedBody: request.body };
    return reply.send(await fetch(requestOf(request), options));
  });
  server.addHook('onClose', async () => {
    await (await loading)?.close();
  });
}

function requestOf({ url, method, headers, host, body }: FastifyRequest): Request {
  const isRead = method === 'GET' || method === 'HEAD';
  return new Request(`http://${host}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
    ...(isRead ? {} : { body: JSON.stringify(body) }),
  });
}
