import { McpServer, ResourceTemplate, type ServerContext } from '@modelcontextprotocol/server';
import { asAppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { answerOf, answerSchema } from './answer.ts';
import { addPrompts } from './prompts.ts';
import { type Allowance, Purse } from './purse.ts';
import type { Requester, Scope, Tool, ToolContext } from './tool.ts';
import { tools } from './tools/registry.ts';

/** Who an agent is and what it may do. */
export interface AgentRights extends Allowance {
  /** `read`: it sees no tool that starts or changes anything. */
  readonly scope: Scope;
}

const instructions = `Ketbench simulates, trains and compares quantum and classical methods. Answers are probabilistic, slow and
sometimes paid for: every answer says how uncertain it is, how long it takes, what it costs and what leads on.
Find members with list_members and explain_member, check a spec with check_job, start it with submit_job, wait with
follow_job, read it with read_result. One run is an anecdote: before you say that a method is better, run_benchmark it
against the best classical method over at least five seeds, and report its verdict, also when it is “no advantage”.
Nothing is bought unless buy: true is said and the budget allows it.`;

/** A server for one agent, over handlers that it shares with every other way in. */
export function mcpServer(requester: Requester, rights: AgentRights, version: string): McpServer {
  const server = new McpServer(
    { name: 'ketbench', title: 'Ketbench', version },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions },
  );
  const purse = new Purse(rights, requester);
  for (const tool of tools) {
    if (rights.scope === 'act' || tool.scope === 'read') {
      addTool(server, tool, (context) => contextOf(requester, purse, context));
    }
  }
  addResources(server, requester);
  addPrompts(server);
  return server;
}

function addTool(
  server: McpServer,
  tool: Tool,
  contextFor: (context: ServerContext) => ToolContext,
): void {
  const { name, title, description, input, scope } = tool;
  const annotations = {
    readOnlyHint: scope === 'read',
    destructiveHint: false,
    openWorldHint: name === 'submit_job' || name === 'list_devices',
  };
  server.registerTool(
    name,
    { title, description, inputSchema: input, outputSchema: answerSchema, annotations },
    async (given, context) => {
      const own = contextFor(context);
      try {
        const said = await tool.run(given, own);
        const answer = plain(answerOf(said, await own.purse.left()));
        return {
          content: [{ type: 'text' as const, text: JSON.stringify(answer) }],
          structuredContent: answer,
        };
      } catch (thrown) {
        const { code, message, details } = asAppError(thrown);
        return {
          isError: true,
          content: [
            { type: 'text' as const, text: stringifyPlain({ error: { code, message, details } }) },
          ],
        };
      }
    },
  );
}

/** As JSON has it: typed arrays as arrays, NaN and infinities as strings. */
function plain(value: unknown): Record<string, unknown> {
  return JSON.parse(stringifyPlain(value)) as Record<string, unknown>;
}

function contextOf(requester: Requester, purse: Purse, context: ServerContext): ToolContext {
  const { mcpReq } = context;
  const progressToken = mcpReq._meta?.progressToken;
  return {
    request: (name, input) => requester.request(name, input),
    purse,
    signal: mcpReq.signal,
    progress: async (share, message) => {
      if (progressToken === undefined) return;
      await mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress: share, total: 1, message },
      });
    },
  };
}

/** What can be looked at without a question: documents of jobs and comparisons, tables, the catalog. */
function addResources(server: McpServer, requester: Requester): void {
  const json = (uri: URL, value: unknown) => ({
    contents: [{ uri: uri.href, mimeType: 'application/json', text: stringifyPlain(value) }],
  });
  const mimeType = 'application/json';
  server.registerResource(
    'catalog',
    'ketbench://catalog',
    { title: 'Catalog', description: 'Every member with its parameters.', mimeType },
    async (uri) => json(uri, await requester.request('catalog.list', {})),
  );
  const jobs = new ResourceTemplate('ketbench://jobs/{jobId}', {
    list: async () => ({
      resources: (await requester.request('jobs.list', { limit: 50 })).jobs.map((job) => ({
        uri: `ketbench://jobs/${job.jobId}`,
        name: job.name,
        description: `${job.status}; ${job.algorithm} on ${job.qpuBackend}`,
        mimeType,
      })),
    }),
  });
  server.registerResource(
    'job',
    jobs,
    { title: 'Job', description: 'A job’s document: spec, result, provenance.', mimeType },
    async (uri, { jobId }) =>
      json(uri, await requester.request('jobs.get', { jobId: String(jobId) })),
  );
  const benchmarks = new ResourceTemplate('ketbench://benchmarks/{benchmarkId}', {
    list: async () => ({
      resources: (await requester.request('benchmarks.list', {})).map((one) => ({
        uri: `ketbench://benchmarks/${one.benchmarkId}`,
        name: one.name,
        description: one.verdict ?? one.status,
        mimeType,
      })),
    }),
  });
  server.registerResource(
    'benchmark',
    benchmarks,
    { title: 'Comparison', description: 'A comparison’s document with its verdict.', mimeType },
    async (uri, { benchmarkId }) =>
      json(uri, await requester.request('benchmarks.get', { benchmarkId: String(benchmarkId) })),
  );
}
