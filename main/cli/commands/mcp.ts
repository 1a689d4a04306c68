import { AppError } from '#shared/base/errors.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { openSession } from '../session.ts';

/** `ketbench mcp`: the Model Context Protocol over standard input and output. */
export const command: Command = {
  usage: 'mcp [--agent NAME] [--budget USD] [--read-only]',
  summary: 'Serve agents over the Model Context Protocol on standard input and output.',
  help: `--budget is what the agent of this NAME may spend on vendors’ machines in all its sessions together;
without it nothing can be bought. --read-only leaves out every tool that starts or changes anything.
The host serves the same tools at /mcp, for whoever has its token, without a budget.`,
  arguments: [0, 0],
  options: {
    agent: { type: 'string' },
    budget: { type: 'string' },
    'read-only': { type: 'boolean' },
  },
  async run(invocation) {
    const rights = rightsOf(invocation);
    const [{ serveStdio }, { mcpServer }] = await Promise.all([
      import('@modelcontextprotocol/server/stdio'),
      import('../../mcp/server.ts'),
    ]);
    const session = await openSession({ publish: true });
    try {
      const { version } = await session.request('app.info', {});
      const served = serveStdio(() => mcpServer(session, rights, version));
      await untilEnded();
      await served.close();
      return 0;
    } finally {
      await session.close();
    }
  },
};

function rightsOf(invocation: Invocation) {
  const agent = textOption(invocation, 'agent') ?? 'agent';
  if (!/^[\w.-]{1,60}$/.test(agent)) {
    throw new AppError(
      'bad-input',
      `--agent takes up to 60 letters, digits, “.”, “_” and “-”; got “${agent}”.`,
    );
  }
  const text = textOption(invocation, 'budget') ?? '0';
  const budget = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(budget) || budget < 0) {
    throw new AppError('bad-input', `--budget takes an amount in USD; got “${text}”.`);
  }
  const scope = invocation.values['read-only'] === true ? 'read' : 'act';
  return { agent, budget, scope } as const;
}

/** The client closes its end, or a signal comes. */
async function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close'] as const) process.stdin.once(event, resolve);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
